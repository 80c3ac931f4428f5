"""Which flights would come too near, against looking at every moment."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.separation import HORIZONTAL_M, PIECE_S, VERTICAL_M, Segments, Track, first_met


def track(*points: tuple[float, float, float, float]) -> Track:
    """From (x, y, altitude, second) each."""
    return Track(np.array(points, dtype=np.float64))


EAST = track((-500, 0, 80, 0), (500, 0, 80, 100))
"""1000 m at 10 m/s; in the middle at 50 s."""


def north(x_m: float = 0.0, altitude_m: float = 80.0, begin_s: float = 0.0) -> Track:
    """The same towards the north."""
    return track((x_m, -500, altitude_m, begin_s), (x_m, 500, altitude_m, begin_s + 100))


def meet(one: Track, other: Track, error_s: float) -> bool:
    """Whether two may come too near, told alike from either side."""
    found = first_met(one, [other], error_s)
    assert found == first_met(other, [one], error_s)
    return found == 0


def test_crossing_at_one_moment_is_a_conflict() -> None:
    """Both are in the middle at 50 s."""
    assert meet(EAST, north(), 0.0)


@pytest.mark.parametrize(("altitude_m", "near"), [(94.9, True), (95.0, False), (65.0, False), (65.1, True)])
def test_fifteen_metres_of_height_are_enough(altitude_m: float, near: bool) -> None:
    """One above the other they may cross."""
    assert meet(EAST, north(altitude_m=altitude_m), 0.0) == near


@pytest.mark.parametrize(("y_m", "near"), [(49, True), (53, False)])
def test_side_by_side(y_m: float, near: bool) -> None:
    """50 m apart, with 2 m for rounding, they may fly side by side."""
    beside = track((-500, y_m, 80, 0), (500, y_m, 80, 100))
    assert meet(EAST, beside, 0.0) == near


@pytest.mark.parametrize(("begin_s", "near"), [(0, True), (89, True), (130, False), (-130, False)])
def test_timing_error_of_both(begin_s: float, near: bool) -> None:
    """With 45 s of error each, crossings 90 s after one another are too near; pieces of 8 s round that up."""
    assert meet(EAST, north(begin_s=begin_s), 45.0) == near


def test_climbs_are_not_overlooked() -> None:
    """Straight up out of a dock, through the height of one that passes over it: 80 m at 50 s."""
    climb = track((0, 0, 0, 34), (0, 0, 160, 66))
    assert meet(EAST, climb, 0.0)
    assert not meet(EAST, track((0, 0, 0, 134), (0, 0, 160, 166)), 0.0)


def test_two_of_one_dock_starting_together() -> None:
    """Whatever they do later."""
    one = track((0, 0, 0, 0), (0, 0, 80, 16), (500, 0, 80, 66))
    other = track((0, 0, 0, 0), (0, 0, 80, 16), (-500, 0, 80, 66))
    assert meet(one, other, 0.0)


def test_who_is_met_first() -> None:
    """The second is met at 50 s, the first at 80 s."""
    late, soon = north(300, begin_s=30), north()
    assert first_met(EAST, [late, soon], 0.0) == 1


def test_nobody_meets_alone() -> None:
    """Without others nobody is met."""
    assert first_met(EAST, [], 45.0) is None


def test_long_ways_are_cut() -> None:
    """100 s are 13 pieces of at most 8 s that follow each other."""
    parts = Segments.of([EAST])
    assert len(parts.owner) == 13
    assert np.all(parts.ends_s - parts.begins_s <= PIECE_S + 1e-9)
    assert parts.begins_s[1:] == pytest.approx(parts.ends_s[:-1])


steps = st.tuples(st.floats(-300, 300), st.floats(-300, 300), st.floats(0, 120), st.floats(0.5, 60))


def made(begin_s: float, points: list[tuple[float, float, float, float]]) -> Track:
    """Each step's last number is how long it takes to get there."""
    at_s = begin_s + np.cumsum([after for *_, after in points])
    return Track(np.column_stack([np.array(points)[:, :3], at_s]))


tracks = st.builds(made, st.floats(0, 100), st.lists(steps, min_size=2, max_size=6))


def sampled(one: Track, other: Track, error_s: float) -> bool:
    """Whether they come too near at some moments at most twice the error apart, looked at every quarter of a second."""
    places = [_places(each.points) for each in (one, other)]
    here, there = places[0][:, None], places[1][None]
    in_step = np.abs(here[..., 3] - there[..., 3]) <= 2 * error_s
    across_m = np.hypot(here[..., 0] - there[..., 0], here[..., 1] - there[..., 1])
    return bool(np.any(in_step & (across_m < HORIZONTAL_M) & (np.abs(here[..., 2] - there[..., 2]) < VERTICAL_M)))


def _places(points: np.ndarray) -> np.ndarray:
    at_s = np.concatenate([points[:, 3], np.arange(points[0, 3], points[-1, 3], 0.25)])
    return np.column_stack([*(np.interp(at_s, points[:, 3], points[:, axis]) for axis in range(3)), at_s])


@settings(max_examples=150, deadline=None)
@given(one=tracks, other=tracks, error_s=st.floats(0, 30))
def test_no_meeting_is_missed(one: Track, other: Track, error_s: float) -> None:
    """Whatever sampling finds is found; a pair more may be named, never one less."""
    if sampled(one, other, error_s):
        assert meet(one, other, error_s)


@settings(max_examples=100, deadline=None)
@given(one=tracks, others=st.lists(tracks, min_size=1, max_size=4), error_s=st.floats(0, 30))
def test_one_of_several_is_named(one: Track, others: list[Track], error_s: float) -> None:
    """One of those that are met when looked at two by two, if there are any; and nobody else."""
    alone = [number for number, other in enumerate(others) if meet(one, other, error_s)]
    found = first_met(one, others, error_s)
    assert found in alone if alone else found is None


@settings(max_examples=50, deadline=None)
@given(one=tracks, other=tracks, error_s=st.floats(0, 20), more_s=st.floats(0, 20))
def test_more_error_never_makes_less_conflict(one: Track, other: Track, error_s: float, more_s: float) -> None:
    """What is too near when flights are punctual is too near when they are not."""
    if meet(one, other, error_s):
        assert meet(one, other, error_s + more_s)


def test_made_tracks_go_forward() -> None:
    """The tracks above are what the planner makes: forwards in time."""
    points = made(5.0, [(0, 0, 0, 1), (10, 0, 5, 2)]).points
    assert all(before[3] < after[3] for before, after in pairwise(points))
