"""Marked points of known places are read from CSV and GeoJSON; a slip is named with file, point and key."""

from pathlib import Path

import pytest

from edge_agent.material.points import KnownPoint, read_points
from missions.errors import InvalidInput

ONE = KnownPoint(photo="a.jpg", u=10.5, v=20, lat=31.5, lon=119.9, alt_m=4.0)
FEATURE = (
    '{"properties": {"photo": "a.jpg", "u": 10.5, "v": 20}, "geometry": {"type": "Point", "coordinates": [119.9, 31.5, 4.0]}}'
)


def written(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "photo,u,v,lat,lon,alt_m\na.jpg,10.5,20,31.5,119.9,4.0\n",
        "\ufeffphoto,u,v,lat,lon,alt_m\r\na.jpg,10.5,20,31.5,119.9,4.0\r\n",
        f'{{"type": "FeatureCollection", "features": [{FEATURE}]}}',
    ],
)
def test_points_are_read(tmp_path: Path, text: str) -> None:
    """From CSV, CSV as spreadsheets write it (byte order mark, CR LF), and GeoJSON with longitude first."""
    assert read_points(written(tmp_path, text)) == [ONE]


@pytest.mark.parametrize("text", ["photo,u,v,lat,lon\na.jpg,1,2,31,119\n", "photo,u,v,lat,lon,alt_m\na.jpg,1,2,31,119,\n"])
def test_an_altitude_may_be_missing(tmp_path: Path, text: str) -> None:
    """The column, or its value."""
    assert read_points(written(tmp_path, text))[0].alt_m is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("photo,u,v,lat,lon\na.jpg,1,2,31,119\na.jpg,1,2,95,119\n", "point 2: lat"),
        ("photo,u,v,lat,lon\na.jpg,left,2,31,119\n", "point 1: u"),
        ("photo,u,v\na.jpg,1,2\n", "point 1: lat"),
        ('{"features": 3}', "no GeoJSON of points"),
        ('{"features": [{"properties": {}, "geometry": null}]}', "no GeoJSON of points"),
        ("{", "no GeoJSON of points"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, told: str) -> None:
    """With the file, the point and the key."""
    with pytest.raises(InvalidInput) as caught:
        read_points(written(tmp_path, text))
    assert told in str(caught.value)
    assert "points.csv" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """As one that cannot be read."""
    with pytest.raises(InvalidInput, match=r"nowhere\.csv: cannot be read"):
        read_points(tmp_path / "nowhere.csv")
