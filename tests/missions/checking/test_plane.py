"""The checker's plane, against geodesics."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.checking.plane import Plane
from missions.geometry import GeoPoint
from tests.missions.checking.made_day import place, square

PLANE = Plane(square(0, 0, 2000))
METRES = st.floats(-10_000, 10_000)


@given(a=st.tuples(METRES, METRES), b=st.tuples(METRES, METRES))
def test_distances_are_the_geodesics(a: tuple[float, float], b: tuple[float, float]) -> None:
    """Within 10 km of the middle distances in the plane are those on the earth, to 5 cm."""
    here, there = place(*a), place(*b)
    assert dist(*PLANE.to_xy([here, there])) == pytest.approx(here.distance_m(there), abs=0.05)


def test_polygon_leaves_holes_out() -> None:
    """200 m by 200 m without 20 m by 20 m are 39 600 m²."""
    assert PLANE.polygon(square(0, 0, 100), [square(10, 0, 10)]).area == pytest.approx(39_600, rel=1e-4)


def test_crossed_outline_is_repaired() -> None:
    """A bow tie is its two triangles: half of the square."""
    a, b, c, d = square(0, 0, 100)
    assert PLANE.polygon((a, c, b, d)).area == pytest.approx(20_000, rel=1e-4)


def test_flat_outline_is_empty() -> None:
    """Three points on one line enclose nothing."""
    assert PLANE.polygon((place(0, 0), place(10, 0), place(20, 0))).area == pytest.approx(0, abs=0.01)


def test_nowhere_is_far() -> None:
    """The other side of the earth has finite, far co-ordinates."""
    middle = place(0, 0)
    other = GeoPoint(lat_deg=-middle.lat_deg, lon_deg=middle.lon_deg - 180)
    assert 1e7 < abs(PLANE.to_xy([other])).max() < 3e7
