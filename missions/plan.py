"""A plan: everything an aircraft needs for one flight. It is copied at dispatch; nothing is looked up in the air."""

from typing import Annotated, Self

from pydantic import Field

from missions.aircraft import Camera
from missions.airspace import Outline
from missions.geometry import GeoPoint
from missions.noun import Instant, Noun

FLAT = "flat"
"""The terrain of a plan that was made without knowing the ground."""


class Waypoint(Noun):
    """A point to fly through, `height_m` over the take-off point. `heading_deg` of None: nose along the path."""

    point: GeoPoint
    height_m: float
    speed_mps: float
    heading_deg: float | None = None
    hold_s: float = 0.0
    acceptance_radius_m: float = 3.0


class Corner(GeoPoint):
    """A point on a way. Over known ground it has its own height over the take-off point, and may be flown to slower."""

    height_m: Annotated[float | None, Field(description="None: the plan's transit height")] = None
    speed_mps: Annotated[float | None, Field(description="None: the plan's cruise")] = None

    @classmethod
    def at(cls, point: GeoPoint) -> Self:
        """A corner at the transit height."""
        return cls(lat_deg=point.lat_deg, lon_deg=point.lon_deg)


class Leg(Noun):
    """One route within a flight: its waypoints and how the camera looks along them."""

    route_id: str
    route_name: str
    categories: tuple[str, ...]
    waypoints: Annotated[tuple[Waypoint, ...], Field(min_length=1)]
    camera_pitch_deg: float = -90.0
    trigger_distance_m: Annotated[float, Field(gt=0)] = 20.0
    approach: Annotated[
        tuple[Corner, ...], Field(description="corners on the way to the leg; over known ground also the point it begins above")
    ] = ()


class Estimate(Noun):
    """What a flight will take from take-off to landing, in the wind it was planned for."""

    distance_m: float
    duration_s: float
    energy_wh: float
    battery_share: Annotated[float, Field(description="energy over the battery's capacity")]
    wind_mps: float = 0.0
    wind_from_deg: Annotated[float | None, Field(description="None: unknown, taken as ahead on every way")] = None
    terrain: Annotated[str, Field(description="'flat': heights count from the take-off point; else the ground followed")] = FLAT


class Landing(Noun):
    """Another dock than the flight took off from. `height_m` is that of its ground over the take-off point."""

    dock_id: str
    point: GeoPoint
    height_m: float = 0.0


class Plan(Noun):
    """One flight: take-off, legs, return; with the limits that hold in the air without us.

    It takes off from `home`, and a return that the autopilot starts by itself leads there, wherever the flight is to land.
    """

    id: str
    district_id: str
    drone_id: str
    aircraft_type_id: str
    dock_id: str
    home: GeoPoint
    home_altitude_m: Annotated[float, Field(description="ground at the take-off point, above mean sea level")] = 0.0
    legs: Annotated[tuple[Leg, ...], Field(min_length=1)]
    cruise_mps: float
    transit_height_m: Annotated[float, Field(description="height of the ways to, between and from the legs")]
    return_height_m: float
    way_home: Annotated[
        tuple[Corner, ...],
        Field(description="corners on the way home, or to the landing; over known ground as far as above it"),
    ] = ()
    landing: Annotated[Landing | None, Field(description="where it ends; None: at home, by a return")] = None
    geofence: Annotated[tuple[GeoPoint, ...], Field(min_length=3, description="inclusion polygon")]
    max_height_m: Annotated[float, Field(description="the fence's ceiling, over the take-off point")] = 120.0
    camera: Camera
    classes: Annotated[dict[str, str], Field(description="detector class -> category, for what this flight reports")]
    people_classes: Annotated[
        tuple[str, ...],
        Field(description="of those classes the ones whose evidence may show people: their category asks for it"),
    ] = ()
    private_zones: Annotated[
        tuple[Outline, ...],
        Field(description="ground near the flight that is not looked at: frames that show any are passed over"),
    ] = ()
    estimate: Estimate
    created_at: Instant

    @property
    def lands_in(self) -> str:
        """The dock that it ends in."""
        return self.landing.dock_id if self.landing else self.dock_id

    @property
    def route_ids(self) -> tuple[str, ...]:
        """The routes this flight serves, in order."""
        return tuple(leg.route_id for leg in self.legs)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories this flight serves, sorted."""
        return tuple(sorted({category for leg in self.legs for category in leg.categories}))
