"""Made-up ground: formulae in the plane round a place, and GeoTIFFs written from arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import tifffile

from missions.geometry import Array, GeoPoint, LocalFrame

PIXEL_SCALE, TIE_POINT, KEYS, NODATA = 33550, 33922, 34735, 42113


@dataclass(frozen=True)
class MadeGround:
    """Altitudes by a formula of metres east and north of `origin`."""

    origin: GeoPoint
    formula: Callable[[Array, Array], Array]
    name: str = "made up"

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        """By the formula."""
        points = [GeoPoint(lat_deg=lat, lon_deg=lon) for lat, lon in zip(lat_deg, lon_deg, strict=True)]
        east_m, north_m = LocalFrame(self.origin).to_xy_many(points).T
        return self.formula(east_m, north_m)


def tilted(east: float, north: float, at_origin_m: float = 0.0) -> Callable[[Array, Array], Array]:
    """A plane that rises by so much a metre east and north."""
    return lambda x, y: at_origin_m + east * x + north * y


def hill(x_m: float, y_m: float, height_m: float, width_m: float) -> Callable[[Array, Array], Array]:
    """A round hill: half as high `width_m` from its top."""
    return lambda x, y: height_m * 0.5 ** (((x - x_m) ** 2 + (y - y_m) ** 2) / width_m**2)


def geotiff(
    heights: Array,
    west: float,
    north: float,
    cell: float,
    *,
    epsg: int = 4326,
    nodata: float | None = None,
    keys: dict[int, int] | None = None,
    **options: Any,
) -> bytes:
    """A GeoTIFF with its upper left corner at (west, north); `keys` are GeoKeys besides model, raster type and code."""
    is_geographic = 4000 <= epsg < 5000
    all_keys = {1024: 2 if is_geographic else 1, 1025: 1, 2048 if is_geographic else 3072: epsg} | (keys or {})
    directory = [1, 1, 0, len(all_keys), *(number for key in sorted(all_keys) for number in (key, 0, 1, all_keys[key]))]
    tags: list[tuple[Any, ...]] = [
        (PIXEL_SCALE, "d", 3, (cell, cell, 0), True),
        (TIE_POINT, "d", 6, (0, 0, 0, west, north, 0), True),
        (KEYS, "H", len(directory), directory, True),
    ]
    if nodata is not None:
        tags.append((NODATA, "s", 0, str(nodata), True))
    file = BytesIO()
    tifffile.imwrite(file, heights, extratags=tags, **options)
    return file.getvalue()
