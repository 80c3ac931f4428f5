"""A demand: what a department wants looked at, where, how often and how well."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from missions.calendar import Season, TimeWindow
from missions.noun import StrictNoun
from missions.route import Frequency, RouteGeometry

HOURS_PER = {"day": 24.0, "week": 168.0, "month": 730.0}
"""Hours in each unit of a frequency; a month is a twelfth of a year."""

DemandId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$")]


class DemandOrigin(StrEnum):
    """Where a demand comes from."""

    CATALOGUE = "catalogue"
    OPERATOR = "operator"
    HOTLINE = "hotline"
    WORK_ORDER = "work_order"
    EVENT = "event"


class Demand(StrictNoun):
    """What is wanted. `route_id`: the route whose ground it is, where it is a standing one.

    `max_sample_m` is the coarsest ground sample distance that serves, metres a pixel; `steepest_deg` and `flattest_deg` bound
    the camera's pitch. Without windows any time of the day serves.
    """

    id: DemandId
    department_id: str
    category: str
    geometry: RouteGeometry
    frequency: Frequency
    origin: DemandOrigin = DemandOrigin.OPERATOR
    route_id: str | None = None
    windows: tuple[TimeWindow, ...] = ()
    season: Season | None = None
    max_sample_m: Annotated[float, Field(gt=0, le=5)]
    steepest_deg: Annotated[float, Field(ge=-90, le=0)] = -90.0
    flattest_deg: Annotated[float, Field(ge=-90, le=0)] = -30.0
    thermal: bool = False
    priority: Annotated[int, Field(ge=1, le=5, description="5 is the most pressing")] = 3
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Demand":
        if self.flattest_deg < self.steepest_deg:
            raise ValueError("flattest_deg lies below steepest_deg")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self

    @property
    def interval_h(self) -> float | None:
        """Hours between two visits; None where it is asked for once (on call)."""
        return None if self.frequency.per == "on_call" else HOURS_PER[self.frequency.per] / self.frequency.times

    @property
    def own_route_id(self) -> str:
        """The id of the route that is made for this demand alone (see `scheduling.registration`)."""
        return route_id_of(self.id)

    @property
    def ground_id(self) -> str:
        """The id of the route whose ground it is: the one it names, else its own."""
        return self.route_id or self.own_route_id

    @property
    def named_days(self) -> frozenset[int]:
        """The weekdays (0 is Monday) on each of which it is wanted: where it asks for as many looks a week as its windows name
        days. Else none: its windows only say when the looks of its interval may be.
        """
        named = {weekday for window in self.windows for weekday in window.weekdays}
        is_rule = self.frequency.per == "week" and all(window.weekdays for window in self.windows)
        return frozenset(named) if is_rule and self.frequency.times == len(named) else frozenset()

    def holds_on(self, day: date) -> bool:
        """Whether it is wanted at all on that day: validity and season."""
        begun = self.valid_from is None or day >= self.valid_from
        over = self.valid_until is not None and day > self.valid_until
        return begun and not over and (self.season is None or self.season.holds_on(day))


def route_id_of(demand_id: str) -> str:
    """The id of the route that is made for a demand alone."""
    return demand_id.replace(":", "-").replace(".", "-")[:64]
