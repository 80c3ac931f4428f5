"""Cameras."""

import pytest

from missions.aircraft import Camera


def test_right_angle() -> None:
    """At 90° the focal length is half the width, and the vertical half angle's tangent is height over width."""
    camera = Camera(width_px=1000, height_px=1000, hfov_deg=90)
    assert camera.focal_px == pytest.approx(500)
    assert camera.vfov_deg == pytest.approx(90)
