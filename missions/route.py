"""A route: a stretch of the district that is inspected again and again, with what it is inspected for."""

import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from missions.geometry import GeoPoint
from missions.noun import StrictNoun


def _no_truth_value(value: object) -> object:
    """JSON's true is no number, though Python counts it as 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("number_expected", "a number is expected")
    return value


def _readable(name: str) -> str:
    """Refuses what no screen shows and no database keeps: control characters and halves of surrogate pairs."""
    for character in name:
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise PydanticCustomError(
                "unreadable_name", "has the character {code}, which cannot be shown", {"code": f"U+{ord(character):04X}"}
            )
    return name


_NUMBER = BeforeValidator(_no_truth_value)


class Corridor(StrictNoun):
    """A strip along a line, `width_m` wide in all: a river, a road."""

    kind: Literal["corridor"] = "corridor"
    line: Annotated[tuple[GeoPoint, ...], Field(min_length=2)]
    width_m: Annotated[float, Field(gt=0, le=2000), _NUMBER]


class Area(StrictNoun):
    """A polygon to be covered; rings are not closed (the first point is not repeated)."""

    kind: Literal["area"] = "area"
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]
    holes: tuple[Annotated[tuple[GeoPoint, ...], Field(min_length=3)], ...] = ()


class Orbit(StrictNoun):
    """A circle flown round a point with the camera towards it: a chimney, a tower, a site."""

    kind: Literal["orbit"] = "orbit"
    center: GeoPoint
    radius_m: Annotated[float, Field(ge=5, le=1000), _NUMBER]


class WaypointList(StrictNoun):
    """Points flown in the order given."""

    kind: Literal["waypoints"] = "waypoints"
    points: Annotated[tuple[GeoPoint, ...], Field(min_length=1)]


RouteGeometry = Annotated[Corridor | Area | Orbit | WaypointList, Field(discriminator="kind")]


def anchor(geometry: Corridor | Area | Orbit | WaypointList) -> GeoPoint:
    """A place that stands for a geometry where only roughly where it lies counts: its first point, or a circle's centre."""
    match geometry:
        case Corridor():
            return geometry.line[0]
        case Area():
            return geometry.outline[0]
        case Orbit():
            return geometry.center
        case WaypointList():
            return geometry.points[0]


def drawn_points(geometry: Corridor | Area | Orbit | WaypointList) -> tuple[GeoPoint, ...]:
    """The points a geometry is drawn by, without an area's holes, which lie inside it."""
    match geometry:
        case Corridor():
            return geometry.line
        case Area():
            return geometry.outline
        case Orbit():
            return (geometry.center,)
        case WaypointList():
            return geometry.points


class Frequency(StrictNoun):
    """How often a route is flown: `times` in each `per`; `on_call` routes are flown when somebody asks."""

    times: Annotated[int, Field(ge=0, le=24), _NUMBER]
    per: Literal["day", "week", "month", "on_call"]

    @model_validator(mode="after")
    def _consistent(self) -> "Frequency":
        if (self.per == "on_call") != (self.times == 0):
            raise ValueError("times is 0 exactly where per is 'on_call'")
        return self


class CameraUse(StrictNoun):
    """How the camera is pointed and triggered along a route."""

    sensor: Literal["rgb", "thermal", "rgb+thermal"] = "rgb"
    pitch_deg: Annotated[float, Field(ge=-90, le=0), _NUMBER] = -90.0
    front_overlap: Annotated[float, Field(ge=0, lt=0.95), _NUMBER] = 0.7
    side_overlap: Annotated[float, Field(ge=0, lt=0.95), _NUMBER] = 0.3


class Route(StrictNoun):
    """One inspection route of the district. `categories` is empty where a file that it came from says none: it can be looked
    at then, but no catalogue and no ground station takes it.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    name: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_readable)]
    geometry: RouteGeometry
    categories: tuple[str, ...]
    frequency: Frequency
    height_m: Annotated[float, Field(gt=0, le=1000), _NUMBER]
    camera: CameraUse = CameraUse()
    speed_mps: Annotated[float, Field(gt=0, le=30), _NUMBER] = 8.0
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _validity(self) -> "Route":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self

    def is_valid_on(self, day: date) -> bool:
        """Whether the route may be flown on `day`."""
        return (self.valid_from is None or day >= self.valid_from) and (self.valid_until is None or day <= self.valid_until)
