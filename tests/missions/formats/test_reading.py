"""Choosing the format, and surviving what is none."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.errors import FormatError
from missions.formats.bounded import MAX_BYTES
from missions.formats.draft import RouteDefaults
from missions.formats.reading import READERS, import_routes, read_routes

POINT = json.dumps({"type": "Point", "coordinates": [119.9, 31.78]}).encode()
KML = b"<kml><Placemark><Point><coordinates>119.9,31.78</coordinates></Point></Placemark></kml>"
DEFAULTS = RouteDefaults(categories=("sanitation",))


def test_by_suffix_and_by_content(
    tmp_path: Path, make_plan: Callable[..., bytes], make_waypoint: Callable[..., object]
) -> None:
    """A file is known by its suffix, or by what is in it where the suffix says nothing."""
    plan = make_plan(make_waypoint(31.78, 119.9, 50))
    for name, content in (
        ("a.geojson", POINT),
        ("b.json", POINT),
        ("c.KML", KML),
        ("d.xml", KML),
        ("e.plan", plan),
        ("f", plan),
    ):
        (tmp_path / name).write_bytes(content)
        assert len(read_routes(tmp_path / name, DEFAULTS)) == 1
        assert len(read_routes(content, DEFAULTS, name=name)) == 1
    assert read_routes(b"\xef\xbb\xbf" + POINT, DEFAULTS)[0].id == "upload"


def test_chinese_file_names_give_stable_ids() -> None:
    """A name without Latin letters still gives an id that is the same each time, and is the route's name."""
    first, second = (read_routes(POINT, DEFAULTS, name="运河.geojson")[0] for _ in range(2))
    assert first.id == second.id
    assert first.id != read_routes(POINT, DEFAULTS, name="公园.geojson")[0].id
    assert first.name == "运河"


def test_path_in_an_uploads_name_is_dropped() -> None:
    """An upload's name is only its last part."""
    with pytest.raises(FormatError, match=r"^passwd: "):
        read_routes(b"root:x:0:0", DEFAULTS, name="../../etc/passwd")


def test_a_file_may_name_no_category() -> None:
    """Its routes can be looked at; who takes them asks for a category."""
    (route,) = read_routes(POINT, RouteDefaults(), name="a.geojson")
    assert route.categories == ()


@pytest.mark.parametrize("content", [b"", b"  \n", b"x" * (MAX_BYTES + 1), b"hello", b"\x00\x01"])
def test_empty_huge_and_foreign_files(content: bytes) -> None:
    """What is no route file is refused by name."""
    with pytest.raises(FormatError, match=r"^file"):
        import_routes(content, DEFAULTS, name="file")


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(FormatError, match=r"gone\.kml: cannot be read"):
        read_routes(tmp_path / "gone.kml", DEFAULTS)


@settings(max_examples=120)
@given(
    noise=st.binary(max_size=200),
    start=st.sampled_from([b"", b"{", b"<kml>", b"PK\x03\x04", b'{"fileType": "Plan", ', b'{"type": "FeatureCollection", ']),
    suffix=st.sampled_from([*READERS, ""]),
)
def test_noise_never_crashes(noise: bytes, start: bytes, suffix: str) -> None:
    """Any bytes under any name: routes, or a FormatError."""
    with suppress(FormatError):
        assert read_routes(start + noise, DEFAULTS, name=f"noise{suffix}")


LINE = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "a", "camera": {}},'
    b' "geometry": {"type": "LineString", "coordinates": [[119.9, 31.7], [119.91, 31.7]]}}]}'
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=120)
@given(data=st.data())
def test_wrong_values_never_crash(
    data: st.DataObject, make_plan: Callable[..., bytes], make_waypoint: Callable[..., object]
) -> None:
    """Any JSON value in any place of a plan or a GeoJSON: routes, or a FormatError."""
    name = data.draw(st.sampled_from(["x.plan", "x.geojson"]))
    content = make_plan(make_waypoint(31.78, 119.9, 50)) if name == "x.plan" else LINE
    with suppress(FormatError):
        assert read_routes(json.dumps(_spoil(json.loads(content), data)).encode(), DEFAULTS, name=name)


def _spoil(value: object, data: st.DataObject) -> object:
    """Walks down at random and puts something else there."""
    if isinstance(value, dict) and value:
        key = data.draw(st.sampled_from(sorted(value)))
        return value | {key: _spoil(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        index = data.draw(st.integers(0, len(value) - 1))
        return [*value[:index], _spoil(value[index], data), *value[index + 1 :]]
    return data.draw(json_values)
