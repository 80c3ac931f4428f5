"""The generator makes the shipped routes, again and again, and they are what was asked for."""

from collections import Counter

import pytest
from shapely import Point

from missions.catalog import SHIPPED, load
from missions.catalog.generator import NOTE, generate
from missions.catalog.generator.board import Board
from missions.catalog.generator.composing import times_per_week
from missions.catalog.generator.mix import MIX, NEAR_DOCK_ROAD
from missions.catalog.ground_shape import ground_shape
from missions.catalog.route_features import format_routes

SHORT_PER_DOCK = 4


@pytest.fixture(scope="module")
def district():
    return load()


@pytest.fixture(scope="module")
def made(district):
    return generate(district, seed=1)


def test_shipped_routes_are_made_by_seed_1(district, made):
    """The file in the repository is the generator's output: same routes in the same order, coordinates to 1e-5 degrees.

    (Not to the byte: other versions of the geometry libraries may round the last decimal otherwise.)
    """
    assert [r.model_dump(exclude={"geometry"}) for r in made] == [r.model_dump(exclude={"geometry"}) for r in district.routes]
    for new, shipped in zip(made, district.routes, strict=True):
        assert numbers(new.geometry) == pytest.approx(numbers(shipped.geometry), abs=1e-5)


def numbers(geometry) -> list[float]:
    """Every number of a geometry, in order."""
    if isinstance(geometry, float | int):
        return [geometry]
    inner = geometry.values() if isinstance(geometry, dict) else geometry if isinstance(geometry, list) else ()
    if hasattr(geometry, "model_dump"):
        return numbers(geometry.model_dump(mode="json"))
    return [number for value in inner for number in numbers(value)]


def test_the_file_says_how_it_was_made():
    """A reader of the file learns of seed and program."""
    assert NOTE.format(seed=1) in (SHIPPED / "routes.geojson").read_text(encoding="utf-8")


def test_same_seed_same_bytes(district, made):
    """Two runs write the same file."""
    assert format_routes(generate(district, seed=1), "") == format_routes(made, "")


def test_other_seeds_make_other_sound_routes(district, made):
    """Another seed finds room for as many routes elsewhere."""
    other = generate(district, seed=2)
    assert len(other) == len(made) == 375
    assert other != made


def test_counts_add_up(district):
    """The mix and four short routes a dock are the 375."""
    assert sum(row.count for row in MIX) + SHORT_PER_DOCK * len(district.docks) == 375


def test_all_geometries_and_categories_occur(district):
    """Corridors, areas, orbits and waypoint lists; every category has routes."""
    assert {route.geometry.kind for route in district.routes} == {"corridor", "area", "orbit", "waypoints"}
    served = Counter(key for route in district.routes for key in route.categories)
    assert set(served) == {category.key for category in district.categories}


def test_one_flight_many_uses(district):
    """Most routes serve two to four categories."""
    shared = [route for route in district.routes if 2 <= len(route.categories) <= 4]
    assert len(shared) > 0.75 * len(district.routes)


def test_a_route_is_flown_as_its_most_demanding_category_asks(district):
    """As often as the most frequent of its categories, as low as the lowest, with every sensor they need."""
    for route in district.routes:
        served = [district.category(key) for key in route.categories]
        assert times_per_week(route.frequency) == max(times_per_week(c.frequency) for c in served)
        assert route.height_m == min(c.height_m for c in served)
        assert ("thermal" in route.camera.sensor) == any("thermal" in c.camera.sensor for c in served)


def test_every_dock_has_short_routes_nearby(district):
    """Two areas of about 200 m and two strips of 500 to 900 m begin within 800 m of each dock."""
    board = Board(district)
    short = district.routes[: SHORT_PER_DOCK * len(district.docks)]
    for number, dock in enumerate(district.docks):
        own = short[number * SHORT_PER_DOCK : (number + 1) * SHORT_PER_DOCK]
        shapes = [ground_shape(route.geometry, board.frame) for route in own]
        here = board.frame.to_xy(dock.point)
        assert [route.geometry.kind for route in own] == ["area", "area", "corridor", "corridor"]
        assert own[3].categories == NEAR_DOCK_ROAD
        assert all(180**2 < shape.area < 220**2 for shape in shapes[:2])
        assert all(Point(here).distance(shape) < 800 for shape in shapes)


def test_routes_differ(district):
    """No two routes cover the same ground, and no two share a name."""
    assert len({route.geometry for route in district.routes}) == 375
    assert len({route.name for route in district.routes}) == 375
