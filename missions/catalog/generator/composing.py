"""From a shape and its categories to a route: how often, how high, how fast and with what camera follow from the categories."""

from dataclasses import dataclass
from math import atan2, degrees

from missions.catalog.generator.mix import BURNING_SEASON
from missions.district import Category, District
from missions.route import CameraUse, Frequency, Orbit, Route, RouteGeometry, WaypointList

_PER_WEEK = {"day": 7.0, "week": 1.0, "month": 12 / 52, "on_call": 0.0}

LOW_BELOW_M = 85.0
"""Routes lower than this look for small things and are flown slower."""


@dataclass(frozen=True)
class Draft:
    """A route before it has an id."""

    name: str
    geometry: RouteGeometry
    categories: tuple[str, ...]


def times_per_week(frequency: Frequency) -> float:
    """How many flights a week a frequency asks for."""
    return frequency.times * _PER_WEEK[frequency.per]


def compose(draft: Draft, route_id: str, district: District) -> Route:
    """The route: as often as its most frequent category asks, as low as its lowest, with every sensor they need."""
    served = [district.category(key) for key in draft.categories]
    height_m = min(category.height_m for category in served)
    in_season = draft.categories == ("open_burning",)
    return Route(
        id=route_id,
        name=draft.name,
        geometry=draft.geometry,
        categories=draft.categories,
        frequency=max((c.frequency for c in served), key=times_per_week),
        height_m=height_m,
        camera=_camera(draft.geometry, served, height_m),
        speed_mps=_speed_mps(draft.geometry, height_m),
        valid_from=BURNING_SEASON[0] if in_season else None,
        valid_until=BURNING_SEASON[1] if in_season else None,
    )


def _camera(geometry: RouteGeometry, served: list[Category], height_m: float) -> CameraUse:
    """The first category's camera, with thermal where any wants it; an orbit looks at its centre."""
    first = served[0].camera
    thermal = any("thermal" in category.camera.sensor for category in served)
    pitch_deg = first.pitch_deg
    if isinstance(geometry, Orbit):
        pitch_deg = float(-round(degrees(atan2(height_m, geometry.radius_m))))
    return CameraUse(
        sensor="rgb+thermal" if thermal else "rgb",
        pitch_deg=pitch_deg,
        front_overlap=max(category.camera.front_overlap for category in served),
        side_overlap=max(category.camera.side_overlap for category in served),
    )


def _speed_mps(geometry: RouteGeometry, height_m: float) -> float:
    if isinstance(geometry, Orbit):
        return 5.0
    return 8.0 if height_m < LOW_BELOW_M or isinstance(geometry, WaypointList) else 10.0
