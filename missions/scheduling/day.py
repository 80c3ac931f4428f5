"""The day's schedule from beginning to end: `plan_day` is its whole story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from missions.demand import Demand
from missions.district import District
from missions.ground import Ground, terrain_of
from missions.route import Route
from missions.schedule import DayConditions, Schedule, Span
from missions.scheduling.assembling import DayFacts, assemble, kept_until
from missions.scheduling.conditions import DaySetting, grounded_drones
from missions.scheduling.daylight import daylight_on
from missions.scheduling.due import due_on, flying_day
from missions.scheduling.gaps import fill_gaps
from missions.scheduling.greedy import greedy
from missions.scheduling.joining import join_seen
from missions.scheduling.legwork import Legwork
from missions.scheduling.merging import merge
from missions.scheduling.placing import place_all
from missions.scheduling.problem import Problem, Solution

Improve = Callable[[Problem, Solution], Solution]
"""Makes a solution better; gives one that is at least as good."""


@dataclass(frozen=True, slots=True)
class DayRequest:
    """What a day is planned from. `extra_routes` are those of demands that the catalogue has no route for; nothing takes off
    before `not_before` (None: from the day's begin). Without `ground` it is taken as flat.
    """

    district: District
    day: date
    demands: Sequence[Demand]
    history: Mapping[str, datetime]
    seed: int = 0
    conditions: DayConditions = field(default_factory=DayConditions)
    extra_routes: Sequence[Route] = field(default_factory=tuple)
    not_before: datetime | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class DayWork:
    """The work of a day before it is put into flights: what is due, merged into passes, with what each takes."""

    facts: DayFacts
    legwork: Legwork

    @property
    def problem(self) -> Problem:
        """The day in numbers."""
        return self.legwork.problem


def prepare_day(request: DayRequest) -> DayWork:
    """Due demands become passes, and passes become legs."""
    daylight = daylight_on(request.district, request.day)
    flying = _rest_of(flying_day(request.district, request.day, daylight), request.not_before)
    setting = DaySetting.of(request.district, request.conditions, flying, request.ground)
    district = setting.district
    routes = {route.id: route for route in (*district.routes, *request.extra_routes)}
    due = due_on(request.demands, request.day, flying, request.history)
    merged = merge(due, routes, district.aircraft_types)
    beside = {one.id for one in request.extra_routes}
    merged = join_seen(merged, routes, beside, district, setting.wind)
    legwork = Legwork(setting, merged.passes, routes, grounded_drones(district, request.conditions))
    notes = tuple(kept_until(note, flying) for note in merged.notes)
    facts = DayFacts(district.id, request.day, request.seed, daylight, request.conditions, notes, terrain_of(request.ground))
    return DayWork(facts, legwork)


def _rest_of(flying: Span, not_before: datetime | None) -> Span:
    """What is left of the flying day."""
    begins_at = flying.begins_at if not_before is None else min(max(flying.begins_at, not_before), flying.ends_at)
    return Span(begins_at=begins_at, ends_at=flying.ends_at)


def first_plan(work: DayWork) -> Solution:
    """The greedy plan: there in a second or two."""
    return greedy(work.problem, seed=work.facts.seed)


def schedule_of(work: DayWork, solution: Solution, method: str) -> Schedule:
    """Trips become flights that keep apart; what is not flown says why."""
    legwork = work.legwork
    clock = place_all(solution.trips, legwork)
    fill_gaps(clock, legwork)
    return assemble(clock, legwork, work.facts, method)


def plan_day(request: DayRequest, improve: Improve | None = None, method: str = "greedy") -> Schedule:
    """The whole day at once."""
    work = prepare_day(request)
    solution = first_plan(work)
    if improve is not None:
        solution = improve(work.problem, solution)
    return schedule_of(work, solution, method)
