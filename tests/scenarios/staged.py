"""A demonstration run as a process of its own, and what it leaves behind."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

REPORT_WITHIN_S = 330.0
RAISED = re.compile(r"finding ([0-9a-f]{32})")


class Staged:
    """`oneflight demo --headless` in a folder; use as a context manager, so that nothing of it stays behind."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder / "demo"
        self.report_file = folder / "report.json"
        self._output = (folder / "output.log").open("wb")
        command = [sys.executable, "-m", "oneflight", "demo", "--headless", "--dir", str(self.folder)]
        self._process = subprocess.Popen(
            [*command, "--report", str(self.report_file), *arguments], stdout=self._output, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> "Staged":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(20)
        self._output.close()

    def wait_until(self, what: str, ready: Callable[[], bool], timeout_s: float = 120.0) -> None:
        """Waits until something has happened; fails with the demonstration's output when it ends or takes too long."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            assert self._process.poll() is None, f"the demonstration ended before {what}:\n{self.output()}"
            assert time.monotonic() < deadline, f"no {what} within {timeout_s} s:\n{self.output()}"
            try:
                self._process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue

    def kill(self, part: str) -> None:
        """SIGKILLs a part by its name."""
        pids = json.loads((self.folder / "logs" / "processes.json").read_text())
        os.kill(pids[part], signal.SIGKILL)

    def finish(self) -> dict[str, Any]:
        """Waits for the end; the report."""
        self._process.wait(REPORT_WITHIN_S)
        assert self.report_file.exists(), self.output()
        report: dict[str, Any] = json.loads(self.report_file.read_text())
        return report

    @property
    def exit_code(self) -> int | None:
        """Of the demonstration; None while it runs."""
        return self._process.poll()

    def output(self) -> str:
        """What it printed."""
        return (self.folder.parent / "output.log").read_text(errors="replace")[-5000:]

    def log(self, part: str) -> str:
        """What a part logged, over all its starts."""
        path = self.folder / "logs" / f"{part}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def raised_findings(self, drone_id: str) -> set[str]:
        """Ids of all findings that an agent stored on its disk, over all its starts."""
        return set(RAISED.findall(self.log(f"agent-{drone_id}")))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the ground station's database says, read beside it; nothing while it is not there yet."""
        path = self.folder / "station" / "data" / "ground.sqlite3"
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
            try:
                return database.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []
