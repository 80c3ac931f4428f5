"""Lawn-mower sweeps over polygons."""

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Polygon, box, unary_union

from missions.aircraft import AircraftType
from missions.planning.performance import Performance, WindyEffort
from missions.planning.sweep import entries, ring, sweep_offsets, sweep_polygon
from missions.wind import Wind


@st.composite
def polygons(draw: st.DrawFn) -> Polygon:
    """Star-shaped polygons round the origin, convex or not, some with a hole."""
    count = draw(st.integers(4, 9))
    radii = draw(st.lists(st.floats(120, 500), min_size=count, max_size=count))
    corners = [(r * x / 100, r * y / 100) for r, (x, y) in zip(radii, ring(100, count), strict=False)]
    hole = [[(-40, -40), (40, -40), (40, 40), (-40, 40)]] if draw(st.booleans()) and min(radii) > 250 else []
    return Polygon(corners, hole)


def test_square_takes_the_fewest_sweeps() -> None:
    """A strip of 1000 x 150 m seen 100 m wide takes two long sweeps, not eleven short ones."""
    lines = sweep_polygon(box(0, 0, 1000, 150), across_m=100, spacing_m=80)
    assert len(lines) == 2
    assert all(dist(*line) == pytest.approx(1000) for line in lines)
    assert {round(y) for line in lines for _, y in line} == {50, 100}


def test_offsets_reach_both_borders() -> None:
    """400 m seen 100 m wide and at most 80 m apart: the outermost sweeps lie 50 m inside, four spaces of 75 m between."""
    assert sweep_offsets(400, 100, 80) == [-150, -75, 0, 75, 150]
    assert sweep_offsets(60, 100, 80) == [0]


@given(width_m=st.floats(1, 3000), across_m=st.floats(5, 200), overlap=st.floats(0, 0.9))
def test_offsets_are_symmetric(width_m: float, across_m: float, overlap: float) -> None:
    """The two sides mirror each other exactly, so a middle sweep runs along the middle itself and not a bit beside it."""
    offsets = sweep_offsets(width_m, across_m, across_m * (1 - overlap))
    assert offsets == [-offset for offset in reversed(offsets)]
    assert all(b - a <= across_m * (1 - overlap) + 1e-9 for a, b in pairwise(offsets))


def test_hole_is_not_flown_over() -> None:
    """A large hole splits the sweeps: no line crosses it, except where a band touches its border."""
    area = Polygon(box(0, 0, 1000, 1000).exterior.coords, [box(300, 300, 700, 700).exterior.coords])
    inner = box(350, 350, 650, 650)
    assert not any(LineString(line).intersects(inner) for line in sweep_polygon(area, across_m=60, spacing_m=50))


@settings(max_examples=30, deadline=None)
@given(area=polygons(), across_m=st.floats(40, 150), overlap=st.floats(0, 0.6))
def test_every_point_is_seen(area: Polygon, across_m: float, overlap: float) -> None:
    """Whatever the polygon, each of its points lies within half the footprint's width of a sweep."""
    lines = sweep_polygon(area, across_m, across_m * (1 - overlap))
    seen = unary_union([LineString(line).buffer(across_m / 2 + 0.01) for line in lines])
    assert area.difference(seen).area < 1e-3 * area.area


@settings(max_examples=30, deadline=None)
@given(area=polygons(), across_m=st.floats(40, 150))
def test_sweeps_stay_near_the_polygon(area: Polygon, across_m: float) -> None:
    """Sweeps never leave the polygon's hull by more than half a footprint's width."""
    reach = area.convex_hull.buffer(across_m / 2 + 0.01)
    assert all(reach.covers(LineString(line)) for line in sweep_polygon(area, across_m, across_m * 0.7))


def test_entries_cover_the_same_lines() -> None:
    """Every variant flies the same lines; the four begin at four different corners."""
    lines = sweep_polygon(box(0, 0, 300, 200), across_m=80, spacing_m=60)
    variants = entries(lines)
    assert len({variant[0][0] for variant in variants}) == 4
    assert all({frozenset(line) for line in variant} == {frozenset(line) for line in lines} for variant in variants)


@given(radius_m=st.floats(5, 1000), count=st.integers(8, 48))
def test_ring_is_closed_and_even(radius_m: float, count: int) -> None:
    """A ring ends where it begins, and its chords are equal."""
    points = ring(radius_m, count)
    assert points[0] == points[-1]
    chords = [dist(a, b) for a, b in pairwise(points)]
    assert max(chords) == pytest.approx(min(chords))
    assert MultiPoint(points).centroid.distance(MultiPoint([(0, 0)])) < radius_m


@pytest.mark.parametrize(("from_deg", "east_west"), [(0, True), (180, True), (90, False), (270, False)])
def test_a_square_is_swept_across_the_wind(from_deg: float, east_west: bool, aircraft: AircraftType) -> None:
    """At 11 m/s of 15, half of the sweeps along the wind would be flown at 4 m/s; across it all are flown at 10 m/s."""
    effort = WindyEffort(Performance(aircraft, Wind(11, from_deg)), 10.0)
    lines = sweep_polygon(box(0, 0, 400, 400), across_m=100, spacing_m=80, effort=effort)
    assert all((abs(line[0][1] - line[-1][1]) < 1e-6) == east_west for line in lines)


def test_a_long_strip_is_swept_along_itself_in_a_light_wind(aircraft: AircraftType) -> None:
    """4 m/s ahead leave the 10 m/s wanted: many turns would cost more than the power against it."""
    effort = WindyEffort(Performance(aircraft, Wind(4, 90)), 10.0)
    lines = sweep_polygon(box(0, 0, 1000, 150), across_m=100, spacing_m=80, effort=effort)
    assert lines == sweep_polygon(box(0, 0, 1000, 150), across_m=100, spacing_m=80)
