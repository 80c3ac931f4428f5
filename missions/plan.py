"""A plan: everything an aircraft needs for one flight. It is copied at dispatch; nothing is looked up in the air."""

from typing import Annotated

from pydantic import Field

from missions.aircraft import Camera
from missions.geometry import GeoPoint
from missions.noun import Instant, Noun


class Waypoint(Noun):
    """A point to fly through, `height_m` over the take-off point. `heading_deg` of None: nose along the path."""

    point: GeoPoint
    height_m: float
    speed_mps: float
    heading_deg: float | None = None
    hold_s: float = 0.0
    acceptance_radius_m: float = 3.0


class Leg(Noun):
    """One route within a flight: its waypoints and how the camera looks along them."""

    route_id: str
    route_name: str
    categories: tuple[str, ...]
    waypoints: Annotated[tuple[Waypoint, ...], Field(min_length=1)]
    camera_pitch_deg: float = -90.0
    trigger_distance_m: Annotated[float, Field(gt=0)] = 20.0
    approach: Annotated[
        tuple[GeoPoint, ...], Field(description="corners on the way to the leg, flown at the transit height")
    ] = ()


class Estimate(Noun):
    """What a flight will take from take-off to landing, in the wind it was planned for."""

    distance_m: float
    duration_s: float
    energy_wh: float
    battery_share: Annotated[float, Field(description="energy over the battery's capacity")]
    wind_mps: float = 0.0
    wind_from_deg: Annotated[float | None, Field(description="None: unknown, taken as ahead on every way")] = None


class Plan(Noun):
    """One flight: take-off, legs, return; with the limits that hold in the air without us."""

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
    way_home: Annotated[tuple[GeoPoint, ...], Field(description="corners on the way home, flown at the transit height")] = ()
    geofence: Annotated[tuple[GeoPoint, ...], Field(min_length=3, description="inclusion polygon")]
    max_height_m: float = 120.0
    camera: Camera
    classes: Annotated[dict[str, str], Field(description="detector class -> category, for what this flight reports")]
    estimate: Estimate
    created_at: Instant

    @property
    def route_ids(self) -> tuple[str, ...]:
        """The routes this flight serves, in order."""
        return tuple(leg.route_id for leg in self.legs)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories this flight serves, sorted."""
        return tuple(sorted({category for leg in self.legs for category in leg.categories}))
