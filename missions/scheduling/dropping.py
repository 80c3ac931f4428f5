"""What was planned and is not flown any more: it says when it was planned, and is told to whom it concerns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from missions.schedule import MergeKind, Schedule, ScheduledFlight, Unserved, UnservedCode, Visit
from missions.working_time import DISTRICT_TIME

LEFT = "left"
"""The code of a demand that no pass serves, beside those of passes that wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something a department should know that it waits: a pass, or a demand without one (`subject` is its id)."""

    subject: str
    department_id: str
    route_id: str | None
    code: str
    text: str
    expires_at: datetime


def with_dropped(schedule: Schedule, before: Schedule) -> Schedule:
    """The schedule, in which passes that wait and were planned before say so. Where nothing stands against one but the other
    flights, its code is DROPPED; what was dropped by an earlier repair stays so.
    """
    planned = {visit.pass_id: (flight, visit) for flight in before.flights for visit in flight.visits}
    dropped = {one.pass_id: one for one in before.unserved if one.code is UnservedCode.DROPPED}
    unserved = []
    for one in schedule.unserved:
        if one.pass_id in planned:
            one = _dropped(one, *planned[one.pass_id])
        elif one.code is UnservedCode.NO_ROOM:
            one = dropped.get(one.pass_id, one)
        unserved.append(one)
    return schedule.model_copy(update={"unserved": tuple(unserved)})


def to_be_told(schedule: Schedule, before: Schedule | None, beside: Collection[str]) -> Iterator[Waiting]:
    """What departments are told of a new schedule, once for each: what was planned in the one before and now waits, what they
    asked for beside the catalogue (demand ids) and waits, and demands that no pass serves. What else waits is usual: more is
    due on most days than can be flown.
    """
    planned = {visit.pass_id for flight in before.flights for visit in flight.visits} if before else set()
    asked = {one.id for one in schedule.passes if any(id in beside for id in one.demand_ids)}
    for one in schedule.unserved:
        if one.code is UnservedCode.DROPPED or one.pass_id in planned | asked:
            for department_id in one.departments:
                yield Waiting(one.pass_id, department_id, one.route_id, one.code, one.text, one.expires_at)
    for note in schedule.merging:
        if note.kind is MergeKind.LEFT and note.expires_at is not None:
            yield Waiting(note.demand_id, note.department_id, None, LEFT, note.reason, note.expires_at)


def still_waiting(schedule: Schedule) -> set[str]:
    """The ids of passes and demands that wait."""
    left = {note.demand_id for note in schedule.merging if note.kind is MergeKind.LEFT}
    return left | {one.pass_id for one in schedule.unserved}


def _dropped(one: Unserved, flight: ScheduledFlight, visit: Visit) -> Unserved:
    code = UnservedCode.DROPPED if one.code is UnservedCode.NO_ROOM else one.code
    at = visit.begins_at.astimezone(DISTRICT_TIME)
    return one.model_copy(update={"code": code, "text": f"it was planned for {at:%H:%M} in flight {flight.id}: {one.text}"})
