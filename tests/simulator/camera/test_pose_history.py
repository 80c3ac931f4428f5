"""Poses between samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.geometry import Attitude, GeoPoint
from simulator.camera.pose_history import KEPT_MS, AircraftPose, PoseHistory


def _pose(time_ms: float, lat: float = 31.0, heading: float = 0.0) -> AircraftPose:
    return AircraftPose(time_ms, GeoPoint(lat_deg=lat, lon_deg=120), lat * 10, Attitude.from_euler(0, 0, heading))


@given(st.floats(0, 1))
def test_between_two_samples_the_pose_is_in_proportion(share: float) -> None:
    """Position and altitude are linear between samples; heading turns the shorter way, across north too."""
    history = PoseHistory()
    history.add(_pose(1000, 31.0, 350))
    history.add(_pose(1100, 31.1, 10))
    found = history.at(1000 + 100 * share)
    assert found is not None
    assert found.point.lat_deg == pytest.approx(31.0 + 0.1 * share)
    assert found.altitude_m == pytest.approx(310 + share)
    heading = (found.attitude.euler_deg()[2] + 180) % 360 - 180
    assert heading == pytest.approx(-10 + 20 * share, abs=0.1)


def test_outside_the_samples_nothing_is_invented() -> None:
    """Before the first, after the newest, or with none: None."""
    history = PoseHistory()
    assert history.at(5) is None
    history.add(_pose(1000))
    assert history.at(999) is None
    assert history.at(1000) is not None
    assert history.at(1001) is None


def test_a_clock_that_runs_back_forgets_what_was() -> None:
    """A restarted autopilot begins a new history."""
    history = PoseHistory()
    history.add(_pose(90_000))
    history.add(_pose(100))
    assert history.newest_ms == 100
    assert history.at(90_000) is None


def test_old_poses_are_dropped() -> None:
    """Nothing older than KEPT_MS is kept."""
    history = PoseHistory()
    for time_ms in range(0, 30_000, 50):
        history.add(_pose(time_ms))
    assert history.at(29_950 - KEPT_MS - 51) is None
    assert history.at(29_950 - KEPT_MS + 1) is not None
