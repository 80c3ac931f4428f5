"""The filled clock as a schedule: flights in their order, and a reason for every pass that is not flown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from missions.aircraft import Drone
from missions.plan import FLAT
from missions.planning.limits import ReasonCode
from missions.schedule import (
    Closure,
    DayConditions,
    MergeKind,
    MergeNote,
    Schedule,
    ScheduledFlight,
    Span,
    Unserved,
    UnservedCode,
)
from missions.scheduling.conditions import grounded_drones
from missions.scheduling.gaps import can_fly, least_wh
from missions.scheduling.legwork import Leg, Legwork
from missions.scheduling.separating import Clock, TakenOut
from missions.scheduling.timetable import scheduled
from missions.working_time import DISTRICT_TIME

KEPT_FOR = timedelta(days=1)
"""A pass that is not flown is kept until this long after the day's last light; then it is due again by itself."""

IN_THE_WAY = {ReasonCode.NO_FLY_ZONE, ReasonCode.NO_WAY}
"""What a closure does to a route."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What a schedule says of its day."""

    district_id: str
    day: date
    seed: int
    daylight: Span
    conditions: DayConditions
    merging: tuple[MergeNote, ...] = ()
    terrain: str = FLAT


def kept_until(note: MergeNote, flying: Span) -> MergeNote:
    """What is left without a pass waits as long as a pass that is not flown."""
    return note.model_copy(update={"expires_at": flying.ends_at + KEPT_FOR}) if note.kind is MergeKind.LEFT else note


def assemble(clock: Clock, legwork: Legwork, facts: DayFacts, method: str, used_ids: Collection[str] = ()) -> Schedule:
    """The schedule of everything that has its place on the clock. `used_ids`: of flights of before; no new one gets any."""
    return Schedule(
        district_id=facts.district_id,
        day=facts.day,
        seed=facts.seed,
        method=method,
        daylight=facts.daylight,
        conditions=facts.conditions,
        passes=legwork.passes,
        flights=tuple(_flights(clock, legwork, facts.day, used_ids)),
        unserved=tuple(_unserved(clock, legwork, facts.conditions)),
        merging=facts.merging,
        terrain=facts.terrain,
    )


def _flights(clock: Clock, legwork: Legwork, day: date, used_ids: Collection[str]) -> list[ScheduledFlight]:
    """In the order of their starts. A flight that had a name keeps it."""
    ordered = sorted(clock.kept, key=lambda one: (one.begins_s, one.flown.trip.vehicle))
    fresh = (name for number in count(1) if (name := f"{day:%m%d}-{number:03d}") not in used_ids)
    return [kept.begun or scheduled(kept.flown, legwork, id=kept.name or next(fresh)) for kept in ordered]


def _unserved(clock: Clock, legwork: Legwork, conditions: DayConditions) -> list[Unserved]:
    out = {job: one for one in clock.taken_out for job in one.flown.trip.jobs}
    until = legwork.flying.ends_at + KEPT_FOR
    waiting = [(job, one) for job, one in enumerate(legwork.passes) if job not in clock.served]
    reasons = [(one, *_reason(legwork, job, out.get(job), conditions)) for job, one in waiting]
    return [
        Unserved(pass_id=one.id, route_id=one.route_id, code=code, text=text, expires_at=until, departments=one.departments)
        for one, code, text in reasons
    ]


def _reason(legwork: Legwork, job: int, out: TakenOut | None, conditions: DayConditions) -> tuple[UnservedCode, str]:
    """The first thing that stands against the pass: its ground, the drones, its time of day, the other flights."""
    refusal = legwork.refusal(job)
    if refusal is not None:
        if all(one.code is ReasonCode.TOO_WINDY for one in refusal.reasons):
            return UnservedCode.WEATHER, str(refusal)
        closed = conditions.closures and all(one.code in IN_THE_WAY for one in refusal.reasons)
        return UnservedCode.AIRSPACE_CLOSED if closed else UnservedCode.CANNOT_BE_FLOWN, str(refusal)
    without_drone = _without_drone(legwork, job, conditions)
    return without_drone or _closed_for_hours(legwork, job) or _too_short(legwork, job) or _no_room(legwork, out)


def _without_drone(legwork: Legwork, job: int, conditions: DayConditions) -> tuple[UnservedCode, str] | None:
    """Why no drone that flies today could see to the pass; None where one could."""
    district = legwork.district
    kinds = [type.id for type in district.aircraft_types]
    able = [one for one in district.drones if isinstance(legwork.answer(kinds.index(one.type_id), job), Leg)]
    if not able:
        return UnservedCode.NO_ABLE_DRONE, "the fleet has no drone of a type that can fly it"
    grounded = grounded_drones(district, conditions)
    flying = {one.id for one in able} - grounded
    if not flying:
        away = set(conditions.grounded_drones)
        if all(one.id in away for one in able):
            return UnservedCode.NO_ABLE_DRONE, f"the drones that can fly it do not fly today: {_listed(able)}"
        return UnservedCode.WEATHER, f"no drone that can fly it bears {conditions.wind_mps:g} m/s of wind: {_listed(able)}"
    problem, numbers = legwork.problem, [n for n, one in enumerate(legwork.drones) if one.id in flying]
    if not any(can_fly(problem, n, job) for n in numbers):
        code = UnservedCode.AIRSPACE_CLOSED if conditions.closures else UnservedCode.CANNOT_BE_FLOWN
        return code, "no way leads to it and back from the docks of the drones that can fly it"
    if not any(least_wh(problem, n, job) <= problem.kinds[problem.vehicles[n].kind].capacity_wh for n in numbers):
        text = "no drone that can fly it gets there and back, or on to a dock with a place for it, on one battery"
        return UnservedCode.CANNOT_BE_FLOWN, text
    return None


def _closed_for_hours(legwork: Legwork, job: int) -> tuple[UnservedCode, str] | None:
    """Which closures keep all drones from the pass in its time of day, and what that leaves; None where none does."""
    closures = [one for one in legwork.airways.closures if _keeps_from(legwork, one, job)]
    if not closures:
        return None
    closed = " and ".join(f"by '{one.id}' {_hours(one.span)}" for one in closures)
    return (
        UnservedCode.AIRSPACE_CLOSED,
        f"its airspace is closed {closed}; no flight has room for it in the rest of its time today",
    )


def _keeps_from(legwork: Legwork, closure: Closure, job: int) -> bool:
    """Whether a closure falls into the pass's time of day, and no drone can fly it meanwhile."""
    windows, sky = legwork.passes[job].windows, legwork.airways.least_closed(closure)
    meets = any(one.begins_at < closure.span.ends_at and closure.span.begins_at < one.ends_at for one in windows)
    return meets and not any(can_fly(legwork.problem, vehicle, job, sky=sky) for vehicle in range(len(legwork.drones)))


def _hours(span: Span) -> str:
    begins_at, ends_at = span.begins_at.astimezone(DISTRICT_TIME), span.ends_at.astimezone(DISTRICT_TIME)
    return f"{begins_at:%H:%M}-{ends_at:%H:%M}"


def _too_short(legwork: Legwork, job: int) -> tuple[UnservedCode, str] | None:
    problem = legwork.problem
    needed_s = float(problem.service_s[problem.able[:, job], job].min())
    longest_s = max((window.latest_s - window.earliest_s for window in problem.windows[job]), default=0.0)
    if needed_s <= longest_s and longest_s > 0:
        return None
    return UnservedCode.OUTSIDE_HOURS, f"it takes {needed_s / 60:.0f} min; its time today is {longest_s / 60:.0f} min long"


def _no_room(legwork: Legwork, out: TakenOut | None) -> tuple[UnservedCode, str]:
    if out is not None and out.meets is not None:
        other = legwork.drones[out.meets.trip.vehicle].id
        return (
            UnservedCode.NO_ROOM,
            f"its flight would come too near to one of {other}, at whatever height and however late it started",
        )
    return UnservedCode.NO_ROOM, "no flight of an able drone has room for it within its time of day"


def _listed(drones: Sequence[Drone]) -> str:
    return ", ".join(one.id for one in drones)
