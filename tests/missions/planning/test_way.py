"""Ways through free space."""

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from missions.airspace import Airspace, NoFlyZone
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.way import CLEARANCE_M, FreeSpace

FRAME = LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.90))
ZONE = box(-100, -200, 100, 200)
L_SHAPE = [(-1000, -1000), (1000, -1000), (1000, 0), (0, 0), (0, 1000), (-1000, 1000)]


def space(permitted: list[tuple[float, float]], *zones: list[tuple[float, float]]) -> FreeSpace:
    """Free space from corners in the plane."""
    outlines = [tuple(FRAME.to_geo_many(zone)) for zone in zones]
    return FreeSpace(
        Airspace(
            permitted=tuple(FRAME.to_geo_many(permitted)),
            no_fly_zones=tuple(NoFlyZone(id=f"z{n}", name=f"Zone {n}", outline=o) for n, o in enumerate(outlines)),
        ),
        FRAME,
    )


SQUARE = [(-1000.0, -1000.0), (1000.0, -1000.0), (1000.0, 1000.0), (-1000.0, 1000.0)]
WITH_ZONE = space(SQUARE, [(float(x), float(y)) for x, y in ZONE.exterior.coords[:-1]])


def test_straight_where_it_is_free() -> None:
    """Nothing in between: the way is its two ends."""
    assert WITH_ZONE.way((-500, 500), (500, 500)) == ((-500, 500), (500, 500))


def test_round_a_zone() -> None:
    """The way across the zone goes round two of its corners, outside the clearance, and is hardly longer than it must be."""
    way = WITH_ZONE.way((-500, 0), (500, 0))
    assert way is not None
    assert len(way) == 4
    assert LineString(way).distance(ZONE) >= CLEARANCE_M - 0.1
    round_corners_m = 2 * dist((-500, 0), (-100, 200)) + 200
    assert sum(dist(a, b) for a, b in pairwise(way)) == pytest.approx(round_corners_m, rel=0.03)


def test_round_an_inner_corner_of_the_border() -> None:
    """Where the permitted area is L-shaped, the way from arm to arm goes through the knee."""
    angled = space([(float(x), float(y)) for x, y in L_SHAPE])
    way = angled.way((900, -100), (-100, 900))
    assert way is not None
    assert len(way) == 3
    assert not angled.leaves_permitted_area(way)


def test_no_way_into_a_zone_or_out_of_the_area() -> None:
    """An end that is not free cannot be reached."""
    assert WITH_ZONE.way((-500, 0), (0, 0)) is None
    assert WITH_ZONE.way((-500, 0), (1500, 0)) is None


def test_what_stands_against_a_line_is_named() -> None:
    """A line through the zone names it; one beside the border is told from one well inside."""
    assert [zone.id for zone in WITH_ZONE.forbidden_zones(((-500, 0), (500, 0)))] == ["z0"]
    assert WITH_ZONE.forbidden_zones(((-500, 300), (500, 300))) == []
    assert WITH_ZONE.leaves_permitted_area(((-995, 0), (-500, 0)))
    assert not WITH_ZONE.leaves_permitted_area(((-900, 0), (-500, 0)))


@settings(max_examples=30, deadline=None)
@given(
    here=st.tuples(st.floats(-900, 900), st.floats(-900, 900)),
    there=st.tuples(st.floats(-900, 900), st.floats(-900, 900)),
)
def test_every_way_is_free(here: tuple[float, float], there: tuple[float, float]) -> None:
    """From any free place to any other there is a way here, and it keeps its distance from the zone."""
    way = WITH_ZONE.way(here, there)
    blocked = bool(WITH_ZONE.forbidden_zones((here,)) or WITH_ZONE.forbidden_zones((there,)))
    if not blocked:
        assert way is not None
        assert (way[0], way[-1]) == (here, there)
        assert LineString(way).distance(ZONE) >= CLEARANCE_M - 0.1
