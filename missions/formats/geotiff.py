"""Elevation from a GeoTIFF: one band of metres on a regular grid, in any coordinate system that PROJ knows by its EPSG code."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from tifffile import TiffFile, TiffFileError, TiffPage

from missions.errors import FormatError
from missions.geometry import Array

MAX_BYTES = 512 * 1024 * 1024
MAX_CELLS = 100_000_000
"""10,000 x 10,000: a prefecture at 15 m."""

NODATA_TAG = 42113
"""GDAL_NODATA: the value of cells without a height."""

USER_DEFINED = 32767
PIXEL_IS_POINT = 2
METRE = 9001
WGS84_GEOGRAPHIC = "EPSG:4326"
HEIGHTS_M = (-500.0, 9000.0)
"""What lies outside is no ground in metres."""


@dataclass(frozen=True, slots=True)
class RasterGround:
    """Heights between the centres of cells, bilinearly; NaN outside of them and next to cells without a height."""

    name: str
    heights_m: Array
    to_cell: Array
    """(2, 3) from x and y of the raster's system to column and row of cell centres."""

    transformer: Transformer

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        """Metres above the raster's own zero; NaN where it knows nothing."""
        x, y = self.transformer.transform(lon_deg, lat_deg)
        column, row = self.to_cell @ np.vstack([x, y, np.ones_like(x)])
        rows, columns = self.heights_m.shape
        inside = (column >= 0) & (row >= 0) & (column <= columns - 1) & (row <= rows - 1)
        left = np.clip(np.where(inside, column, 0).astype(int), 0, columns - 2)
        top = np.clip(np.where(inside, row, 0).astype(int), 0, rows - 2)
        right_share, down_share = column - left, row - top
        upper = self.heights_m[top, left] * (1 - right_share) + self.heights_m[top, left + 1] * right_share
        lower = self.heights_m[top + 1, left] * (1 - right_share) + self.heights_m[top + 1, left + 1] * right_share
        return np.where(inside, upper * (1 - down_share) + lower * down_share, np.nan)


def read_elevation(path: Path) -> RasterGround:
    """The ground of a file; plans name it by its file name. Raises FormatError naming the file and what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(str(path), "", f"cannot be read: {error.strerror or error}") from error
    return read_geotiff(data, path.name)


def read_geotiff(data: bytes, source: str) -> RasterGround:
    """Raises FormatError naming `source`, what is wrong with it, and what would be right."""
    if len(data) > MAX_BYTES:
        raise FormatError(
            source, "", f"has {len(data) // 2**20} MiB; at most {MAX_BYTES // 2**20} are read: cut the district out"
        )
    try:
        with TiffFile(BytesIO(data)) as tiff:
            page = tiff.pages[0]
            if not isinstance(page, TiffPage):
                raise FormatError(source, "page 1", "is no complete page")
            tags = page.geotiff_tags or {}
            transform, crs = _transform(tags, source), _crs(tags, source)
            heights_m = _heights_m(page, source)
    except TiffFileError as error:
        raise FormatError(source, "", f"is no TIFF: {error}") from error
    transformer = Transformer.from_crs(WGS84_GEOGRAPHIC, crs, always_xy=True)
    to_cell: Array = np.asarray(np.linalg.inv(transform)[:2], dtype=np.float64)
    return RasterGround(source, heights_m, to_cell, transformer)


def _heights_m(page: TiffPage, source: str) -> Array:
    if page.samplesperpixel != 1 or len(page.shape) != 2:
        raise FormatError(source, "bands", f"has the shape {page.shape}; one band of heights is wanted")
    if page.size > MAX_CELLS or min(page.shape) < 2:
        raise FormatError(source, "size", f"has {page.shape[1]} x {page.shape[0]} cells; 2 x 2 to {MAX_CELLS:,} are read")
    try:
        heights_m = page.asarray().astype(np.float64)
    except (ValueError, KeyError, RuntimeError) as error:
        cause = f"cannot be unpacked ({error}); `gdal_translate -co COMPRESS=DEFLATE` makes one that can"
        raise FormatError(source, "compression", cause) from error
    if NODATA_TAG in page.tags:
        heights_m[heights_m == float(page.nodata)] = np.nan
    outside = heights_m[(heights_m < HEIGHTS_M[0]) | (heights_m > HEIGHTS_M[1])]
    if outside.size:
        cause = f"has the height {outside.flat[0]:g}, which is none; name the value of cells without one (GDAL_NODATA)"
        raise FormatError(source, "heights", cause)
    return heights_m


def _transform(tags: Mapping[str, Any], source: str) -> Array:
    """(3, 3) from column and row of cell centres to x and y."""
    if "ModelTransformation" in tags:
        matrix = np.array(tags["ModelTransformation"], dtype=np.float64).reshape(4, 4)[np.ix_([0, 1, 3], [0, 1, 3])]
    elif "ModelPixelScale" in tags and "ModelTiepoint" in tags:
        (x_scale, y_scale, *_), (column, row, _, x, y, *_) = tags["ModelPixelScale"], tags["ModelTiepoint"]
        matrix = np.array([[x_scale, 0, x - column * x_scale], [0, -y_scale, y + row * y_scale], [0, 0, 1]])
    else:
        raise FormatError(
            source, "place", "does not say where it lies (ModelTiepoint and ModelPixelScale): a GeoTIFF is wanted"
        )
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-18:
        raise FormatError(source, "place", "says that its cells have no size")
    half = 0.0 if int(tags.get("GTRasterTypeGeoKey", 1)) == PIXEL_IS_POINT else 0.5
    return np.asarray(matrix @ np.array([[1, 0, half], [0, 1, half], [0, 0, 1]]), dtype=np.float64)


def _crs(tags: Mapping[str, Any], source: str) -> CRS:
    unit = int(tags.get("VerticalUnitsGeoKey", METRE))
    if unit != METRE:
        raise FormatError(source, "vertical unit", f"has heights in the unit EPSG:{unit}; metres (EPSG:{METRE}) are wanted")
    code = int(tags.get("ProjectedCSTypeGeoKey", tags.get("GeographicTypeGeoKey", 0)))
    if code in (0, USER_DEFINED):
        cause = "names no coordinate system by its EPSG code; `gdalwarp -t_srs EPSG:4326` makes one that does"
        raise FormatError(source, "coordinate system", cause)
    try:
        return CRS.from_epsg(code)
    except CRSError as error:
        raise FormatError(source, "coordinate system", f"names EPSG:{code}, which is not known") from error
