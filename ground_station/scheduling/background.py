"""Improving a plan in a process of its own: the solver keeps the interpreter to itself while it searches."""

import os
from concurrent.futures import Future
from multiprocessing import get_context
from multiprocessing.pool import Pool

from ground_station.scheduling.planner import Planned, plan_and_check
from missions.scheduling.day import DayRequest

NICENESS = 10
"""The station's own work goes first."""


class BackgroundPlanner:
    """One plan at a time; the process is started with the first."""

    def __init__(self) -> None:
        self._pool: Pool | None = None

    def plan(self, request: DayRequest, time_limit_s: float) -> "Future[Planned]":
        """Plans the day for so many seconds; the future has the better plan, or what went wrong."""
        if self._pool is None:
            self._pool = get_context("spawn").Pool(1, initializer=_begin)
        planned: Future[Planned] = Future()
        self._pool.apply_async(
            plan_and_check, (request, time_limit_s), callback=planned.set_result, error_callback=planned.set_exception
        )
        return planned

    def close(self) -> None:
        """Ends the process; what it was planning is dropped."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None


def _begin() -> None:
    os.nice(NICENESS)
