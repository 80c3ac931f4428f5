"""Frames of a world."""

import numpy as np
import pytest

from missions.aircraft import Camera
from missions.geometry import Attitude, GeoPoint
from missions.telemetry import Pose
from simulator.world.matter import Matter, World
from simulator.world.renderer import Renderer

ORIGIN = GeoPoint(lat_deg=31.78, lon_deg=119.9)
CAMERA = Camera(width_px=640, height_px=360, hfov_deg=60)
PLACE = ORIGIN.moved(60, 800)


def _world(*matters: Matter) -> World:
    return World(seed=4, district_id="here", origin=ORIGIN, matters=matters)


def _matter(class_key: str = "blue_steel_shed", size_m: float = 14) -> Matter:
    return Matter(id="m1", class_key=class_key, position=PLACE, heading_deg=30, size_m=size_m, seed=1)


def _pose(pitch_deg: float, *, ahead_m: float, height_m: float = 80.0, time_boot_ms: float = 1000) -> Pose:
    """Towards heading 20, so that a place `ahead_m` before the aircraft is PLACE."""
    point = PLACE.moved(200, ahead_m)
    attitude = Attitude.from_euler(0, pitch_deg, 20)
    return Pose(time_boot_ms=time_boot_ms, point=point, height_m=height_m, camera=attitude)


@pytest.mark.parametrize(("pitch", "ahead"), [(-90, 0), (-90, 15), (-60, 46), (-45, 80)])
@pytest.mark.parametrize("class_key", ["hardened_ground", "soil_excavation"])
def test_a_matter_is_drawn_where_the_truth_says(pitch: float, ahead: float, class_key: str) -> None:
    """What differs from the same frame without the matter fills its box, to two pixels on each side."""
    pose = _pose(pitch, ahead_m=ahead)
    there = Renderer(_world(_matter(class_key)), CAMERA)
    change = np.abs(there.frame(pose).astype(int) - Renderer(_world(), CAMERA).frame(pose).astype(int)).max(axis=2) > 25
    rows, columns = np.nonzero(change)
    box = there.in_view(pose)["m1"]
    drawn = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert drawn == pytest.approx((box.x_min, box.y_min, box.x_max, box.y_max), abs=2)


def test_a_matter_under_the_camera_is_in_the_middle_of_the_picture() -> None:
    """Straight above its position the box's middle is the picture's, within a pixel."""
    box = Renderer(_world(_matter()), CAMERA).in_view(_pose(-90, ahead_m=0))["m1"]
    assert box.foot == pytest.approx((320, 180), abs=1.0)


def test_the_same_pose_gives_the_same_frame() -> None:
    """Frames depend on world, pose and time alone."""
    first, second = (Renderer(_world(_matter()), CAMERA).frame(_pose(-90, ahead_m=0)) for _ in range(2))
    assert np.array_equal(first, second)


def test_what_is_out_of_sight_is_not_in_view() -> None:
    """A matter 500 m away is not in view; a world without matters shows none."""
    assert Renderer(_world(_matter()), CAMERA).in_view(_pose(-90, ahead_m=500)) == {}
    assert Renderer(_world(), CAMERA).in_view(_pose(-90, ahead_m=0)) == {}


def test_over_the_horizon_there_is_sky() -> None:
    """Looking along the ground, the top of the picture is bright and even, and the bottom is not."""
    frame = Renderer(_world(), CAMERA).frame(_pose(-5, ahead_m=0))
    assert frame[:60].mean() > 170
    assert frame[-60:].mean() < 170
