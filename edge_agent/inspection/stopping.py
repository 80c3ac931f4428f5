"""Ctrl-C and SIGTERM end an inspection between two pictures; a second one ends it at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from missions.errors import OneFlightError

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(OneFlightError):
    """The user or the system asked for an end; `signal_number` says which signal."""

    def __init__(self, signal_number: int) -> None:
        self.signal_number = signal_number
        super().__init__("stopped; what was done is kept: the same command goes on from here")


class Stopping:
    """Knows whether an end was asked for."""

    def __init__(self) -> None:
        self._signal: int | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hears signals; main thread only."""
        before = {number: signal.signal(number, self._hear) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def check(self) -> None:
        """Raises Stopped where an end was asked for."""
        if self._signal is not None:
            raise Stopped(self._signal)

    def _hear(self, number: int, _: FrameType | None) -> None:
        self._signal = number
        signal.signal(number, signal.SIG_DFL)
