"""What a camera sees of the ground."""

from math import cos, isclose, radians, sin, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import Camera
from missions.planning.footprint import ground_footprint, sweep_spacing_m, trigger_distance_m
from missions.route import CameraUse

WIDE = Camera(width_px=1280, height_px=720, hfov_deg=90)
"""tan 45° is 1: from 100 m straight down it sees 200 m across, and 720/1280 of that along."""


def test_straight_down() -> None:
    """Straight down the footprint is the image scaled by height over focal length."""
    seen = ground_footprint(WIDE, 100)
    assert seen.across_m == pytest.approx(200)
    assert seen.along_m == pytest.approx(112.5)
    assert seen.sample_m == pytest.approx(200 / 1280)


def test_spacings_leave_the_overlap() -> None:
    """Pictures 30 % of 112.5 m apart overlap by 70 %, sweeps 70 % of 200 m apart by 30 %."""
    use = CameraUse(front_overlap=0.7, side_overlap=0.3)
    assert trigger_distance_m(WIDE, 100, use) == pytest.approx(33.75)
    assert sweep_spacing_m(WIDE, 100, use) == pytest.approx(140)


def test_oblique_reaches_from_near_to_far_ray() -> None:
    """At -45° the footprint lies between the rays at 45° plus and minus half the vertical angle of view."""
    half = WIDE.vfov_deg / 2
    seen = ground_footprint(WIDE, 100, -45)
    assert seen.along_m == pytest.approx(100 / tan(radians(45 - half)) - 100 / tan(radians(45 + half)))
    near_depth_m = 100 / sin(radians(45 + half)) * cos(radians(half))
    assert seen.across_m == pytest.approx(2 * near_depth_m)


def test_view_to_the_horizon_is_cut() -> None:
    """A camera that sees the horizon still has a finite footprint."""
    assert 0 < ground_footprint(WIDE, 100, -10).along_m < 400


@given(height_m=st.floats(5, 120), pitch_deg=st.floats(-90, 0), hfov_deg=st.floats(20, 110))
def test_scales_with_height(height_m: float, pitch_deg: float, hfov_deg: float) -> None:
    """From twice the height everything is twice as large."""
    camera = Camera(width_px=1280, height_px=720, hfov_deg=hfov_deg)
    low, high = ground_footprint(camera, height_m, pitch_deg), ground_footprint(camera, 2 * height_m, pitch_deg)
    assert isclose(high.across_m, 2 * low.across_m)
    assert isclose(high.along_m, 2 * low.along_m)
    assert low.across_m > 0
    assert low.along_m > 0
