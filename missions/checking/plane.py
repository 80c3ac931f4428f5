"""The checker's own plane: azimuthal equidistant on WGS-84, by PROJ. Distances are under 1 cm off in a district."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Proj
from shapely import Polygon, make_valid
from shapely.geometry.base import BaseGeometry

from missions.geometry import GeoPoint

Array = NDArray[np.float64]

FAR_M = 2.0e7
"""Half round the earth: where PROJ puts a point nowhere (the antipode), it lies here."""


class Plane:
    """East and north of the middle of an outline, in metres."""

    def __init__(self, outline: Sequence[GeoPoint]) -> None:
        lat_deg = sum(point.lat_deg for point in outline) / len(outline)
        lon_deg = sum(point.lon_deg for point in outline) / len(outline)
        self._project = Proj(proj="aeqd", ellps="WGS84", lat_0=lat_deg, lon_0=lon_deg)

    def to_xy(self, points: Iterable[GeoPoint]) -> Array:
        """(n, 2) array of east and north; always finite."""
        places = np.array([(point.lon_deg, point.lat_deg) for point in points], dtype=np.float64).reshape(-1, 2)
        east_m, north_m = self._project(places[:, 0].copy(), places[:, 1].copy())
        plane = np.column_stack([east_m, north_m])
        return np.asarray(np.nan_to_num(plane, nan=FAR_M, posinf=FAR_M, neginf=-FAR_M), dtype=np.float64)

    def to_lat_lon(self, xy_m: Array) -> tuple[Array, Array]:
        """Degrees of latitude and longitude of (n, 2) places."""
        lon_deg, lat_deg = self._project(xy_m[:, 0].copy(), xy_m[:, 1].copy(), inverse=True)
        return np.asarray(lat_deg), np.asarray(lon_deg)

    def polygon(self, outline: Iterable[GeoPoint], holes: Iterable[Iterable[GeoPoint]] = ()) -> BaseGeometry:
        """The outline's inside without its holes; one that crosses itself is repaired, a flat one is empty."""
        polygon = Polygon(self.to_xy(outline), [self.to_xy(hole) for hole in holes])
        return make_valid(polygon, method="structure", keep_collapsed=False)
