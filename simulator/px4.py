"""A real PX4 SITL (SIH: no Gazebo) in place of the built-in aircraft, on the same ports: `oneflight simulate px4`."""

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from missions.errors import InvalidInput, OneFlightError
from simulator.aircraft.link import LinkName, ports_of
from simulator.aircraft.settings import Settings

logger = logging.getLogger(__name__)

IMAGE = "px4io/px4-sitl"
READY = "Ready for takeoff!"
READY_WITHIN_S = 60.0
ENDS_WITHIN_S = 5.0
LAST_LINES = 12
"""How much of PX4's output is shown where it fails."""

TRUTH_HZ = 25
PAYLOAD_BYTES_PER_S = 4_000_000
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")


@dataclass(frozen=True, slots=True)
class Px4:
    """Where PX4 is: a binary with its `etc` folder beside or above it, or the container image."""

    binary: Path | None
    etc: Path | None


def find_px4(where: str) -> Px4:
    """`docker`, the px4 binary, or a folder that has one (a build, or an installed package). Raises InvalidInput."""
    if where == "docker":
        if shutil.which("docker") is None:
            raise InvalidInput("--px4", where, "there is no docker command on this machine")
        return Px4(None, None)
    given = Path(where).expanduser().resolve()
    binary = given if given.is_file() else next((p for p in (given / "bin/px4", given / "px4") if p.is_file()), None)
    if binary is None:
        raise InvalidInput("--px4", where, "is neither 'docker', a px4 binary, nor a folder with bin/px4 in it")
    if not os.access(binary, os.X_OK):
        raise InvalidInput("--px4", str(binary), "cannot be executed")
    etc = next((p for p in (binary.parent.parent / "etc", binary.parent / "etc") if (p / "init.d-posix/rcS").is_file()), None)
    if etc is None:
        raise InvalidInput("--px4", str(binary), "has no etc/init.d-posix/rcS beside or above it")
    return Px4(binary, etc)


def environment(settings: Settings) -> dict[str, str]:
    """What tells PX4 its model, speed, place and parameters."""
    parameters = {"SDLOG_BACKEND": 0, "MNT_MODE_IN": 4, "MNT_MODE_OUT": 2} | settings.flight_parameters()
    return {
        "PX4_SIM_MODEL": "sihsim_quadx",
        "PX4_SIM_SPEED_FACTOR": f"{settings.speed_factor:g}",
        "PX4_HOME_LAT": f"{settings.home.lat_deg:.8f}",
        "PX4_HOME_LON": f"{settings.home.lon_deg:.8f}",
        "PX4_HOME_ALT": f"{settings.home_altitude_m:g}",
        **{f"PX4_PARAM_{name}": f"{value:g}" for name, value in parameters.items()},
    }


def command_line(px4: Px4, settings: Settings, folder: Path) -> list[str]:
    """How PX4 is started; a container shares the host's network, so that the ports are the same."""
    instance = ["-i", str(settings.instance)]
    if px4.binary is not None and px4.etc is not None:
        return [str(px4.binary), *instance, "-w", str(folder), str(px4.etc)]
    variables = [part for name, value in environment(settings).items() for part in ("-e", f"{name}={value}")]
    name = f"oneflight-px4-{settings.instance}"
    return ["docker", "run", "--rm", "-i", "--name", name, "--network", "host", *variables, IMAGE, *instance]


def shell_lines(instance: int) -> list[str]:
    """What is typed into PX4's shell once it is ready: a payload link that is fast enough, with the truth on it."""
    ports = ports_of(instance)[LinkName.PAYLOAD]
    start = f"mavlink start -x -u {ports.local} -r {PAYLOAD_BYTES_PER_S} -f -m onboard -o {ports.remote}"
    stream = f"mavlink stream -r {TRUTH_HZ} -s HIL_STATE_QUATERNION -u {ports.local}"
    return [f"mavlink stop -u {ports.local}", start, stream]


def plain(raw: bytes) -> str:
    """A line of PX4's output without colours, and without what its shell echoes of a line typed."""
    return _ESCAPES.sub("", raw.decode(errors="replace")).rpartition("pxh> ")[2].rstrip()


class Run:
    """One running PX4: its output is read along, its last lines kept for the message if it fails."""

    def __init__(self, arguments: Sequence[str], variables: dict[str, str], folder: Path) -> None:
        self.ready = threading.Event()
        self._lines: list[str] = []
        self._process = subprocess.Popen(
            list(arguments),
            cwd=folder,
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        output = self._process.stdout
        if output is None:
            raise OneFlightError("PX4 was started without an output to read")
        self._reader = threading.Thread(target=self._read, args=(output,), daemon=True)
        self._reader.start()

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    @property
    def last_lines(self) -> str:
        """The end of its output."""
        return "\n".join(self._lines[-LAST_LINES:])

    def type(self, line: str) -> None:
        """Types a line into its shell."""
        if self._process.stdin is not None and self.exit_code is None:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()

    def end(self) -> None:
        """Asks it to shut down; a PX4 that does not is killed with all it started."""
        if self.exit_code is None:
            self._signal(signal.SIGINT)
        try:
            self._process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            logger.warning("PX4 did not end by itself within %.0f s: killed", ENDS_WITHIN_S)
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._reader.join(ENDS_WITHIN_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            logger.debug("PX4 was gone already")

    def _read(self, output: IO[bytes]) -> None:
        for raw in output:
            line = plain(raw)
            if not line:
                continue
            self._lines = [*self._lines[-LAST_LINES:], line]
            print(line, flush=True)  # noqa: T201 - PX4's output is this command's output
            if READY in line:
                self.ready.set()


def fly_px4_until_signal(where: str, settings: Settings) -> None:
    """Runs PX4 until SIGINT or SIGTERM. Raises OneFlightError, with PX4's last words, where it fails or never is ready."""
    px4 = find_px4(where)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with tempfile.TemporaryDirectory(prefix=f"oneflight-px4-{settings.instance}-") as name:
        run = Run(command_line(px4, settings, Path(name)), environment(settings), Path(name))
        try:
            _wait_until_ready(run, ended)
            for line in () if ended.is_set() else shell_lines(settings.instance):
                run.type(line)
            while not ended.wait(0.5):
                if run.exit_code is not None:
                    raise OneFlightError(f"PX4 ended by itself with code {run.exit_code}; its last lines:\n{run.last_lines}")
        finally:
            run.end()
    sys.stdout.flush()


def _wait_until_ready(run: Run, ended: threading.Event) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not ended.is_set() and not run.ready.wait(0.1):
        if run.exit_code is not None:
            raise OneFlightError(f"PX4 ended with code {run.exit_code} before it was ready; its last lines:\n{run.last_lines}")
        if time.monotonic() > deadline:
            raise OneFlightError(f"PX4 was not ready within {READY_WITHIN_S:.0f} s; its last lines:\n{run.last_lines}")
