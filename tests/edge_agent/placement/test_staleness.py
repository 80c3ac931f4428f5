"""Telemetry that is sparse, stale or jumping is doubted."""

import numpy as np
import pytest

from edge_agent.placement.staleness import PositionSamples, jitter_m

TIMES_S = np.arange(0.0, 20.0, 0.1)
STEADY_M = np.column_stack([10.0 * TIMES_S, np.zeros_like(TIMES_S)])


def doubt_at(xy_m: np.ndarray, at_s: float, times_s: np.ndarray = TIMES_S, speed_mps: float | None = None) -> float:
    speeds = None if speed_mps is None else np.full(len(times_s), speed_mps)
    return float(jitter_m(PositionSamples(times_s, xy_m, speeds), np.array([at_s]))[0])


def test_steady_samples_add_nothing() -> None:
    """Ten samples a second on a straight line add at most 0.75 x 0.05 x 0.05 = 2 mm, with reported speeds or without."""
    assert doubt_at(STEADY_M, 10.05) < 0.002
    assert doubt_at(STEADY_M, 10.05, speed_mps=10.0) < 0.002


def test_a_gap_adds_what_a_bend_can_hide() -> None:
    """In the middle of a gap of 2 s, an acceleration of 1.5 m/s2 hides 1.5 / 2 x 1 x 1 = 0.75 m."""
    sparse = TIMES_S[::20]
    assert doubt_at(STEADY_M[::20], 5.0, sparse, 10.0) == pytest.approx(0.75)


@pytest.mark.parametrize("speed_mps", [None, 10.0])
def test_a_position_that_is_repeated_is_old(speed_mps: float | None) -> None:
    """A position repeated for 0.9 s at 10 m/s is 9 m behind at the end of it, and good again when it moves."""
    held = STEADY_M[np.arange(len(TIMES_S)) // 10 * 10]
    assert doubt_at(held, 10.9, speed_mps=speed_mps) == pytest.approx(9.0, rel=0.02)
    assert doubt_at(held, 11.0, speed_mps=speed_mps) == pytest.approx(0.0, abs=0.01)


def test_hovering_is_not_stale() -> None:
    """An aircraft that stands still repeats its position, and is where it says."""
    assert doubt_at(np.zeros((200, 2)), 10.0) == 0.0
    assert doubt_at(np.zeros((200, 2)), 10.0, speed_mps=0.0) == 0.0


@pytest.mark.parametrize("speed_mps", [None, 10.0])
def test_a_jump_is_doubted_on_both_sides(speed_mps: float | None) -> None:
    """A step of 1 m + 20 m where the speed explains 1.5 x 1 m (and 1 m is let pass) leaves 18.5 m, which fades over 3 s."""
    jumped = STEADY_M + np.where(TIMES_S[:, None] >= 9.95, [[20.0, 0.0]], [[0.0, 0.0]])
    for at_s in (9.9, 10.0):
        assert doubt_at(jumped, at_s, speed_mps=speed_mps) == pytest.approx(18.5, rel=0.02)
    assert doubt_at(jumped, 11.5, speed_mps=speed_mps) == pytest.approx(18.5 / 2, rel=0.02)
    assert doubt_at(jumped, 14.0, speed_mps=speed_mps) < 0.01


def test_outside_of_the_samples_the_speed_counts() -> None:
    """Two seconds after the last sample an aircraft at 10 m/s may be 20 m on; a single sample says nothing of a time."""
    assert doubt_at(STEADY_M, 21.9, speed_mps=10.0) == pytest.approx(20.0, rel=0.1)
    assert doubt_at(STEADY_M[:1], 0.0, TIMES_S[:1]) == np.inf
