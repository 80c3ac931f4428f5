"""A better plan from a plan: OR-Tools searches around it for as long as it may, and what it leaves out is filled in."""

import logging
import time
from collections.abc import Callable

from ground_station.scheduling.routing_model import RoutingModel
from missions.scheduling.elsewhere import fill_in_elsewhere
from missions.scheduling.fill_in import better, fill_in
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.shake import shake
from missions.scheduling.timeline import faults
from missions.scheduling.tours import tours_of

log = logging.getLogger(__name__)

FILLING_SHARE, SOLVER_SHARE = 0.2, 0.3
"""Shares of the time for filling in before the solver begins, and for the solver; what they leave is for shaking the plan."""

LARGEST = 1000
"""Jobs up to which the solver is asked: its tables hold every pair of nodes several times over, as Python's numbers."""


def improve(
    problem: Problem,
    start: Solution,
    *,
    time_limit_s: float,
    seed: int = 0,
    clock: Callable[[], float] = time.monotonic,
) -> Solution:
    """The best plan found within `time_limit_s`, never of less value than `start`, without faults if `start` has none.

    Four steps, each from the best plan so far: fill in, OR-Tools, fill in with landings elsewhere, shake. OR-Tools keeps the
    interpreter to itself while it searches: run this in a process of its own.
    """
    began_s = clock()
    until_s = began_s + time_limit_s
    filled = fill_in(problem, start, clock=clock, until_s=began_s + time_limit_s * FILLING_SHARE)
    found = _search(problem, filled, seed, time_limit_s * SOLVER_SHARE)
    if found is not None:
        timed = tours_of(problem, found).solution()
        filled = better(problem, fill_in(problem, timed, clock=clock, until_s=until_s), filled)
    filled = fill_in_elsewhere(problem, filled, clock=clock, until_s=until_s)
    shaken = shake(problem, filled, seed=seed, clock=clock, until_s=until_s)
    return shaken if _is_sound(problem, shaken) else start


def _search(problem: Problem, start: Solution, seed: int, time_limit_s: float) -> Solution | None:
    """What OR-Tools finds from `start`; None, and a line in the log, where it finds nothing."""
    if not start.trips or time_limit_s <= 0 or any(trip.lands is not None for trip in start.trips):
        return None
    if problem.jobs > LARGEST:
        log.info("%d jobs are too many for OR-Tools; the plan is improved without it", problem.jobs)
        return None
    try:
        found = RoutingModel(problem, start, seed).solve(start, time_limit_s)
    except (ImportError, RuntimeError, MemoryError, TypeError, ValueError) as error:
        log.warning("OR-Tools could not improve the plan: %s", error)
        return None
    if found is None:
        log.warning("OR-Tools found no plan within %.1f s; the one it was given stays", time_limit_s)
    return found


def _is_sound(problem: Problem, solution: Solution) -> bool:
    wrong = faults(problem, solution)
    if wrong:
        log.error("an improved plan has %d faults and is not taken; the first: %s", len(wrong), wrong[0])
    return not wrong
