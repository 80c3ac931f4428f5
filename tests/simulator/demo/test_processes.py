"""The supervisor: parts that die come back, and all end with it."""

import json
import signal
from pathlib import Path

import psutil
import pytest

from missions.errors import OneFlightError
from simulator.demo import processes
from simulator.demo.processes import Supervisor


class StandIn:
    """Replaces `python -m oneflight` by a small program of our own: the supervisor runs real processes all the same."""

    def __init__(self, folder: Path, program: str) -> None:
        (folder / "oneflight.py").write_text(program)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pid_of(folder: Path, name: str) -> int:
    pid: int = json.loads((folder / "logs" / "processes.json").read_text())[name]
    return pid


def test_a_killed_part_is_started_again(folder: Path) -> None:
    """After SIGKILL a new process runs under the same name, and the restart is counted."""
    StandIn(folder, "import signal; signal.pause()")
    with Supervisor(folder / "logs") as supervisor:
        supervisor.run("part")
        first = pid_of(folder, "part")
        psutil.Process(first).send_signal(signal.SIGKILL)
        supervisor.wait_until("the restart", lambda: pid_of(folder, "part") != first, timeout_s=10)
        assert psutil.pid_exists(pid_of(folder, "part"))
        assert supervisor.restarts() == 1


def test_every_part_ends_with_the_supervisor(folder: Path) -> None:
    """Leaving the supervisor leaves no process behind, not even one that ignores the polite request."""
    StandIn(
        folder,
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()",
    )
    with Supervisor(folder / "logs") as supervisor:
        supervisor.run("stubborn")
        supervisor.wait_until("the part", lambda: "up" in (folder / "logs" / "stubborn.log").read_text(), timeout_s=10)
        pid = pid_of(folder, "stubborn")
    assert not psutil.pid_exists(pid)


def test_a_part_that_keeps_dying_is_reported_with_its_last_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting ends with an error that names the part and quotes its log."""
    monkeypatch.setattr(processes, "RESTART_LIMIT", 1)
    StandIn(folder, "raise SystemExit('no battery')")
    with Supervisor(folder / "logs") as supervisor:
        supervisor.run("broken")
        with pytest.raises(OneFlightError, match=r"(?s)broken died 2 times.*no battery"):
            supervisor.wait_until("what never comes", lambda: False, timeout_s=20)
