"""What a camera shows across and beyond a way."""

from math import cos, radians, sin, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import Camera
from missions.checking.view import view_from

WIDE = Camera(width_px=1280, height_px=720, hfov_deg=90)
"""tan 45° is 1: from 100 m straight down it sees 100 m to each side, and 720/1280 of that before and behind."""


def test_straight_down() -> None:
    """The picture scaled by the height."""
    view = view_from(WIDE, 100, -90)
    assert (view.half_width_m, view.behind_m, view.ahead_m) == pytest.approx((100, 56.25, 56.25))


def test_oblique_counts_its_near_edge() -> None:
    """At -45° nothing behind is seen; the width is that along the steepest ray, the reach that of the flattest."""
    half = WIDE.vfov_deg / 2
    view = view_from(WIDE, 100, -45)
    assert view.half_width_m == pytest.approx(100 / sin(radians(45 + half)) * cos(radians(half)))
    assert view.behind_m == 0
    assert view.ahead_m == pytest.approx(100 / tan(radians(15.64)), rel=0.01)


def test_horizon_is_cut() -> None:
    """Rays flatter than 15° show nothing that counts: 100 m / tan 15°."""
    assert view_from(WIDE, 100, -10).ahead_m == pytest.approx(373.2, rel=1e-3)


@given(pitch_deg=st.floats(-90, 0), hfov_deg=st.floats(20, 110))
def test_width_is_the_least_of_the_picture(pitch_deg: float, hfov_deg: float) -> None:
    """No row of the picture that meets the ground shows less across than the near edge."""
    camera = Camera(width_px=1280, height_px=720, hfov_deg=hfov_deg)
    view, tangent = view_from(camera, 100, pitch_deg), tan(radians(hfov_deg / 2))
    for share in (-1.0, -0.5, 0.0, 0.5, 1.0):
        aside, below = share * camera.vfov_deg / 2, -pitch_deg + share * camera.vfov_deg / 2
        if below > 1:
            assert view.half_width_m <= 100 / sin(radians(below)) * cos(radians(aside)) * tangent * (1 + 1e-9)
