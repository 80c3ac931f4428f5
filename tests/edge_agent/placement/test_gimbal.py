"""Gimbal angles in one frame or another."""

import numpy as np
import pytest

from edge_agent.placement.gimbal import GimbalFrame, camera_attitude
from missions.geometry import Attitude


def test_the_earths_frame_needs_no_aircraft() -> None:
    """Angles from north and the horizon are the camera's own."""
    gimbal = Attitude.from_euler(0, -45, 30)
    assert camera_attitude(gimbal, None, GimbalFrame.EARTH) is gimbal


def test_from_the_heading_only_the_yaw_is_added() -> None:
    """30 degrees right of a nose at 100 degrees is 130; the aircraft's pitch and roll are taken out by the gimbal."""
    camera = camera_attitude(Attitude.from_euler(0, -45, 30), Attitude.from_euler(8, 5, 100), GimbalFrame.HEADING)
    assert camera.euler_deg() == pytest.approx((0, -45, 130))


def test_a_fixed_camera_leans_with_the_aircraft() -> None:
    """A camera fixed straight down under an aircraft that noses down by 10 degrees looks 10 degrees backwards."""
    camera = camera_attitude(Attitude.from_euler(0, -90, 0), Attitude.from_euler(0, -10, 0), GimbalFrame.AIRCRAFT)
    down, back = np.cos(np.radians(10)), np.sin(np.radians(10))
    assert camera.matrix()[:, 0] == pytest.approx([-back, 0, down])


def test_without_the_aircraft_its_frame_is_refused() -> None:
    """Angles in the aircraft's frame mean nothing without its attitude."""
    with pytest.raises(ValueError, match="need the aircraft's attitude"):
        camera_attitude(Attitude.from_euler(0, 0, 0), None, GimbalFrame.AIRCRAFT)
