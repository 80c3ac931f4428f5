"""Paths in the plane: speeds and parts."""

from math import inf, nan

import numpy as np
import pytest

from missions.checking.track import Track, make_track

XY = np.array([[0.0, 0.0], [0.0, 0.0], [30.0, 40.0]])


@pytest.fixture
def track() -> Track:
    """20 m up in 10 s, then 50 m away in 5 s, 5 m down."""
    made = make_track(XY, [0, 20, 15], [100, 110, 115])
    assert made is not None
    return made


def test_speeds(track: Track) -> None:
    """0 and 50 m / 5 s across; 20 m / 10 s up and 5 m / 5 s down."""
    assert track.speeds_mps == pytest.approx([0, 10])
    assert track.rates_mps == pytest.approx([2, -1])


def test_part_begins_and_ends_between_points(track: Track) -> None:
    """From half of the climb to a fifth of the way."""
    part = track.between(105, 111)
    assert part.at_s == pytest.approx([105, 110, 111])
    assert part.height_m == pytest.approx([10, 20, 19])
    assert part.xy_m[-1] == pytest.approx([6, 8])


def test_overlap(track: Track) -> None:
    """Of 108 to 112 two seconds lie in each stretch; what does not reach a span is negative."""
    assert track.overlaps_s(108, 112) == pytest.approx([2, 2])
    assert track.overlaps_s(112, 120) == pytest.approx([-2, 3])


@pytest.mark.parametrize(
    ("heights", "times"),
    [
        ([0, 1, 2], [0, 2, 2]),
        ([0, 1, 2], [0, 2, 1]),
        ([0, nan, 2], [0, 1, 2]),
        ([0, inf, 2], [0, 1, 2]),
        ([0, 1e6, 0], [0, 1, 2]),
    ],
)
def test_broken_path_is_no_track(heights: list[float], times: list[float]) -> None:
    """Time goes on, and heights are heights."""
    assert make_track(XY, heights, times) is None


def test_single_point_is_no_track() -> None:
    """A track has two ends."""
    assert make_track(XY[:1], [0], [0]) is None
