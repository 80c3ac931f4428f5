"""The whole path of a flight, point by point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.planning.energy import PathPoint
from missions.planning.flight_path import Ends, FlightPath, FlownLeg, flight_path

DOCK = (0.0, 0.0)


def leg(height_m: float, *places: tuple[float, float], approach: tuple[tuple[float, float], ...] = ()) -> FlownLeg:
    """A leg at one height, 8 m/s fast."""
    return FlownLeg(approach, tuple(PathPoint(xy, height_m, 8.0) for xy in places))


def fly(*legs: FlownLeg, way_home: tuple[tuple[float, float], ...] = (), max_height_m: float = 120.0) -> FlightPath:
    """From the dock and back, at 10 m/s."""
    return flight_path(Ends(DOCK, DOCK, way_home), legs, 10.0, max_height_m)


def test_one_leg() -> None:
    """Up, over to the leg, along it, up by the return's 10 m, home, down; the ways at 10 m/s, the leg at 8."""
    path = fly(leg(80, (100, 0), (100, 50)))
    assert [(point.xy, point.height_m, point.speed_mps) for point in path.points] == [
        ((0, 0), 0, 10),
        ((0, 0), 80, 10),
        ((100, 0), 80, 10),
        ((100, 0), 80, 8),
        ((100, 50), 80, 8),
        ((100, 50), 90, 10),
        ((0, 0), 90, 10),
        ((0, 0), 0, 10),
    ]
    assert path.legs == ((3, 4),)


@pytest.mark.parametrize(
    ("leg_m", "max_m", "transit_m", "return_m"),
    [(40, 120, 60, 70), (60, 120, 60, 70), (115, 120, 115, 120), (120, 120, 120, 120), (40, 50, 50, 50)],
)
def test_heights(leg_m: float, max_m: float, transit_m: float, return_m: float) -> None:
    """Ways are 60 m high or as high as the leg, the return 10 m more, nothing higher than the airspace."""
    path = fly(leg(leg_m, (100, 0), (100, 50)), max_height_m=max_m)
    assert (path.transit_height_m, path.return_height_m) == (transit_m, return_m)
    assert max(point.height_m for point in path.points) == max(return_m, leg_m)


@pytest.mark.parametrize(
    ("layer_m", "transit_m", "return_m"), [(16, 96, 106), (-16, 64, 90), (-26, 60, 90), (32, 112, 120), (50, 120, 120)]
)
def test_layers(layer_m: float, transit_m: float, return_m: float) -> None:
    """Ways to a leg at 80 m on a layer: between 60 m and the airspace's 120 m, the return above ways and leg. The leg stays."""
    path = flight_path(Ends(DOCK, DOCK, ()), [leg(80, (100, 0), (100, 50))], 10.0, 120.0, layer_m=layer_m)
    assert (path.transit_height_m, path.return_height_m) == (transit_m, return_m)
    assert {path.points[index].height_m for index in path.legs[0]} == {80}


def test_corners_are_flown_at_the_height_of_the_ways() -> None:
    """Corners lie on the ways to the legs and home; the climb to the return's height is made at the last of them."""
    path = fly(leg(50, (100, 0), (100, 50), approach=((50, 9),)), leg(90, (200, 0)), way_home=((70, 7),))
    assert [(p.xy, p.height_m) for p in path.points if p.xy in {(50, 9), (70, 7)}] == [
        ((50, 9), 90),
        ((70, 7), 90),
        ((70, 7), 100),
    ]
    assert [path.points[first].height_m for first, _ in path.legs] == [50, 90]


def test_lands_elsewhere() -> None:
    """A flight may end at another dock."""
    path = flight_path(Ends(DOCK, (500, 0), ()), [leg(80, (100, 0))], 10.0, 120.0)
    assert (path.points[0].xy, path.points[-1].xy) == (DOCK, (500, 0))


places = st.lists(st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000)), min_size=1, max_size=4)


@given(legs=st.lists(st.tuples(st.floats(30, 120), places), min_size=1, max_size=4))
def test_legs_are_found_again(legs: list[tuple[float, list[tuple[float, float]]]]) -> None:
    """The indices point at the legs' own points, in their order, and nothing is higher than the airspace."""
    path = fly(*(leg(height_m, *points) for height_m, points in legs))
    flown = [[point.xy for point in path.points[first : last + 1]] for first, last in path.legs]
    assert flown == [points for _, points in legs]
    assert all(0 <= point.height_m <= 120 for point in path.points)
    assert [path.points[n].height_m for n in (0, -1)] == [0, 0]
