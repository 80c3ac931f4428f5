"""What is timed: passes over the same frames, each contender in a process of its own, asked for one pass after another.

A contender reads a line for each pass and answers with one that begins with `PASS ` and goes on with JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Annotated, Self

from pydantic import Field, ValidationError

from missions.errors import InvalidInput
from missions.noun import StrictNoun

MARK = "PASS "


class Pass(StrictNoun):
    """One look at all frames. `rss_mb` is the most memory that the process has held so far."""

    seconds: Annotated[float, Field(gt=0)]
    frames: Annotated[int, Field(ge=1)]
    rss_mb: float

    @property
    def ms_per_frame(self) -> float:
        """Milliseconds a frame."""
        return 1000.0 * self.seconds / self.frames


def serve(once: Callable[[], Pass]) -> None:
    """The contender's side: a pass for each line that comes, until there are no more."""
    for _ in sys.stdin:
        sys.stdout.write(f"{MARK}{once().model_dump_json()}\n")
        sys.stdout.flush()


@dataclass
class Contender:
    """The asking side. `words` start the process; `environment` is added to ours."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            list(self.words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **self.environment},
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self) -> Pass:
        """One pass. Raises InvalidInput where the process ends instead, with what it said last."""
        said = ""
        asking, answering = self._process.stdin, self._process.stdout
        if asking is None or answering is None:
            raise InvalidInput(self.name, "", "it was started without pipes")
        try:
            asking.write("go\n")
            asking.flush()
        except BrokenPipeError as error:
            raise InvalidInput(self.name, "", "the process has ended") from error
        for line in answering:
            if line.startswith(MARK):
                return _read(self.name, line.removeprefix(MARK))
            said = line.strip() or said
        raise InvalidInput(self.name, "", f"the process ended without an answer: {said}")


def _read(name: str, text: str) -> Pass:
    try:
        return Pass.model_validate(json.loads(text))
    except (ValueError, ValidationError) as error:
        raise InvalidInput(name, "answer", f"it is not understood: {text.strip()}") from error
