"""Routes and GeoJSON features: both ways without loss, and faults named as they stand in the file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.catalog.entries import Entry, Place
from missions.catalog.geojson_file import Feature
from missions.catalog.route_features import feature_of, format_routes, read_route
from missions.geometry import GeoPoint
from missions.route import Area, Corridor, Frequency, Orbit, Route, WaypointList

points = st.builds(
    GeoPoint,
    lat_deg=st.integers(-89_000_000, 89_000_000).map(lambda n: n / 1e6),
    lon_deg=st.integers(-179_000_000, 179_000_000).map(lambda n: n / 1e6),
)
rings = st.lists(points, min_size=3, max_size=6, unique=True).map(tuple)
geometries = st.one_of(
    st.builds(Corridor, line=st.lists(points, min_size=2, max_size=6).map(tuple), width_m=st.floats(1, 2000)),
    st.builds(Area, outline=rings, holes=st.lists(rings, max_size=2).map(tuple)),
    st.builds(Orbit, center=points, radius_m=st.floats(5, 1000)),
    st.builds(WaypointList, points=st.lists(points, min_size=1, max_size=6).map(tuple)),
)


def as_read(raw: dict) -> Feature:
    """A feature as the file reader hands it over."""
    place = Place("routes.geojson", "feature 1")
    return Feature(place, raw["properties"], raw["geometry"]["type"], raw["geometry"]["coordinates"])


@given(geometries)
def test_round_trip(geometry):
    """Writing a route and reading it gives the same route (coordinates of six decimals)."""
    route = Route(
        id="r-1", name="一", geometry=geometry, categories=("a", "b"), frequency=Frequency(times=2, per="week"), height_m=80
    )
    made = read_route(as_read(json.loads(json.dumps(feature_of(route)))))
    assert isinstance(made, Entry)
    assert made.noun == route


def test_one_feature_a_line():
    """A changed route is one changed line."""
    route = Route(
        id="r-1",
        name="一",
        geometry=Orbit(center=GeoPoint(lat_deg=31.7, lon_deg=119.9), radius_m=50),
        categories=("a",),
        frequency=Frequency(times=1, per="day"),
        height_m=80,
    )
    lines = format_routes([route, route], "note").splitlines()
    assert len(lines) == 4
    assert json.loads(lines[1].removesuffix(",")) == json.loads(lines[2])


CASES = [
    (
        '"height_m": 70.0',
        '"height_m": -5',
        "feature 1 (route zl-r-0001, line 2): properties.height_m: Input should be greater than 0",
    ),
    ('"height_m": 70.0, ', "", "feature 1 (route zl-r-0001, line 2): properties.height_m: is missing"),
    ('"height_m"', '"hight_m"', "properties.hight_m: is not a known key; known: id, name, geometry, categories, "),
    (
        '"width_m": 80.0',
        '"width_m": 0',
        "feature 3 (route zl-r-0003, line 4): properties.width_m: Input should be greater than 0",
    ),
    (', "width_m": 80.0', "", "feature 3 (route zl-r-0003, line 4): properties.width_m: is missing"),
    (
        '"sensor": "rgb+thermal"',
        '"sensor": "radar"',
        "properties.camera.sensor: Input should be 'rgb', 'thermal' or 'rgb+thermal'",
    ),
    (
        '"type": "Polygon"',
        '"type": "Circle"',
        "geometry.type: expected LineString, Polygon, Point, MultiPoint (given: 'Circle')",
    ),
    (
        "[[[119.855196, 31.794924]",
        "[[[31.794924, 119.855196]",
        "ring 1 #1: [31.794924, 119.855196] is no place on earth; longitude comes first",
    ),
    (
        "[[[119.855196, 31.794924]",
        '[[["119.8", 31.794924]',
        "geometry.coordinates ring 1 #1: expected a position [longitude, latitude]",
    ),
    ("[[[119.855196, 31.794924], ", "[[", "geometry.coordinates ring 1: the ring is not closed"),
    (
        '"type": "Feature", "properties"',
        '"type": "Feature", "props": 1, "properties"',
        "feature 1 (route zl-r-0001, line 2): props: is not",
    ),
    (
        '"type": "FeatureCollection"',
        '"type": "Features"',
        'routes.geojson: type: expected a GeoJSON object of type "FeatureCollection"',
    ),
    ('"name": "routes"', '"title": "routes"', "title: is not a known key of a FeatureCollection"),
    ('"name": "routes"', '"crs": "EPSG:3857"', "crs: coordinates must be WGS-84 longitude, latitude (CRS84)"),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_fault_is_named(spoilt, old, new, expected):
    """The one error says which feature, on which line, which key and why."""
    spoilt.replace("routes.geojson", old, new)
    errors = spoilt.errors()
    assert [e for e in errors if expected in e], errors
    assert all(e.startswith("routes.geojson: ") for e in errors)


def test_validity_is_ordered(spoilt):
    """A route cannot end before it begins."""
    spoilt.replace(
        "routes.geojson", '"height_m": 70.0', '"valid_from": "2026-12-01", "valid_until": "2026-11-01", "height_m": 70.0'
    )
    (error,) = spoilt.errors()
    assert error.endswith("feature 1 (route zl-r-0001, line 2): valid_until lies before valid_from")
