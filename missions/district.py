"""A district as data: who wants what looked at, where, and what there is to fly. `missions.catalog` loads it from files."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from missions.aircraft import AircraftType, Drone
from missions.airspace import Airspace
from missions.calendar import Season, TimeWindow
from missions.errors import NotFound
from missions.geometry import GeoPoint
from missions.noun import StrictNoun
from missions.operations import Operations
from missions.route import CameraUse, Frequency, Route

N = TypeVar("N", bound=StrictNoun)
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Department(StrictNoun):
    """One of the departments that ask for inspections and receive work orders."""

    id: Key
    name_zh: str
    name_en: str


class TimeLimit(StrictNoun):
    """The time to resolve a matter. h: working hours; d: working days; u: hours round the clock."""

    amount: Annotated[float, Field(ge=0)]
    unit: Literal["h", "d", "u"]


class DetectorClass(StrictNoun):
    """One thing the detector knows. `review_below`: findings less confident than this wait for a person."""

    key: Key
    name_zh: str
    name_en: str
    extent_m: Annotated[float, Field(gt=0, description="usual size; sightings closer than this are one matter")]
    review_below: Annotated[float, Field(ge=0, le=1)] = 0.35
    time_limit: TimeLimit | None = None


class Category(StrictNoun):
    """One of the inspection categories (大类), with the defaults of its routes.

    `windows` are the times of day its looks are worth something (none: any time), `season` the part of the year.
    """

    key: Key
    name_zh: str
    name_en: str
    department_id: Key
    color: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="on the map")]
    frequency: Frequency
    height_m: Annotated[float, Field(gt=0, le=120)]
    camera: CameraUse
    time_limit: TimeLimit
    priority: Annotated[int, Field(ge=1, le=5, description="of its standing demands; 5 is the most pressing")] = 3
    windows: tuple[TimeWindow, ...] = ()
    season: Season | None = None
    shows_people: Annotated[bool, Field(description="its evidence is of people or vehicles, for those who may see them")] = (
        False
    )
    classes: Annotated[tuple[DetectorClass, ...], Field(min_length=1)]

    def limit_for(self, class_key: str) -> TimeLimit:
        """The limit of a class: its own, else the category's."""
        own = next((c.time_limit for c in self.classes if c.key == class_key), None)
        return own or self.time_limit


class SubDistrict(StrictNoun):
    """A sub-district (板块, 镇街): jurisdiction of a work order. `code` is the street part of the grid code, 9 digits."""

    id: Key
    code: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    name_zh: str
    name_en: str
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]


class Dock(StrictNoun):
    """A place aircraft live at; others may land there where it has more places than aircraft at home in it.

    `ground_altitude_m` is above mean sea level.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: str
    point: GeoPoint
    ground_altitude_m: float = 0.0
    capacity: Annotated[int, Field(ge=1)] = 1
    type_ids: Annotated[tuple[str, ...], Field(description="aircraft types it holds and charges; none named: every type")] = ()
    swap_s: Annotated[
        float | None, Field(gt=0, description="it swaps batteries for full ones, which takes so long; none: it charges them")
    ] = None

    def takes(self, type_id: str) -> bool:
        """Whether aircraft of a type may land in it."""
        return not self.type_ids or type_id in self.type_ids


class District(StrictNoun):
    """The whole catalogue of one district, consistent in itself (checked by `missions.catalog.load`)."""

    id: Key
    name_zh: str
    name_en: str
    note: str
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]
    airspace: Airspace
    departments: tuple[Department, ...]
    categories: tuple[Category, ...]
    sub_districts: tuple[SubDistrict, ...]
    aircraft_types: tuple[AircraftType, ...]
    docks: tuple[Dock, ...]
    drones: tuple[Drone, ...]
    routes: tuple[Route, ...]
    operations: Operations = Operations()

    @cached_property
    def category_of_class(self) -> dict[str, Category]:
        """Detector class key -> its category. Every class belongs to exactly one."""
        return {c.key: category for category in self.categories for c in category.classes}

    @cached_property
    def detector_classes(self) -> dict[str, DetectorClass]:
        """Detector class key -> class, in catalogue order."""
        return {c.key: c for category in self.categories for c in category.classes}

    def category(self, key: str) -> Category:
        """Raises NotFound."""
        return _find(self.categories, "key", key, "category")

    def department(self, id: str) -> Department:
        """Raises NotFound."""
        return _find(self.departments, "id", id, "department")

    def route(self, id: str) -> Route:
        """Raises NotFound."""
        return _find(self.routes, "id", id, "route")

    def dock(self, id: str) -> Dock:
        """Raises NotFound."""
        return _find(self.docks, "id", id, "dock")

    def drone(self, id: str) -> Drone:
        """Raises NotFound."""
        return _find(self.drones, "id", id, "drone")

    def aircraft_type(self, id: str) -> AircraftType:
        """Raises NotFound."""
        return _find(self.aircraft_types, "id", id, "aircraft type")


def _find(among: Sequence[N], attribute: str, value: str, what: str) -> N:
    for one in among:
        if getattr(one, attribute) == value:
            return one
    raise NotFound(f"there is no {what} '{value}'")
