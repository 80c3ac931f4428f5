"""Routes on their way in: bounds, names, and values that are none."""

import json

import pytest

from missions.errors import FormatError
from missions.formats.draft import MAX_POINTS, MAX_ROUTES, RouteDefaults
from missions.formats.reading import read_routes


def geojson(geometry: object, count: int = 1, **properties: object) -> bytes:
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature] * count}).encode()


def line(points: int) -> dict[str, object]:
    return {"type": "LineString", "coordinates": [[119.9 + number * 1e-6, 31.78] for number in range(points)]}


POINT = {"type": "Point", "coordinates": [119.9, 31.78]}


def test_a_file_has_so_many_routes(defaults: RouteDefaults) -> None:
    """The greatest number is taken; one more is refused with the number and the limit."""
    assert len(read_routes(geojson(POINT, MAX_ROUTES), defaults, name="a.geojson")) == MAX_ROUTES
    with pytest.raises(FormatError, match=f"holds {MAX_ROUTES + 1} routes; at most {MAX_ROUTES} are taken"):
        read_routes(geojson(POINT, MAX_ROUTES + 1), defaults, name="a.geojson")


def test_a_route_has_so_many_points(defaults: RouteDefaults) -> None:
    """The same for the points of one route, which is named; an area's holes count."""
    (route,) = read_routes(geojson(line(MAX_POINTS)), defaults, name="a.geojson")
    assert route.geometry.kind == "corridor"
    expected = rf"feature 1 \(bank\): has {MAX_POINTS + 1} points; at most {MAX_POINTS} are taken in one route"
    with pytest.raises(FormatError, match=expected):
        read_routes(geojson(line(MAX_POINTS + 1), name="bank"), defaults, name="a.geojson")
    ring = [*line(6000)["coordinates"], line(1)["coordinates"][0]]  # type: ignore[misc, index]
    with pytest.raises(FormatError, match="has 12000 points"):
        read_routes(geojson({"type": "Polygon", "coordinates": [ring, ring]}), defaults, name="a.geojson")


@pytest.mark.parametrize("name", ["a\ud800", "a\x00b", "\x1b[2J", "\x9f"])
def test_names_that_cannot_be_shown_are_refused_with_their_place(name: str, defaults: RouteDefaults) -> None:
    """Halves of surrogate pairs and control characters: the refusal names feature and key, and can itself be sent."""
    with pytest.raises(FormatError, match=r"^a\.geojson: feature 1 .*: name: ") as caught:
        read_routes(geojson(POINT, name=name), defaults, name="a.geojson")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("key", ["height_m", "speed_mps", "width_m"])
def test_true_is_no_number(key: str, defaults: RouteDefaults) -> None:
    """JSON's true never becomes 1 m or 1 m/s."""
    with pytest.raises(FormatError, match=rf"{key}: a number is expected"):
        read_routes(geojson(line(2), **{key: True}), defaults, name="a.geojson")
