"""Closures from a GeoJSON file."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ground_station.scheduling.closures_file import read_closures
from missions.errors import CatalogError

DAY = date(2026, 11, 24)
RING = [[119.90, 31.76], [119.91, 31.76], [119.91, 31.77], [119.90, 31.76]]


def written(folder: Path, rings: list[object] | None = None, kind: str = "Polygon", **properties: str) -> Path:
    """A file with one closure, a triangle from 09:00 to 10:00 in the district's time unless told otherwise."""
    told = {"id": "parade", "begins_at": "09:00", "ends_at": "10:00"} | properties
    feature = {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": rings or [RING]}}
    file = folder / "closures.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return file


def test_hours_are_those_of_the_day(tmp_path: Path) -> None:
    """09:00 in the district is 01:00 UTC; a moment with its zone is what it says. The ring's last point is dropped."""
    (one,) = read_closures(written(tmp_path, ends_at="2026-11-24T03:00Z"), DAY)
    assert (one.id, len(one.outline)) == ("parade", 3)
    assert one.span.begins_at == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert one.span.ends_at == datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"begins_at": "nine"}, r"begins_at: expected a time of day \(HH:MM\)"),
        ({"begins_at": "2026-11-24T09:00"}, "a moment with its zone"),
        ({"ends_at": "08:00"}, "not after it begins"),
        ({"wind": "3"}, "is not a known key; known: id"),
        ({"kind": "Point"}, "expected a Polygon"),
        ({"rings": [RING, RING]}, "has no holes"),
        ({"rings": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "no simple polygon"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    """The feature, the key and what would be right."""
    with pytest.raises(CatalogError, match=rf"feature 1 \(closure parade\).*{words}"):
        read_closures(written(tmp_path, **changes), DAY)  # type: ignore[arg-type]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(CatalogError, match=r"none\.geojson"):
        read_closures(tmp_path / "none.geojson", DAY)
