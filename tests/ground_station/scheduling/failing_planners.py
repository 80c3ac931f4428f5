"""Planners that come to nothing, for processes of their own (a process finds them by name)."""

import os
import signal
import threading

from ground_station.scheduling.planner import Planned
from missions.scheduling.day import DayRequest


def raises(request: DayRequest, time_limit_s: float) -> Planned:
    """A fault in the solver."""
    raise RuntimeError(f"no solver on {request.day}")


def is_killed(request: DayRequest, time_limit_s: float) -> Planned:
    """The kernel's out-of-memory killer, or a crash in native code."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("not reached")


def hangs(request: DayRequest, time_limit_s: float) -> Planned:
    """A search that never ends."""
    threading.Event().wait()
    raise AssertionError("not reached")
