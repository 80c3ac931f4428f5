"""The ground under a district: how high it lies, where that is known."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from shapely import MultiPoint, Polygon, contains_xy

from missions.district import District
from missions.errors import InvalidInput
from missions.geometry import Array, GeoPoint, LocalFrame
from missions.plan import FLAT

LOOK_M = 100.0
"""How closely it is looked whether a ground knows all of a district."""


class Ground(Protocol):
    """Heights of the ground; `name` is what plans made with it say."""

    @property
    def name(self) -> str:
        """Of its source, for people."""

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        """Metres above the source's own zero at n places; NaN where it knows nothing."""


def terrain_of(ground: Ground | None) -> str:
    """What plans over it say."""
    return FLAT if ground is None else ground.name


def altitude_at(ground: Ground, point: GeoPoint) -> float:
    """At one place; NaN where it is not known."""
    return float(ground.altitudes_m(np.array([point.lat_deg]), np.array([point.lon_deg]))[0])


def on_ground(district: District, ground: Ground | None) -> District:
    """The district with its docks at the altitudes of `ground`, which has to know all of the permitted area: raises
    InvalidInput naming a place that it does not know. Only differences of altitude count, so that any zero will do.
    """
    if ground is None:
        return district
    unknown = _unknown(ground, district.airspace.permitted, [dock.point for dock in district.docks])
    if unknown is not None:
        where = f"{unknown.lat_deg:.5f}, {unknown.lon_deg:.5f}"
        cause = f"knows no ground at {where}, in the permitted area of '{district.id}'; it has to cover all of it without gaps"
        raise InvalidInput(ground.name, "terrain", cause)
    docks = [dock.model_copy(update={"ground_altitude_m": altitude_at(ground, dock.point)}) for dock in district.docks]
    return district.model_copy(update={"docks": tuple(docks)})


def _unknown(ground: Ground, outline: Sequence[GeoPoint], besides: Sequence[GeoPoint]) -> GeoPoint | None:
    frame = LocalFrame(outline[0])
    corners = frame.to_xy_many(outline)
    west, south, east, north = MultiPoint(corners).bounds
    grid = np.stack(np.meshgrid(np.arange(west, east, LOOK_M), np.arange(south, north, LOOK_M)), axis=-1).reshape(-1, 2)
    inside = grid[contains_xy(Polygon(corners), grid[:, 0], grid[:, 1])]
    lat_deg, lon_deg = frame.to_lat_lon(np.concatenate([inside, frame.to_xy_many([*outline, *besides])]))
    unknown = np.flatnonzero(np.isnan(ground.altitudes_m(lat_deg, lon_deg)))
    return GeoPoint(lat_deg=lat_deg[unknown[0]], lon_deg=lon_deg[unknown[0]]) if len(unknown) else None
