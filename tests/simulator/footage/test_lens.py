import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.geometry import Attitude, GeoPoint
from missions.optics import Distortion, Intrinsics
from missions.telemetry import Pose
from simulator.footage.lens import LensView, Photographer, wide_camera
from simulator.footage.order import MECHANICAL_SHUTTER
from simulator.world.matter import Matter, World

ORIGIN = GeoPoint(lat_deg=31.78, lon_deg=119.9)
BENT = Intrinsics.pinhole(640, 360, 457.0, MECHANICAL_SHUTTER)


def world_with_shed(east_m: float, north_m: float) -> World:
    bare = World(seed=3, district_id="d", origin=ORIGIN)
    place = bare.frame.to_geo(east_m, north_m)
    shed = Matter(id="m1", class_key="blue_steel_shed", position=place, heading_deg=20, size_m=14, seed=5)
    return bare.model_copy(update={"matters": (shed,)})


def straight_down(height_m: float = 80.0) -> Pose:
    return Pose(time_boot_ms=0, point=ORIGIN, height_m=height_m, camera=Attitude.from_euler(0, -90, 0))


def test_a_bent_picture_shows_a_matter_where_its_true_box_says() -> None:
    """Where a matter was painted, the picture differs from one without it: inside its box, and its whole box wide."""
    far_out = world_with_shed(45.0, 20.0)
    photographer = Photographer(far_out, BENT)
    box = photographer.in_view(straight_down())["m1"]
    bare = Photographer(far_out.model_copy(update={"matters": ()}), BENT)
    differs = np.abs(photographer.picture(straight_down()).astype(int) - bare.picture(straight_down())).max(axis=2) > 70
    rows, columns = np.nonzero(differs)
    edges = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    assert edges[0] == pytest.approx(box.x_min, abs=1.6)
    assert edges[3] == pytest.approx(box.y_max, abs=1.6)


def test_a_bent_lens_draws_things_nearer_to_the_middle() -> None:
    """k1 = -0.1 at a tangent of 0.5 draws in by a factor of 1 - 0.1 x 0.25: from 228.5 px beside the middle to 222.8."""
    lens = Intrinsics.pinhole(640, 360, 457.0, Distortion(k1=-0.1))
    view = LensView(straight_down(100.0), lens, world_with_shed(0, 0).frame)
    (pixel,) = view.to_image(np.array([[50.0, 0.0]]))
    assert pixel[0] - 320 == pytest.approx(457 * 0.5 * 0.975)


def test_what_lies_outside_never_folds_back_into_the_picture() -> None:
    """Ground from the picture's edge to the horizon stays outside, though the polynomials turn back at a tangent of 2."""
    view = LensView(straight_down(100.0), BENT, world_with_shed(0, 0).frame)
    pixels = view.to_image(np.column_stack([np.linspace(90.0, 2000.0, 400), np.zeros(400)]))
    assert (pixels[:, 0] > BENT.width_px).all()


@given(st.floats(-0.2, 0.1), st.floats(-0.02, 0.02))
def test_the_perfect_camera_sees_all_that_the_lens_does(k1: float, k2: float) -> None:
    """Its picture reaches as far as the ray of each corner."""
    lens = Intrinsics.pinhole(640, 360, 457.0, Distortion(k1=k1, k2=k2))
    wide = wide_camera(lens)
    corners = lens.rays(np.array([(0.0, 0.0), (640.0, 0.0), (640.0, 360.0), (0.0, 360.0)]))[:, 1:] * wide.focal_px
    assert (np.abs(corners) <= (wide.width_px / 2, wide.height_px / 2)).all()
