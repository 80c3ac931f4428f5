"""A day planned and gated: first greedily, then improved in the time given; the independent checker passes both or neither."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ground_station.scheduling.improving import improve
from missions.checking import Violation, check_schedule
from missions.district import District
from missions.schedule import Schedule
from missions.scheduling.bound import upper_bound
from missions.scheduling.day import DayRequest, first_plan, prepare_day, schedule_of
from missions.scheduling.problem import Problem, Solution

logger = logging.getLogger(__name__)

GATE_SHARE = 1.5
"""Of what the first plan took to be put on the clock and checked, so much is kept for the final one: its flights are fuller."""

Improver = Callable[[Problem, Solution, float, int], Solution]
"""(problem, start, seconds, seed) -> a solution that is at least as good."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The schedule in force with how it came about. `violations` are those of this schedule: a plan that has any is refused
    by whoever puts plans into force. Times end when the checker is through. `note` says why an improvement was not taken.
    """

    schedule: Schedule
    violations: tuple[Violation, ...]
    first: Schedule
    first_plan_s: float
    final_plan_s: float
    value_bound: float
    note: str = ""


def plan_and_check(
    request: DayRequest,
    time_limit_s: float,
    *,
    improver: Improver | None = None,
    on_first: Callable[[Schedule], None] | None = None,
) -> Planned:
    """Plans the day within about `time_limit_s`; `on_first` gets the greedy plan as soon as it is there."""
    began_s = time.monotonic()
    district = with_routes(request)
    work = prepare_day(request)
    solution = first_plan(work)
    found_s = time.monotonic()
    first = schedule_of(work, solution, "greedy")
    violations = tuple(check_schedule(first, district, request.ground))
    gated_s = time.monotonic()
    planned = Planned(
        schedule=first,
        violations=violations,
        first=first,
        first_plan_s=gated_s - began_s,
        final_plan_s=gated_s - began_s,
        value_bound=upper_bound(work.problem),
    )
    if on_first is not None:
        on_first(first)
    gate_s = GATE_SHARE * (gated_s - found_s)
    left_s = time_limit_s - (time.monotonic() - began_s) - gate_s
    if left_s <= 0:
        return planned
    better = (improver or _improve)(work.problem, solution, left_s, request.seed)
    candidate = schedule_of(work, better, "greedy, OR-Tools, fill-in")
    against = tuple(check_schedule(candidate, district, request.ground))
    return _taken(replace(planned, final_plan_s=time.monotonic() - began_s), candidate, against)


def with_routes(request: DayRequest) -> District:
    """The district with the routes of demands that the catalogue has none for."""
    routes = (*request.district.routes, *request.extra_routes)
    return request.district.model_copy(update={"routes": routes})


def _improve(problem: Problem, start: Solution, time_limit_s: float, seed: int) -> Solution:
    return improve(problem, start, time_limit_s=time_limit_s, seed=seed)


def _taken(planned: Planned, candidate: Schedule, violations: tuple[Violation, ...]) -> Planned:
    """The candidate in place of the first plan where it is sound and no worse."""
    first = planned.first
    if violations:
        logger.error("the improved plan breaks %d rules and is not taken; the first: %s", len(violations), violations[0].text)
        return replace(planned, note=f"the improved plan breaks {len(violations)} rules: the greedy one stays in force")
    if _rank(candidate) < _rank(first):
        return replace(planned, note="the improved plan is no better once its flights are kept apart: the greedy one stays")
    return replace(planned, schedule=candidate, violations=violations)


def _rank(schedule: Schedule) -> tuple[float, float]:
    """More value first, then less time in the air."""
    return round(schedule.value, 6), -schedule.flight_h
