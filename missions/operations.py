"""How a district runs its fleet: hours, crew, charging, and what flying costs."""

from datetime import time
from typing import Annotated

from pydantic import Field, model_validator

from missions.noun import StrictNoun


class Operations(StrictNoun):
    """The rules of a flying day. Times are the district's own; the defaults are a plausible small operation."""

    day_begins: time = time(6, 30)
    day_ends: Annotated[time, Field(description="everything has landed by then")] = time(19, 30)
    night_flights: Annotated[bool, Field(description="whether flights may go outside daylight")] = False
    remote_pilots: Annotated[int, Field(ge=1, description="on duty at one time")] = 3
    flights_per_pilot: Annotated[int, Field(ge=1, description="flights one remote pilot may watch at once")] = 4
    turnaround_s: Annotated[float, Field(ge=0, description="from landing to the next take-off, besides charging")] = 180.0
    recharge_s: Annotated[float, Field(gt=0, description="from an empty battery to a full one, in the dock")] = 3600.0
    land_elsewhere: Annotated[bool, Field(description="whether flights may end in docks with places for guests")] = False
    timing_error_s: Annotated[float, Field(ge=0, description="how early or late a flight may be against its plan")] = 45.0
    cost_per_flight: Annotated[float, Field(ge=0, description="yuan a take-off: wear, charging, preparation")] = 12.0
    cost_per_minute: Annotated[float, Field(ge=0, description="yuan a minute in the air: pilot, aircraft, insurance")] = 3.0

    @model_validator(mode="after")
    def _ordered(self) -> "Operations":
        if self.day_ends <= self.day_begins:
            raise ValueError("day_ends lies before day_begins")
        return self

    @property
    def flights_at_once(self) -> int:
        """How many flights the crew may watch together."""
        return self.remote_pilots * self.flights_per_pilot
