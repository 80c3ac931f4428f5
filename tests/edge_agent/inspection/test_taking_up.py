import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge_agent.inspection.inspection import conclude, look_at_all
from edge_agent.inspection.output import write_all
from edge_agent.inspection.state import State
from edge_agent.inspection.stopping import Stopping
from tests.edge_agent.inspection import slow_inspection
from tests.edge_agent.inspection.made_flight import NOON, job_of, line_with_things

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    line_with_things(tmp_path / "photos").shots()
    return tmp_path / "photos"


@contextmanager
def running(folder: Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that inspects, and waits after each picture."""
    command = [sys.executable, slow_inspection.__file__, str(folder), str(out)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}, cwd=ROOT
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def let_look(process: subprocess.Popen[str], pictures: int) -> None:
    """Lets it look at so many pictures; it then waits after the last of them."""
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(pictures):
        assert process.stdout.readline().strip() == f"{number:04d}.jpg"
        if number + 1 < pictures:
            process.stdin.write("\n")
            process.stdin.flush()


def finish(folder: Path, out: Path) -> list[int]:
    """Goes on to the end, and writes everything; gives the pictures that the network looked at for it."""
    flight, state = line_with_things(folder), State(out)
    bench = flight.bench()
    job = job_of(bench)
    state.begin(job)
    look_at_all(bench, state, Stopping(), lambda shot: None)
    write_all(*conclude(bench, job, state), out, NOON)
    state.close()
    return flight.looked_at


def files_in(out: Path) -> dict[str, bytes]:
    results = [file for file in out.rglob("*") if file.is_file() and "state" not in file.parts]
    return {str(file.relative_to(out)): file.read_bytes() for file in results}


def test_a_killed_inspection_goes_on_to_the_same_result(folder: Path, tmp_path: Path) -> None:
    """SIGKILL after five of twelve pictures: the next process looks at the others alone (the last is dark, so the network does
    not), and every file it leaves is, byte for byte, that of an undisturbed inspection.
    """
    with running(folder, tmp_path / "killed") as process:
        let_look(process, 5)
        process.kill()
        process.wait()
    assert finish(folder, tmp_path / "killed") == [5, 6, 7, 8, 9, 10]
    finish(folder, tmp_path / "whole")
    killed, whole = files_in(tmp_path / "killed"), files_in(tmp_path / "whole")
    assert killed == whole
    assert sum(name.startswith("evidence/") for name in whole) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_between_two_pictures(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    """SIGTERM and Ctrl-C during a picture: it is kept, the next is not begun, and the exit code tells the signal."""
    with running(folder, tmp_path / "out") as process:
        let_look(process, 3)
        process.send_signal(number)
        process.communicate("\n")
        assert process.returncode == 128 + number
    state = State(tmp_path / "out")
    assert len(state.looks()) == 3
    state.close()


def test_a_finished_inspection_is_not_done_again(folder: Path, tmp_path: Path) -> None:
    """Given again, the command looks at nothing, and writes the same."""
    finish(folder, tmp_path / "out")
    before = files_in(tmp_path / "out")
    assert finish(folder, tmp_path / "out") == []
    assert files_in(tmp_path / "out") == before
