"""A day's schedule: which passes are flown in which flights, by whom, when, and why others are not."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from shapely import Polygon, is_valid_reason

from missions.geometry import GeoPoint
from missions.noun import Instant, Noun
from missions.plan import FLAT
from missions.route import CameraUse, Route, RouteGeometry
from missions.wind import Wind


class Span(Noun):
    """From one moment to another."""

    begins_at: Instant
    ends_at: Instant


class Look(Noun):
    """What one demand asks of the pass that serves it, copied when the day is planned. `geometry` of None: the ground of the
    pass's route. The whole visit must lie within one of `windows`; the other limits are those of `Demand`.
    """

    demand_id: str
    department_id: str
    category: str
    geometry: RouteGeometry | None = None
    max_sample_m: float
    steepest_deg: float
    flattest_deg: float
    thermal: bool
    value: Annotated[float, Field(ge=0)]
    windows: Annotated[tuple[Span, ...], Field(min_length=1)]


class Pass(Noun):
    """One look at a route's ground that serves several demands at once. It must lie within one of `windows`, whole.

    Height, speed and camera are those it is flown with: its finest demand sets them, and they may differ from the route's.
    `value` is the sum over its demands of priority times how overdue each is (1: just due). `looks` has what each demand
    asks, in the order of `demand_ids`; schedules that were stored before there were looks have none.
    """

    id: str
    route_id: str
    demand_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    departments: tuple[str, ...]
    height_m: float
    speed_mps: float
    camera: CameraUse
    value: Annotated[float, Field(ge=0)]
    windows: Annotated[tuple[Span, ...], Field(min_length=1)]
    looks: tuple[Look, ...] = ()

    def over(self, route: Route) -> Route:
        """Its route as this pass flies it: from its height, with its camera, for the categories of all its demands."""
        categories = tuple(dict.fromkeys((*route.categories, *(look.category for look in self.looks))))
        flown = {"height_m": self.height_m, "speed_mps": self.speed_mps, "camera": self.camera, "categories": categories}
        return route.model_copy(update=flown)


class MergeKind(StrEnum):
    """What became of a demand that is not simply served by the pass over its own ground."""

    JOINED = "joined"
    SPLIT = "split"
    LEFT = "left"


class MergeNote(Noun):
    """Why a demand joined another route's pass, was split off into another pass over its ground, or was left without any.

    `pass_id` is the pass that serves it (None: it was left), `with_demand_id` the most valuable demand of the pass that it
    was split off from. What is left waits until `expires_at`; then it is due again.
    """

    kind: MergeKind
    demand_id: str
    department_id: str
    category: str
    reason: str
    pass_id: str | None = None
    with_demand_id: str | None = None
    expires_at: Instant | None = None


class TimedPoint(Noun):
    """Where an aircraft is at a moment, `height_m` over its take-off point; between two it flies straight and evenly."""

    point: GeoPoint
    height_m: float
    at: Instant


class Visit(Noun):
    """A pass within a flight: its camera works from `begins_at` to `ends_at`."""

    pass_id: str
    route_id: str
    begins_at: Instant
    ends_at: Instant


class ScheduledFlight(Noun):
    """One flight: from a dock over its visits to a dock. `path` begins with the take-off and ends with the landing."""

    id: str
    drone_id: str
    from_dock_id: str
    to_dock_id: str
    takes_off_at: Instant
    lands_at: Instant
    visits: Annotated[tuple[Visit, ...], Field(min_length=1)]
    path: Annotated[tuple[TimedPoint, ...], Field(min_length=2)]
    energy_wh: float
    distance_m: float
    layer_m: Annotated[float, Field(description="how much higher its ways are than its legs ask for, to pass others")] = 0.0

    @property
    def duration_s(self) -> float:
        """In the air, in seconds."""
        return (self.lands_at - self.takes_off_at).total_seconds()


class FlightOrder(Noun):
    """A scheduled flight as it is sent to its drone. It is copied at dispatch: a later plan of the day changes nothing of it.

    `flight` has the times at which it is to be flown, `demand_ids` for each visit the demands that it serves.
    """

    day: date
    flight: ScheduledFlight
    demand_ids: tuple[tuple[str, ...], ...]


class UnservedCode(StrEnum):
    """Why a pass is not flown on the day."""

    NO_ROOM = "no_room"
    NO_ABLE_DRONE = "no_able_drone"
    CANNOT_BE_FLOWN = "cannot_be_flown"
    OUTSIDE_HOURS = "outside_hours"
    WEATHER = "weather"
    AIRSPACE_CLOSED = "airspace_closed"
    DROPPED = "dropped"


class Unserved(Noun):
    """A pass that waits: why, whom it concerns, and until when it is kept (then it is due again or has lapsed).

    DROPPED: it was planned, and the flights that went before left it no room.
    """

    pass_id: str
    route_id: str
    code: UnservedCode
    text: str
    expires_at: Instant
    departments: tuple[str, ...] = ()


class Closure(Noun):
    """Airspace closed for a time: a polygon (no-fly) without crossings, in a span that lasts."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3, max_length=200)]
    span: Span

    @model_validator(mode="after")
    def _sound(self) -> Self:
        shape = Polygon([(point.lon_deg, point.lat_deg) for point in self.outline])
        if not shape.is_valid or shape.area == 0:
            fault = "it has no area" if shape.is_valid else is_valid_reason(shape)
            raise ValueError(f"the outline of closure '{self.id}' is no simple polygon: {fault}")
        if self.span.ends_at <= self.span.begins_at:
            raise ValueError(f"closure '{self.id}' ends at {self.span.ends_at:%H:%MZ}, not after it begins")
        return self


class DayConditions(Noun):
    """What holds on the day besides the catalogue: wind, closures, drones that are not there.

    `since` is the moment from which these are so (None: all day); flights that began before it stand. Wind of unknown
    direction (`wind_from_deg` of None) is taken as ahead on every way.
    """

    since: Instant | None = None
    wind_mps: Annotated[float, Field(ge=0)] = 0.0
    wind_from_deg: Annotated[float | None, Field(ge=0, le=360, description="clockwise from north")] = None
    closures: tuple[Closure, ...] = ()
    grounded_drones: tuple[str, ...] = ()

    @property
    def wind(self) -> Wind:
        """The day's wind."""
        return Wind(self.wind_mps, self.wind_from_deg)


class Schedule(Noun):
    """A day. Every pass is either in exactly one flight or in `unserved`; `merging` tells how demands came to their passes."""

    district_id: str
    day: date
    seed: int
    method: Annotated[str, Field(description="greedy, or what improved it")]
    daylight: Span
    conditions: DayConditions = DayConditions()
    passes: tuple[Pass, ...]
    flights: tuple[ScheduledFlight, ...]
    unserved: tuple[Unserved, ...]
    merging: tuple[MergeNote, ...] = ()
    terrain: Annotated[str, Field(description="'flat': heights count from each take-off; else the ground followed")] = FLAT

    @property
    def value(self) -> float:
        """The value of all passes flown."""
        flown = {visit.pass_id for flight in self.flights for visit in flight.visits}
        return sum(one.value for one in self.passes if one.id in flown)

    @property
    def flight_h(self) -> float:
        """Hours in the air, over all flights."""
        return sum(flight.duration_s for flight in self.flights) / 3600
