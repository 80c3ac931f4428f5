"""What the demand endpoints take and give."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from missions.calendar import Season, TimeWindow
from missions.demand import Demand, DemandId, DemandOrigin
from missions.noun import Instant, Noun, StrictNoun
from missions.route import Frequency, RouteGeometry

Pitch = Annotated[float | None, Field(ge=-90, le=0)]
"""Of the camera, degrees."""


class NewDemand(StrictNoun):
    """A demand to be registered; what is left out is as its category has it. Its ground is `geometry`, or that of a route."""

    id: Annotated[DemandId | None, Field(description="left out: one is made")] = None
    category: Annotated[str, Field(max_length=64)]
    department_id: Annotated[str | None, Field(max_length=64)] = None
    geometry: RouteGeometry | None = None
    route_id: Annotated[str | None, Field(max_length=64)] = None
    origin: DemandOrigin = DemandOrigin.OPERATOR
    frequency: Frequency = Frequency(times=0, per="on_call")
    windows: Annotated[tuple[TimeWindow, ...], Field(max_length=24)] = ()
    season: Season | None = None
    max_sample_m: Annotated[float | None, Field(gt=0, le=5)] = None
    steepest_deg: Pitch = None
    flattest_deg: Pitch = None
    thermal: bool | None = None
    priority: Annotated[int | None, Field(ge=1, le=5)] = None
    valid_from: date | None = None
    valid_until: date | None = None
    note: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _one_ground(self) -> "NewDemand":
        if (self.geometry is None) == (self.route_id is None):
            raise ValueError("its ground is either a geometry or a route_id: give one of them")
        if self.origin is DemandOrigin.CATALOGUE:
            raise ValueError("only the catalogue's own demands are of the catalogue")
        return self


class DemandState(StrEnum):
    """How a demand stands now."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    """Asked for once, and seen to."""
    DORMANT = "dormant"
    """Not wanted today: out of its season or validity."""
    SUSPENDED = "suspended"
    PROPOSED = "proposed"
    """Waits for a planner to accept it."""


class DemandOut(Demand):
    """A demand as listed. `last_seen_at` None: never yet; `next_due_at` None: now, or never again.

    `changed`: a standing demand of which this station has changed something.
    """

    state: DemandState
    last_seen_at: Instant | None = None
    next_due_at: Instant | None = None
    changed: bool = False
    registered_by: str | None = None


class DrawnGround(Noun):
    """A ground read from a file."""

    name: str
    geometry: RouteGeometry
