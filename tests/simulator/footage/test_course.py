import numpy as np
import pytest

from missions.geometry import GeoPoint, LocalFrame
from simulator.footage.course import Course, Manner, lawn_mower, straight

FRAME = LocalFrame(GeoPoint(lat_deg=31.78, lon_deg=119.9))
MANNER = Manner(height_m=100.0, speed_mps=10.0, pitch_deg=-90.0)


def test_a_straight_pass_goes_through_its_middle_and_on() -> None:
    """100 m to the east at 10 m/s from t = 5 s: in the middle after 5 s more, and 10 m beyond its end 1 s after it."""
    course = Course(straight(np.array([0.0, 0.0]), 100.0, 90.0), MANNER, starts_s=5.0)
    assert course.ends_s == pytest.approx(15.0)
    assert course.place(10.0) == pytest.approx((0.0, 0.0))
    assert course.place(16.0) == pytest.approx((60.0, 0.0))
    assert course.place(4.0) == pytest.approx((-60.0, 0.0))
    assert course.velocity_mps(10.0) == pytest.approx((0.0, 10.0, 0.0))
    assert course.heading_deg(10.0) == pytest.approx(90.0)


def test_the_nose_turns_evenly_round_a_corner() -> None:
    """From north to east, with the corner after 10 s: half way at the corner, done 2 s later."""
    course = Course(np.array([[0.0, 0.0], [0.0, 100.0], [100.0, 100.0]]), MANNER)
    assert course.heading_deg(7.0) == pytest.approx(0.0)
    assert course.heading_deg(10.0) == pytest.approx(45.0)
    assert course.heading_deg(12.0) == pytest.approx(90.0)


def test_lanes_cover_the_square() -> None:
    """A square of 100 m in lanes 40 m apart takes three, up and down in turn."""
    corners = lawn_mower(np.array([0.0, 0.0]), 100.0, 40.0)
    assert corners.tolist() == [[-40, -50], [-40, 50], [0, 50], [0, -50], [40, -50], [40, 50]]


def test_a_pose_looks_along_the_leg() -> None:
    """Straight down with the picture's top to the east."""
    course = Course(straight(np.array([0.0, 0.0]), 100.0, 90.0), MANNER)
    pose = course.pose(5.0, FRAME)
    assert pose.camera.matrix()[:, 0] == pytest.approx([0, 0, 1], abs=1e-12)
    assert -pose.camera.matrix()[:, 2] == pytest.approx([0, 1, 0], abs=1e-12)
    assert pose.time_boot_ms == 5000.0
