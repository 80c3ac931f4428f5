"""GeoJSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.catalog.route_features import format_routes
from missions.errors import FormatError
from missions.formats.draft import RouteDefaults
from missions.formats.geojson import read_geojson
from missions.geometry import GeoPoint
from missions.route import Area, CameraUse, Corridor, Frequency, Orbit, Route, WaypointList

RING = [[119.9, 31.78], [119.91, 31.78], [119.91, 31.79], [119.9, 31.78]]


def collection(*features: dict[str, object]) -> bytes:
    """A collection of features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    """A feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def test_four_geometries(defaults: RouteDefaults) -> None:
    """Each geometry is its kind of route; own properties win over defaults, foreign ones are ignored."""
    routes = read_geojson(
        "a.geojson",
        collection(
            feature("LineString", RING[:2], name="Line", width_m=33, stroke="#fff"),
            feature("Polygon", [RING], height_m=60, categories=["greenery"]),
            feature("Point", RING[0], radius_m=25),
            feature("MultiPoint", RING[:3], id="mine"),
        ),
        defaults,
    ).routes
    kinds = [type(route.geometry) for route in routes]
    assert kinds == [Corridor, Area, Orbit, WaypointList]
    assert isinstance(routes[0].geometry, Corridor)
    assert (routes[0].name, routes[0].geometry.width_m) == ("Line", 33)
    assert (routes[1].height_m, routes[1].categories) == (60, ("greenery",))
    assert routes[3].id == "mine"


def test_parts_are_routes(defaults: RouteDefaults) -> None:
    """Multi-geometries and collections give one route a part; a bare geometry is one too."""
    parts = {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": RING[0]}] * 2}
    content = collection(feature("MultiPolygon", [[RING], [RING]]), {"type": "Feature", "properties": None, "geometry": parts})
    assert len(read_geojson("a.json", content, defaults).routes) == 4
    bare = json.dumps({"type": "LineString", "coordinates": RING[:2]}).encode()
    assert len(read_geojson("a.json", bare, defaults).routes) == 1


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"type": "FeatureCollection",\n "features": [}', "line 2, column"),
        (b"[1]", "expected a GeoJSON object"),
        (b'{"type": "FeatureCollection"}', "features"),
        (b'{"type": "Point", "coordinates": [NaN, 1]}', "NaN"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "byte 7"),
        (collection({"type": "Thing"}), "feature 1"),
        (collection(feature("Circle", [0, 0])), "geometry.type"),
        (collection(feature("LineString", [[119.9, 31.7]])), "feature 1: geometry.coordinates"),
        (collection(feature("Point", [31.7, 119.9])), "longitude comes first"),
        (collection(feature("Point", RING[0], name="Mast", radius_m=2)), "feature 1 (Mast): geometry.orbit.radius_m"),
        (collection(feature("Point", RING[0], height_m="high")), "height_m"),
        (collection(feature("Polygon", [[RING[0], RING[1], RING[0], RING[0]]])), "no inside"),
        (collection(feature("Point", RING[0], id="a"), feature("Point", RING[0], id="a")), "route 'a': this id is given twice"),
        (b'{"type": "Point", "coordinates": [119, 31], "crs": {"name": "EPSG:3857"}}', "crs"),
        (collection(), "nothing in it"),
    ],
)
def test_errors_name_their_place(content: bytes, where: str, defaults: RouteDefaults) -> None:
    """Whatever is wrong, the error names the file and the feature or line."""
    with pytest.raises(FormatError) as caught:
        read_geojson("bad.geojson", content, defaults)
    assert caught.value.source == "bad.geojson"
    assert where in str(caught.value)


points = st.builds(
    lambda lat, lon: GeoPoint(lat_deg=lat / 1e6, lon_deg=lon / 1e6),
    st.integers(31_700_000, 31_850_000),
    st.integers(119_820_000, 119_980_000),
)
geometries = st.one_of(
    st.builds(Corridor, line=st.lists(points, min_size=2, max_size=6).map(tuple), width_m=st.integers(1, 2000).map(float)),
    st.builds(Orbit, center=points, radius_m=st.integers(5, 1000).map(float)),
    st.builds(WaypointList, points=st.lists(points, min_size=1, max_size=6).map(tuple)),
)
routes = st.builds(
    Route,
    id=st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    name=st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).map(str.strip).filter(bool),
    geometry=geometries,
    categories=st.just(("sanitation", "greenery")),
    frequency=st.sampled_from([Frequency(times=3, per="week"), Frequency(times=0, per="on_call")]),
    height_m=st.integers(10, 120).map(float),
    camera=st.builds(CameraUse, pitch_deg=st.integers(-90, 0).map(float)),
    speed_mps=st.integers(1, 15).map(float),
)


@given(written=st.lists(routes, min_size=1, max_size=4, unique_by=lambda route: route.id))
def test_a_catalogues_routes_come_back(written: list[Route]) -> None:
    """What the catalogue writes is read back the same, whatever the defaults."""
    content = format_routes(written, "note").encode()
    assert list(read_geojson("routes.geojson", content, RouteDefaults()).routes) == written
