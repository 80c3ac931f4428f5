import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.telemetry import AttitudeSample, MovementHistory, NoPose, PositionSample, TakenPose, slerp, turned
from missions.geometry import Attitude
from missions.telemetry import Pose

LEVEL = Attitude.from_euler(0, 0, 0)


def history_of(*times_ms: float, heading_deg_per_s: float = 0.0) -> MovementHistory:
    """Flies north at 1e-5 degrees a second and climbs 1 m/s."""
    history = MovementHistory()
    for time_ms in times_ms:
        s = time_ms / 1000
        history.add_position(PositionSample(time_ms, 31.0 + 1e-5 * s, 119.0, 50.0 + s, (1.11, 0.0, -1.0)))
        history.add_attitude(AttitudeSample(time_ms, Attitude.from_euler(0, 0, heading_deg_per_s * s)))
    return history


def pose_of(history: MovementHistory, time_ms: float, pitch_deg: float = -90.0) -> Pose:
    taken = history.pose_at(time_ms, pitch_deg, 0.0)
    assert isinstance(taken, TakenPose), taken
    return taken.pose


def test_a_pose_lies_between_its_samples() -> None:
    """A quarter of the way between two samples, position, height and heading have gone a quarter of the way."""
    pose = pose_of(history_of(1000, 2000, heading_deg_per_s=40), 1250, pitch_deg=-30)
    assert pose.point.lat_deg == pytest.approx(31.0 + 1.25e-5)
    assert pose.height_m == pytest.approx(51.25)
    assert pose.camera.euler_deg() == pytest.approx((0, -30, 50))


@pytest.mark.parametrize("time_ms", [500.0, 2001.0])
def test_nothing_is_extrapolated(time_ms: float) -> None:
    """Before the first sample and after the newest there is no pose: the newest one is never used for a later frame."""
    assert isinstance(history_of(1000, 2000).pose_at(time_ms, -90, 0.0), NoPose)


def test_a_gap_is_not_interpolated() -> None:
    """Samples further apart than the bound give no pose between them."""
    assert isinstance(history_of(1000, 4000).pose_at(2000, -90, 0.0), NoPose)


def test_a_frame_waits_for_a_newer_sample() -> None:
    """A frame that is newer than all samples gets its pose as soon as a newer sample comes."""
    history = history_of(1000)
    later = threading.Timer(0.05, lambda: [history_copy(history, 2000)])
    later.start()
    taken = history.pose_at(1500, -90, 5.0)
    later.join()
    assert isinstance(taken, TakenPose)
    assert taken.pose.height_m == pytest.approx(51.5)


def history_copy(history: MovementHistory, time_ms: float) -> None:
    history.add_position(PositionSample(time_ms, 31.0 + 1e-5 * time_ms / 1000, 119.0, 50.0 + time_ms / 1000, (1.11, 0.0, -1.0)))
    history.add_attitude(AttitudeSample(time_ms, LEVEL))


def test_the_gimbal_says_where_the_camera_looks() -> None:
    """A gimbal's own attitude replaces the planned pitch; with yaw relative to the aircraft, the heading is added."""
    history = history_of(1000, 2000, heading_deg_per_s=30)
    for time_ms in (1000.0, 2000.0):
        history.add_gimbal(AttitudeSample(time_ms, Attitude.from_euler(0, -60, 10), earth_yaw=False))
    assert pose_of(history, 2000, pitch_deg=-90).camera.euler_deg() == pytest.approx((0, -60, 70))


def test_a_restarted_autopilot_begins_a_new_history() -> None:
    """When the autopilot's clock goes back, what was before it is forgotten."""
    history = history_of(50_000, 51_000)
    for time_ms in (1000.0, 2000.0):
        history_copy(history, time_ms)
    assert history.newest_ms() == 2000
    assert pose_of(history, 1500).height_m == pytest.approx(51.5)


angles = st.floats(-180, 180)


@settings(deadline=None)
@given(angles, st.floats(-85, 85), angles, st.floats(0, 1))
def test_slerp_turns_evenly(yaw_deg: float, pitch_deg: float, turn_deg: float, share: float) -> None:
    """Between an attitude and the same turned about the vertical by less than half a turn lies the part of that turn."""
    one = Attitude.from_euler(0, pitch_deg, yaw_deg)
    whole = turn_deg * 0.99
    part = slerp(one, turned(one, whole), share)
    assert np.allclose(part.matrix(), turned(one, whole * share).matrix(), atol=1e-6)
