"""What the scheduling endpoints take and give."""

from datetime import date
from typing import Annotated

from pydantic import Field

from missions.geometry import GeoPoint
from missions.noun import Instant, Noun, StrictNoun
from missions.schedule import Closure, Schedule
from missions.scheduling.closures import MOST

Closures = Annotated[
    tuple[Closure, ...],
    Field(
        max_length=MOST, description="airspace closed for a time; each overlaps the permitted area and the day, ids are unique"
    ),
]

WindFrom = Annotated[
    float | None,
    Field(ge=0, le=360, description="where the wind comes from, clockwise from north; None: unknown, ahead on every way"),
]


class NewSchedule(StrictNoun):
    """A day to be planned. The greedy plan is in force at once; it is improved for `time_limit_s` behind the scenes."""

    day: date
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    time_limit_s: Annotated[float, Field(ge=0, le=600)] = 60.0
    wind_mps: Annotated[float, Field(ge=0, le=60)] = 0.0
    wind_from_deg: WindFrom = None
    grounded_drones: tuple[Annotated[str, Field(max_length=32)], ...] = ()
    closures: Closures = ()


class UrgentPlace(StrictNoun):
    """A place to be looked at now."""

    point: GeoPoint
    category: Annotated[str, Field(max_length=64)]


class Replan(StrictNoun):
    """What has happened. Without `confirm` nothing changes: the answer shows what would. Where nothing has, what is late is
    given new times. `recall` are flights in the air, by their schedule's id, that are to return now.

    `closures` come to those of the day; one with the id of an earlier one takes its place, so that it can end sooner or later.
    `wind_from_deg` goes with `wind_mps`: new wind without it is of unknown direction.
    """

    urgent: UrgentPlace | None = None
    lost_drones: tuple[Annotated[str, Field(max_length=32)], ...] = ()
    restored_drones: tuple[Annotated[str, Field(max_length=32)], ...] = ()
    wind_mps: Annotated[float | None, Field(ge=0, le=60)] = None
    closures: Closures = ()
    wind_from_deg: WindFrom = None
    recall: tuple[Annotated[str, Field(max_length=64)], ...] = ()
    confirm: bool = False


class ScheduleOut(Noun):
    """A schedule in force, and how good it is: `value_bound` is what no plan could exceed."""

    id: str
    made_at: Instant
    made_by: str
    note: str
    improving: bool
    value: float
    value_bound: float
    flight_h: float
    schedule: Schedule


class ReplanOut(Noun):
    """A repaired schedule, in force where `confirmed`. `arrivals`: urgent demand -> when its place is reached. `called_off`:
    flights on their aircraft that have not taken off and do not any more as they were sent; their dispatch is taken back.
    `stranded`: drones that end the day away from home.
    """

    confirmed: bool
    arrivals: dict[str, Instant]
    moved: tuple[str, ...]
    dropped: tuple[str, ...]
    called_off: tuple[str, ...] = ()
    stranded: tuple[str, ...] = ()
    schedule: Schedule


class DueCount(Noun):
    """How a department's demands of one category stand on a day: due, overdue by more than half an interval, on the plan."""

    department_id: str
    category: str
    demands: int
    due: int
    overdue: int
    planned: int
