"""Elevation models from GeoTIFFs made here."""

import numpy as np
import pytest
from pyproj import Transformer

from missions.errors import FormatError
from missions.formats.geotiff import read_geotiff
from tests.missions.made_ground import geotiff

STEPS = np.arange(12, dtype=np.float32).reshape(3, 4)
"""Rows of 0-3, 4-7 and 8-11 m."""


def at(data: bytes, lat: float, lon: float) -> float:
    """The altitude at one place."""
    return float(read_geotiff(data, "dem.tif").altitudes_m(np.array([lat]), np.array([lon]))[0])


def test_heights_belong_to_the_middles_of_cells() -> None:
    """The first cell's middle lies half a cell in; between four middles it is their mean."""
    data = geotiff(STEPS, 119.8, 31.9, 0.01)
    assert at(data, 31.895, 119.805) == pytest.approx(0)
    assert at(data, 31.885, 119.825) == pytest.approx(6)
    assert at(data, 31.890, 119.810) == pytest.approx((0 + 1 + 4 + 5) / 4)


def test_points_lie_where_they_are_said_to() -> None:
    """In a raster of points (GTRasterType 2) the tie point is the first height's own place."""
    assert at(geotiff(STEPS, 119.8, 31.9, 0.01, keys={1025: 2}), 31.9, 119.8) == pytest.approx(0)


def test_other_coordinate_systems_are_turned() -> None:
    """In UTM zone 50 north (EPSG:32650), metres: the middle of the cell in row 1, column 2."""
    east, north = Transformer.from_crs(4326, 32650, always_xy=True).transform(119.9, 31.8)
    data = geotiff(STEPS, east - 250, north + 150, 100, epsg=32650)
    assert at(data, 31.8, 119.9) == pytest.approx(6, abs=1e-6)


@pytest.mark.parametrize(("lat", "lon"), [(31.8951, 119.81), (31.89, 119.80499), (31.874, 119.81), (31.89, 119.8351), (0, 0)])
def test_outside_nothing_is_known(lat: float, lon: float) -> None:
    """Beyond the outermost middles."""
    assert np.isnan(at(geotiff(STEPS, 119.8, 31.9, 0.01), lat, lon))


def test_next_to_a_gap_nothing_is_known() -> None:
    """A cell without a height is no height, nor is anything reckoned from it."""
    holed = STEPS.copy()
    holed[1, 1] = -9999
    data = geotiff(holed, 119.8, 31.9, 0.01, nodata=-9999)
    assert np.isnan(at(data, 31.889, 119.811))
    assert at(data, 31.889, 119.832) == pytest.approx(2.7 + 0.6 * 4, abs=0.01)


@pytest.mark.parametrize("options", [{"compression": "zlib"}, {"tile": (16, 16)}, {"byteorder": ">"}, {"bigtiff": True}])
def test_ways_of_storing(options: dict[str, object]) -> None:
    """Packed, in tiles, big-endian or large: the same heights."""
    assert at(geotiff(STEPS, 119.8, 31.9, 0.01, **options), 31.885, 119.825) == pytest.approx(6)


def test_whole_metres_are_heights_too() -> None:
    """16-bit integers, as SRTM has them."""
    assert at(geotiff(STEPS.astype(np.int16), 119.8, 31.9, 0.01), 31.885, 119.825) == pytest.approx(6)


@pytest.mark.parametrize(
    ("data", "where", "cause"),
    [
        (b"no tiff at all", "", "is no TIFF"),
        (geotiff(STEPS, 119.8, 31.9, 0.01)[:200], "", ""),
        (geotiff(np.zeros((3, 4, 3), np.uint8), 119.8, 31.9, 0.01), "bands", "one band"),
        (geotiff(np.zeros((1, 4), np.float32), 119.8, 31.9, 0.01), "size", "4 x 1 cells"),
        (geotiff(STEPS, 119.8, 31.9, 0.0), "place", "no size"),
        (geotiff(STEPS, 119.8, 31.9, 0.01, epsg=32767), "coordinate system", "gdalwarp -t_srs"),
        (geotiff(STEPS, 119.8, 31.9, 0.01, epsg=19999), "coordinate system", "EPSG:19999"),
        (geotiff(STEPS, 119.8, 31.9, 0.01, keys={4099: 9002}), "vertical unit", "EPSG:9002"),
        (geotiff(STEPS - 32768, 119.8, 31.9, 0.01), "heights", "-32768"),
    ],
    ids=["no tiff", "cut off", "colours", "one row", "no size", "own system", "no system", "feet", "unnamed gap"],
)
def test_what_cannot_be_read_is_told(data: bytes, where: str, cause: str) -> None:
    """By file, place and what would be right."""
    with pytest.raises(FormatError) as refused:
        read_geotiff(data, "dem.tif")
    assert refused.value.source == "dem.tif"
    assert refused.value.where == where
    assert cause in refused.value.cause


def test_a_picture_that_lies_nowhere_is_refused() -> None:
    """A TIFF without GeoTIFF's tags."""
    from io import BytesIO

    import tifffile

    file = BytesIO()
    tifffile.imwrite(file, STEPS)
    with pytest.raises(FormatError, match="a GeoTIFF is wanted"):
        read_geotiff(file.getvalue(), "dem.tif")
