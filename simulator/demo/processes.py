"""The processes of a demonstration: started, watched, started again when they die, and ended with it."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from missions.errors import OneFlightError

logger = logging.getLogger(__name__)

RESTART_LIMIT = 5
"""A process that dies more often than this has a fault that starting again does not mend."""


class Part:
    """One process: its name, its command line and how often it was started. Making one starts it."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path) -> None:
        self.name = name
        self.log = log
        self.starts = 1
        self._arguments = arguments
        self.process = self._launch()

    @property
    def is_running(self) -> bool:
        """Whether its process is alive."""
        return self.process.poll() is None

    def start_again(self) -> None:
        """Starts the process anew after it has died."""
        self.process = self._launch()
        self.starts += 1

    def _launch(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(self._arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def last_words(self, lines: int = 5) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Supervisor:
    """Runs parts as a service manager would: a part that dies is started again. Use as a context manager.

    `folder` gets a log a part, and `processes.json` (name -> pid), so that people and tests can find them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[str, Part] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self.failure: str | None = None
        self.peak_memory_mb = 0.0

    def __enter__(self) -> "Supervisor":
        self._folder.mkdir(parents=True, exist_ok=True)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, name: str, *arguments: str) -> None:
        """Starts `oneflight <arguments>` as the part `name`."""
        command = [sys.executable, "-m", "oneflight", *arguments]
        with self._lock:
            self._parts[name] = Part(name, command, self._folder / f"{name}.log")
            self._write_pids()

    def wait_until(self, what: str, ready: Callable[[], bool], timeout_s: float) -> None:
        """Waits until `ready`; raises OneFlightError when a part fails for good or the time is over."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise OneFlightError(f"gave up after {timeout_s:.0f} s waiting for {what}; logs: {self._folder}")
            self._ended.wait(0.1)

    def check(self) -> None:
        """Raises OneFlightError when a part has failed for good."""
        if self.failure:
            raise OneFlightError(self.failure)

    def restarts(self) -> int:
        """How often parts were started again."""
        return sum(part.starts - 1 for part in self._parts.values())

    def stop(self) -> None:
        """Ends all parts, in reverse order of their start: politely, then by force."""
        self._ended.set()
        self._watcher.join()
        parts = [part for part in reversed(self._parts.values()) if part.is_running]
        for part in parts:
            part.process.terminate()
        deadline = time.monotonic() + 5
        for part in parts:
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("%s did not end by itself", part.name)
                part.process.kill()
                part.process.wait()

    def _watch(self) -> None:
        beats = 0
        while not self._ended.wait(0.25):
            with self._lock:
                self._revive()
            beats += 1
            if beats % 4 == 0:
                self.peak_memory_mb = max(self.peak_memory_mb, self._memory_mb())

    def _revive(self) -> None:
        for part in self._parts.values():
            if part.is_running or self.failure:
                continue
            if part.starts > RESTART_LIMIT:
                self.failure = f"{part.name} died {part.starts} times; the end of {part.log}:\n{part.last_words()}"
                return
            logger.warning("%s ended with code %s; starting it again", part.name, part.process.returncode)
            part.start_again()
            self._write_pids()

    def _write_pids(self) -> None:
        pids = {part.name: part.process.pid for part in self._parts.values()}
        temporary = self._folder / "processes.json.new"
        temporary.write_text(json.dumps(pids, indent=1))
        temporary.replace(self._folder / "processes.json")

    def _memory_mb(self) -> float:
        """Proportional set size of every part with its children, and of this process: shared pages count once."""
        total_bytes = 0
        for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            try:
                total_bytes += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        return total_bytes / 1e6
