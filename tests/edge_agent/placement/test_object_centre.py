"""The middle of a thing on the ground, from the box round it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.geolocate import place_pixels
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.placement.object_centre import centres_of, corners_of
from edge_agent.shot import ShotPose
from missions.geometry import Array, Attitude, GeoPoint, PixelBox
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(4000, 3000, 2900.0)
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)


def looking(height_m: float, pitch_deg: float, heading_deg: float) -> CameraView:
    pose = ShotPose(PLACE, Attitude.from_euler(0, pitch_deg, heading_deg), relative_altitude_m=height_m)
    return CameraView(pose, LENS, AIRCRAFT_CLASSES["rtk"].value)


def found(outline_m: Array, view: CameraView) -> Array:
    """North and east of the middle, from the box round an outline (n, 2) of north and east on the ground."""
    height_m = view.pose.relative_altitude_m or 0.0
    pixels = view.pixels(np.column_stack([outline_m, np.full(len(outline_m), height_m)]))
    (u_min, v_min), (u_max, v_max) = pixels.min(axis=0), pixels.max(axis=0)
    box = PixelBox(x_min=u_min, y_min=v_min, x_max=u_max, y_max=v_max)
    corners = place_pixels(corners_of([box]).reshape(-1, 2), view, Heights()).sights_m
    return np.asarray(centres_of(corners.reshape(-1, 4, 3))[0, :2])


def disc(middle_m: Array, radius_m: float) -> Array:
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    return np.asarray(middle_m + radius_m * np.column_stack([np.cos(angle), np.sin(angle)]))


def rectangle(middle_m: Array, length_m: float, width_m: float, turn_deg: float) -> Array:
    half = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]]) * [length_m / 2, width_m / 2]
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    return np.asarray(middle_m + half @ np.array([[c, s], [-s, c]]))


@pytest.mark.parametrize("aside_m", [-40.0, 0.0, 40.0])
def test_a_disc_at_45_degrees(aside_m: float) -> None:
    """A disc of 15 m, 140 m away at 45 degrees, comes out within 0.2 m of its middle; the box's own middle does not."""
    view = looking(100, -45, 0)
    middle = np.array([100.0, aside_m])
    assert np.hypot(*(found(disc(middle, 7.5), view) - middle)) < 0.2
    pixels = view.pixels(np.column_stack([disc(middle, 7.5), np.full(720, 100.0)]))
    naive = place_pixels((pixels.min(axis=0) + pixels.max(axis=0))[None, :] / 2, view, Heights()).sights_m[0, :2]
    assert np.hypot(*(naive - middle)) > 0.25


@settings(deadline=None)
@given(st.floats(0, 360), st.floats(3, 15), st.floats(3, 15), st.floats(-40, 40), st.floats(-80, -40))
def test_a_rectangle_turned_any_way(turn_deg: float, length_m: float, width_m: float, aside_m: float, pitch_deg: float) -> None:
    """A rectangle of up to 15 m at up to 140 m comes out within 0.5 m of its middle, however it is turned, and within 0.2 m
    ahead or behind.
    """
    view = looking(100, pitch_deg, 0)
    middle = np.array([100 / np.tan(np.radians(-pitch_deg)), aside_m])
    off_m = found(rectangle(middle, length_m, width_m, turn_deg), view) - middle
    assert abs(off_m[0]) < 0.01
    assert abs(off_m[1]) < 0.5


def test_straight_down_it_is_the_boxes_middle() -> None:
    """Looked at from above, boxes and things have the same middle."""
    middle = np.array([12.0, -30.0])
    assert found(disc(middle, 5.0), looking(100, -90, 0)) == pytest.approx(middle, abs=1e-3)
