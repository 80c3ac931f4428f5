"""Matters along routes."""

from collections import Counter
from itertools import combinations

import pytest
from shapely.geometry import Point

from missions.catalog import load
from missions.district import District
from missions.errors import InvalidInput, NotFound
from simulator.world.painters.register import BYSTANDERS, PAINTERS
from simulator.world.planting import APART_M, plant
from simulator.world.renderer import ground_of
from simulator.world.siting import may_stand
from simulator.world.swath import inner_swath


@pytest.fixture(scope="module")
def district() -> District:
    """The shipped example."""
    return load()


@pytest.fixture(scope="module")
def route_ids(district: District) -> list[str]:
    """One area and one corridor."""
    return [next(r.id for r in district.routes if r.geometry.kind == kind) for kind in ("area", "corridor")]


def test_matters_stand_in_the_swaths_apart_and_of_flown_categories(district: District, route_ids: list[str]) -> None:
    """Each m-matter lies in a swath, is of a category of the routes, and keeps its distance from every other matter."""
    world = plant(district, route_ids, 10, 1)
    swaths = [inner_swath(district.route(id), world.frame) for id in route_ids]
    flown = {category for id in route_ids for category in district.route(id).categories}
    own = [m for m in world.matters if m.id.startswith("m")]
    assert len(own) == 10
    for matter in world.matters:
        assert any(swath.distance(Point(world.frame.to_xy(matter.position))) < 0.01 for swath in swaths)
        is_flown = district.category_of_class[matter.class_key].key in flown
        assert is_flown == matter.id.startswith("m")
    for first, second in combinations(world.matters, 2):
        gap = first.position.distance_m(second.position) - (first.size_m + second.size_m) / 2
        assert gap >= APART_M - 0.1


def test_every_class_of_the_routes_gets_its_turn(district: District, route_ids: list[str]) -> None:
    """With as many matters as classes on one route, no class is planted twice."""
    route_id = route_ids[0]
    classes = [c.key for key in district.route(route_id).categories for c in district.category(key).classes]
    world = plant(district, [route_id], len(classes), 3)
    counts = Counter(m.class_key for m in world.matters if m.id.startswith("m"))
    assert set(counts.values()) == {1}


def test_the_same_seed_plants_the_same_world(district: District, route_ids: list[str]) -> None:
    """A world is a function of district, routes, count and seed."""
    assert plant(district, route_ids, 4, 2) == plant(district, route_ids, 4, 2)
    assert plant(district, route_ids, 4, 2) != plant(district, route_ids, 4, 3)


def test_too_many_matters_are_refused(district: District, route_ids: list[str]) -> None:
    """The error says how many there is room for."""
    with pytest.raises(InvalidInput, match="there is room for"):
        plant(district, route_ids[:1], 5000, 1)


def test_an_unknown_route_is_refused(district: District) -> None:
    """Routes are named by their ids, and at least one is."""
    with pytest.raises(NotFound, match="nowhere"):
        plant(district, ["nowhere"], 1, 1)
    with pytest.raises(InvalidInput, match="at least one"):
        plant(district, [], 1, 1)


def test_matters_stand_where_such_things_stand(district: District, route_ids: list[str]) -> None:
    """No tree on a roof, no rubbish afloat on a road: all ground under a matter is of a kind that its class stands on."""
    world = plant(district, route_ids, 20, 5)
    ground = ground_of(world)
    for matter in world.matters:
        covers = ground.covers_under(*world.frame.to_xy(matter.position), matter.size_m - 0.1)
        assert may_stand(covers, PAINTERS[matter.class_key].sites), matter.class_key


def test_bystanders_are_planted_on_request_and_are_nothing_to_report(district: District, route_ids: list[str]) -> None:
    """They leave the matters where they stand without them, and keep their distance; of clutter, people and vehicles alone."""
    plain, busy = (plant(district, route_ids, 6, 1, bystanders=count) for count in (0, 12))
    assert plain.bystanders == ()
    assert busy.matters == plain.matters
    assert 8 <= len(busy.bystanders) <= 12
    assert all(one.class_key in BYSTANDERS for one in busy.bystanders)
    assert plant(district, route_ids, 0, 1, bystanders=5).matters == ()
