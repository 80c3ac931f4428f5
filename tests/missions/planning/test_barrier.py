"""Flights round a no-fly zone come back on the side they went."""

from collections.abc import Callable

import pytest
from shapely import LineString, Polygon

from missions.aircraft import AircraftType
from missions.district import District
from missions.geometry import LocalFrame
from missions.planning.barrier import find_fenced_ways
from missions.planning.coverage import cover
from missions.planning.fence import fence_around
from missions.planning.legs import PlacedLeg, find_ways, leg_along
from missions.planning.limits import Infeasible, ReasonCode
from missions.planning.way import FreeSpace
from missions.route import Route, WaypointList

MakeRoute = Callable[..., Route]


@pytest.fixture
def space(make_district: Callable[..., District], frame: LocalFrame) -> FreeSpace:
    """The small district's; its zone reaches from 600 to 800 m east, 100 m to each side."""
    return FreeSpace(make_district().airspace, frame)


def leg(points: list[tuple[float, float]], space: FreeSpace, make_route: MakeRoute, aircraft: AircraftType) -> PlacedLeg:
    """A leg through points, in their order."""
    route = make_route(WaypointList(points=tuple(space.frame.to_geo_many(points))))
    placed = leg_along(route, cover(route, aircraft.camera, space.frame), space)
    assert isinstance(placed, PlacedLeg)
    return placed


def test_comes_back_the_way_it_went(space: FreeSpace, make_route: MakeRoute, aircraft: AircraftType) -> None:
    """North of the zone and down behind it: straight home would enclose it, so the way home goes back round the north."""
    placed = [leg([(400, 400), (1000, 400), (1000, -400)], space, make_route, aircraft)]
    straight = find_ways(placed, space)
    assert not isinstance(straight, Infeasible)
    assert fence_around(straight.path, space) is None
    found = find_fenced_ways(placed, space)
    assert not isinstance(found, Infeasible)
    journey, corners = found
    fence = Polygon(corners)
    assert fence.contains(LineString(journey.path))
    assert fence.intersection(space.forbidden).area == 0
    assert max(y for _, y in journey.way_home) > 0


def test_plain_flights_are_left_alone(space: FreeSpace, make_route: MakeRoute, aircraft: AircraftType) -> None:
    """Where the shortest ways can be fenced they are flown."""
    placed = [leg([(-400, 400), (-800, 400)], space, make_route, aircraft)]
    found = find_fenced_ways(placed, space)
    assert not isinstance(found, Infeasible)
    assert found[0] == find_ways(placed, space)


def test_ring_cannot_be_helped(space: FreeSpace, make_route: MakeRoute, aircraft: AircraftType) -> None:
    """A leg that itself goes all round the zone stays refused."""
    ring = [(500.0, 200.0), (900.0, 200.0), (900.0, -200.0), (500.0, -200.0), (500.0, 200.0)]
    found = find_fenced_ways([leg(ring, space, make_route, aircraft)], space)
    assert isinstance(found, Infeasible)
    assert [reason.code for reason in found.reasons] == [ReasonCode.NO_FENCE]
