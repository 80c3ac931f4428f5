"""Where the ground appears in a picture."""

from math import radians, tan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.aircraft import Camera
from missions.geometry import Attitude, GeoPoint, LocalFrame
from missions.telemetry import Pose
from simulator.world.matter import Matter
from simulator.world.projection import FARTHEST_M, View, box_in_view, visible

ORIGIN = GeoPoint(lat_deg=31.78, lon_deg=119.9)
FRAME = LocalFrame(ORIGIN)
CAMERA = Camera(width_px=1280, height_px=720, hfov_deg=70)


def view_at(height_m: float, pitch_deg: float, yaw_deg: float, roll_deg: float = 0.0) -> View:
    """A view from over the origin."""
    attitude = Attitude.from_euler(roll_deg, pitch_deg, yaw_deg)
    return View(Pose(time_boot_ms=0, point=ORIGIN, height_m=height_m, camera=attitude), CAMERA, FRAME)


def test_straight_down_has_the_scale_of_the_focal_length() -> None:
    """From 100 m a place 10 m north lies f/10 pixels above the middle, one 10 m east as far to its right."""
    pixels = view_at(100, -90, 0).to_image(np.array([(0.0, 0.0), (0.0, 10.0), (10.0, 0.0)]))
    step = 640 / tan(radians(35)) / 10
    assert pixels == pytest.approx(np.array([(640, 360), (640, 360 - step), (640 + step, 360)]))


def test_the_top_of_the_picture_points_to_the_heading() -> None:
    """Looking straight down with heading 90, east is up."""
    pixels = view_at(100, -90, 90).to_image(np.array([(10.0, 0.0)]))[0]
    assert pixels[0] == pytest.approx(640)
    assert pixels[1] < 300


def test_aslant_the_middle_of_the_picture_lies_as_far_ahead_as_the_camera_is_high() -> None:
    """At -45 degrees towards the north from 70 m: 70 m north."""
    assert view_at(70, -45, 0).to_image(np.array([(0.0, 70.0)]))[0] == pytest.approx((640, 360))


@given(st.floats(20, 120), st.floats(-90, -30), st.floats(0, 360), st.floats(-5, 5), st.floats(0, 1280), st.floats(100, 720))
def test_ray_and_projection_undo_each_other(height_m: float, pitch: float, yaw: float, roll: float, u: float, v: float) -> None:
    """Where a pixel's ray meets the ground, that place projects to the pixel."""
    view = view_at(height_m, pitch, yaw, roll)
    north, east, down = view.rays(np.array([(u, v)]))[0]
    if down < 0.05:
        return
    place = np.array([(view.east_m + east / down * height_m, view.north_m + north / down * height_m)])
    assert view.to_image(place)[0] == pytest.approx((u, v), abs=1e-6)


def test_places_behind_the_camera_have_no_pixel() -> None:
    """Looking ahead at -30 degrees, what lies far behind is not a number."""
    assert np.isnan(view_at(50, -30, 0).to_image(np.array([(0.0, -500.0)]))).all()


def test_a_box_needs_enough_of_itself_in_the_picture() -> None:
    """A square half over the left edge is seen at a share of 0.4, cut at the edge, and not at 0.6."""
    view = view_at(100, -90, 0)
    edge = -100 * tan(radians(35))
    square = np.array([(edge - 5, -5), (edge + 5, -5), (edge + 5, 5), (edge - 5, 5)])
    box = box_in_view(square, view, 0.4)
    assert box is not None
    assert box.x_min == 0
    assert box_in_view(square, view, 0.6) is None


def test_the_footprint_holds_all_that_is_in_the_picture() -> None:
    """Straight down from 100 m the footprint is 2 x 100 x tan(35) wide."""
    places = view_at(100, -90, 0).footprint()
    assert np.ptp(places[:, 0]) == pytest.approx(200 * tan(radians(35)))


def test_a_matter_is_visible_under_the_camera_and_not_beyond_the_haze() -> None:
    """Straight below it has a box round the middle; farther away than FARTHEST_M it has none."""
    pose = Pose(time_boot_ms=0, point=ORIGIN, height_m=80, camera=Attitude.from_euler(0, -90, 0))
    below = Matter(id="m", class_key="crowd", position=ORIGIN, heading_deg=0, size_m=15, seed=1)
    box = visible(below, pose, CAMERA, FRAME)
    assert box is not None
    assert box.foot == pytest.approx((640, 360), abs=2)
    far = below.model_copy(update={"position": ORIGIN.moved(0, FARTHEST_M + 1)})
    assert visible(far, pose, CAMERA, FRAME) is None
