"""Planning in a process of its own: the solver keeps the interpreter to itself while it searches, and may crash by itself."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar, cast

from ground_station.scheduling.apart import fly_apart
from ground_station.scheduling.planner import Planned, plan_and_check
from missions.district import District
from missions.errors import OneFlightError
from missions.route import Route
from missions.schedule import Schedule
from missions.scheduling.apart import ApartDay
from missions.scheduling.day import DayRequest

NICENESS = 10
"""The station's own work goes first."""

GRACE_S = 120.0
"""Beyond its time limit, for starting, checking and a busy machine; after that the process is ended."""

T = TypeVar("T")
Plan = Callable[[DayRequest, float], Planned]


class PlanningFailed(OneFlightError):
    """The planning process came to nothing: it crashed, was killed, or did not end in time."""


class BackgroundPlanner:
    """One piece of work at a time, each in a new process, so that one that crashes or hangs takes nothing along."""

    def __init__(self, plan: Plan = plan_and_check, grace_s: float = GRACE_S) -> None:
        self._plan = plan
        self._grace_s = grace_s
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="planner")
        self._process: BaseProcess | None = None
        self._closed = False

    def plan(self, request: DayRequest, time_limit_s: float) -> "Future[Planned]":
        """Plans the day for so many seconds; the future has the better plan, or what went wrong."""
        return self._submit(time_limit_s, self._plan, request, time_limit_s)

    def apart(self, schedule: Schedule, district: District, routes: Sequence[Route], time_limit_s: float) -> "Future[ApartDay]":
        """Plans every department's part of a schedule alone, in about the same time."""
        return self._submit(time_limit_s, fly_apart, schedule, district, routes, time_limit_s)

    def close(self) -> None:
        """Ends the process; what it was planning is dropped."""
        self._closed = True
        self._waiting.shutdown(wait=False, cancel_futures=True)
        process = self._process
        if process is not None:
            process.kill()
        self._waiting.shutdown(wait=True)

    def _submit(self, time_limit_s: float, work: Callable[..., T], *arguments: object) -> "Future[T]":
        """Queues work. What is asked for by those whose work `close` has cancelled is cancelled too: they are told while the
        pool holds its lock, and would wait for it for ever.
        """
        if self._closed:
            cancelled: Future[T] = Future()
            cancelled.cancel()
            return cancelled
        return self._waiting.submit(self._run, time_limit_s + self._grace_s, work, *arguments)

    def _run(self, within_s: float, work: Callable[..., T], *arguments: object) -> T:
        """What the work gives in a process of its own; raises PlanningFailed."""
        context = get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(sender, work, arguments), daemon=True)
        process.start()
        sender.close()
        self._process = process
        if self._closed:
            process.kill()
        try:
            outcome = _outcome(receiver, process, within_s)
        finally:
            process.kill()
            process.join()
            receiver.close()
            self._process = None
        if isinstance(outcome, PlanningFailed):
            raise outcome
        return cast(T, outcome)


def _outcome(receiver: Connection, process: BaseProcess, within_s: float) -> object:
    """What the process sends before its time is over or it ends."""
    if not receiver.poll(within_s):
        return PlanningFailed(f"the planning process did not end within {within_s:.0f} s and was stopped")
    try:
        return receiver.recv()
    except EOFError:
        process.join(5)
        return PlanningFailed(f"the planning process ended with exit code {process.exitcode} and no plan")


def _work(sender: Connection, work: Callable[..., object], arguments: Sequence[object]) -> None:
    """The whole of the process; whatever goes wrong is told to the one that waits."""
    os.nice(NICENESS)
    try:
        outcome = work(*arguments)
    except Exception as error:  # noqa: BLE001 - the outermost of the process: the station says what it was
        outcome = PlanningFailed(f"{type(error).__name__}: {error}")
    sender.send(outcome)
