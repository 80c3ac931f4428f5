"""Many ways at once, against one way at a time."""

from math import dist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from missions.airspace import Airspace, NoFlyZone
from missions.planning.sweep import XY
from missions.planning.way import CLEARANCE_M, FreeSpace
from missions.scheduling.travel import Ways, length_m
from tests.missions.scheduling.made_district import FRAME, place, square

L_SHAPE = [(-1500, -1500), (1500, -1500), (1500, 200), (200, 200), (200, 1500), (-1500, 1500)]


def free_space(*zones: tuple[float, float, float]) -> FreeSpace:
    """An L of two arms with square zones in it: a knee to go round, and zones."""
    outlines = [square(*zone) for zone in zones]
    made = [NoFlyZone(id=f"z{n}", name=f"Zone {n}", outline=outline) for n, outline in enumerate(outlines)]
    return FreeSpace(Airspace(permitted=tuple(place(x, y) for x, y in L_SHAPE), no_fly_zones=tuple(made)), FRAME)


SPACE = free_space((-600, -600, 150), (500, -700, 200), (-700, 700, 100))
WAYS = Ways(SPACE)
anywhere = st.tuples(st.floats(-1600, 1600), st.floats(-1600, 1600))


@settings(max_examples=40, deadline=None)
@given(exits=st.lists(anywhere, min_size=1, max_size=4), entries=st.lists(anywhere, min_size=1, max_size=4))
def test_as_long_as_the_shortest_way(exits: list[XY], entries: list[XY]) -> None:
    """From anywhere to anywhere, inside zones and outside the border too: the distance is that of the way found by Dijkstra,
    infinite where there is none, and corners are counted generously.
    """
    found = WAYS.distances(np.array(exits), np.array(entries))
    for row, here in enumerate(exits):
        for column, there in enumerate(entries):
            if here == there:
                continue
            way, own = SPACE.way(here, there), WAYS.way(here, there)
            assert (own is None) == (way is None) == bool(np.isinf(found.metres[row, column]))
            if way is not None and own is not None:
                assert found.metres[row, column] == pytest.approx(length_m(way), abs=1e-6)
                assert length_m(own) == pytest.approx(length_m(way), abs=1e-6)
                assert (own[0], own[-1]) == (here, there)
                assert found.turns[row, column] >= len(own) - 2


@settings(max_examples=40, deadline=None)
@given(here=anywhere, there=anywhere)
def test_ways_keep_clear(here: XY, there: XY) -> None:
    """No way comes nearer to a zone than the clearance, or leaves the permitted area."""
    way = WAYS.way(here, there)
    if way is not None:
        assert LineString(way).distance(SPACE.forbidden) >= CLEARANCE_M - 0.1
        assert SPACE.permitted.contains(LineString(way))


def test_straight_and_round() -> None:
    """Past a zone it is straight. Through its middle it goes round two of its corners, 12 m of clearance and 4 m more away:
    from 400 m before to 400 m behind, 2 * sqrt(284² + 116²) + 232 m.
    """
    ways = Ways(free_space((0, -700, 100)))
    assert ways.way((-400, -500), (400, -500)) == ((-400, -500), (400, -500))
    found = ways.distances(np.array([[-400, -700.0]]), np.array([[400, -700.0]]))
    assert found.metres[0, 0] == pytest.approx(2 * dist((0, 0), (284, 116)) + 232, abs=0.5)
    assert found.turns[0, 0] >= 2


def test_nothing_in_the_way() -> None:
    """Without zones, in a convex area, every way is straight and has no corner."""
    square_space = FreeSpace(Airspace(permitted=square(0, 0, 1000)), FRAME)
    found = Ways(square_space).distances(np.array([[0.0, 0.0], [300, 400]]), np.array([[300.0, 400.0]]))
    assert found.metres.tolist() == [[500.0], [0.0]]
    assert found.turns.tolist() == [[0], [0]]


def test_no_way_out_of_an_enclosure() -> None:
    """A place inside a zone is reached from nowhere, and reaches nothing."""
    inside = np.array([[-600.0, -600.0]])
    assert np.isinf(WAYS.distances(inside, np.array([[0.0, 0.0]])).metres).all()
    assert WAYS.way((0.0, 0.0), (-600.0, -600.0)) is None


def test_length() -> None:
    """3-4-5 and 12 more."""
    assert length_m(((0, 0), (3, 4), (3, 16))) == 17
    assert length_m(((1, 1),)) == 0
