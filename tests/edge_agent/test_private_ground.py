"""Zones on flat ground, seen by a camera of 400 x 300 pixels with a focal length of 400 pixels; from 80 m straight down its
picture is 80 m wide and 60 m high.
"""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.private_ground import PrivateGround
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.airspace import Outline
from missions.geometry import Array, Attitude, GeoPoint, LocalFrame
from missions.optics import Distortion, Intrinsics

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
FRAME = LocalFrame(HOME)
EXACT = PoseAccuracy(
    position_m=0.0, height_m=0.0, heading_deg=0.0, tilt_deg=0.0, timing_s=0.0, focal_share=0.0, pixel_px=0.0, jitter_m=0.0
)
USUAL = PoseAccuracy(
    position_m=1.0, height_m=1.5, heading_deg=1.5, tilt_deg=0.7, timing_s=0.03, focal_share=0.005, pixel_px=4.0, jitter_m=0.0
)
LENS = Intrinsics.pinhole(400, 300, 400.0)
BENT = Intrinsics.pinhole(400, 300, 400.0, Distortion(k1=-0.15, k2=0.03, p1=0.001))
LEVEL = Heights(relief_share=0.0)


class Slope:
    """Ground that rises by a quarter to the east; 0 m at home."""

    name = "slope"

    def altitudes_m(self, lat_deg: Array, lon_deg: Array) -> Array:
        points = [GeoPoint(lat_deg=lat, lon_deg=lon) for lat, lon in zip(lat_deg, lon_deg, strict=True)]
        return FRAME.to_xy_many(points)[:, 0] / 4


def square(east_m: float, north_m: float, half_m: float = 10.0) -> Outline:
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
    return tuple(FRAME.to_geo_many([(east_m + east, north_m + north) for east, north in corners]))


def camera(
    pitch_deg: float = -90.0,
    yaw_deg: float = 0.0,
    roll_deg: float = 0.0,
    height_m: float | None = 80.0,
    accuracy: PoseAccuracy = EXACT,
    lens: Intrinsics = LENS,
) -> CameraView:
    """Over home."""
    attitude = Attitude.from_euler(roll_deg, pitch_deg, yaw_deg)
    return CameraView(ShotPose(HOME, attitude, altitude_m=height_m, relative_altitude_m=height_m), lens, accuracy)


@pytest.mark.parametrize(("east_m", "is_shown"), [(0.0, True), (49.0, True), (53.0, False), (-49.0, True), (-53.0, False)])
def test_straight_down_the_picture_s_edge_decides(east_m: float, is_shown: bool) -> None:
    """The picture reaches 40 m to either side: a zone that reaches 10 m to either side is in it up to 50 m."""
    assert PrivateGround([square(east_m, 0)]).is_shown(camera(), LEVEL) is is_shown


def test_doubt_widens_the_picture() -> None:
    """A zone 3 m beyond the edge is passed over where the pose may be off by 1 m and 1.5 degrees, and not where it is exact."""
    zone = PrivateGround([square(53, 0)])
    assert not zone.is_shown(camera(), LEVEL)
    assert zone.is_shown(camera(accuracy=USUAL), LEVEL)


@pytest.mark.parametrize(("yaw_deg", "is_shown"), [(0, True), (20, True), (60, False), (180, False), (270, False)])
def test_a_picture_with_the_horizon_shows_what_lies_ahead(yaw_deg: float, is_shown: bool) -> None:
    """A level camera sees 26.6 degrees to either side: a zone 1 km north is in its picture, up to the horizon, or is not."""
    assert PrivateGround([square(0, 1000)]).is_shown(camera(0, yaw_deg), LEVEL) is is_shown


def test_what_is_too_far_to_be_made_out_does_not_count() -> None:
    """Beyond 3 km a pixel is metres wide: a zone there is no reason to pass a picture over."""
    assert PrivateGround([square(0, 2900)]).is_shown(camera(-5), LEVEL)
    assert not PrivateGround([square(0, 3100)]).is_shown(camera(-5), LEVEL)


def test_only_the_zone_itself_counts_and_not_its_hull() -> None:
    """In the middle of a court 100 m wide, with a private frame round it that is open to the south, nothing private is seen."""
    corners = [(-70, -60), (-60, -60), (-60, 60), (60, 60), (60, -60), (70, -60), (70, 70), (-70, 70)]
    court = PrivateGround([tuple(FRAME.to_geo_many([(float(x), float(y)) for x, y in corners]))])
    assert not court.is_shown(camera(), LEVEL)
    assert court.is_shown(camera(-60), LEVEL)


def test_a_person_at_the_zone_s_edge_counts() -> None:
    """Looking down at 45 degrees, the lower edge of the picture shows the ground from 36.4 m on, and 3 m up from 35 m on: a
    zone that ends at 35.5 m is passed over, one that ends at 34 m is not.
    """
    assert PrivateGround([square(0, 25.5)]).is_shown(camera(-45), LEVEL)
    assert not PrivateGround([square(0, 24.0)]).is_shown(camera(-45), LEVEL)


def test_without_a_height_a_zone_nearby_may_be_in_the_picture() -> None:
    """Nothing tells how much ground the picture shows: it is passed over; far from all zones it is not."""
    assert PrivateGround([square(500, 0)]).is_shown(camera(height_m=None), Heights())
    assert not PrivateGround([square(5000, 0)]).is_shown(camera(height_m=None), Heights())


def test_terrain_moves_the_zone_in_the_picture() -> None:
    """On ground that rises by a quarter a zone from 38 m to 58 m east lies 10 m to 15 m up: the picture, 80 m over home,
    reaches as far as 40 m on the level, but only 35.6 m on the slope (x = (80 - x/4) / 2).
    """
    heights = Heights(terrain=Slope(), terrain_sigma_m=0.0)
    zone = PrivateGround([square(48, 0)])
    assert zone.is_shown(camera(), LEVEL)
    assert not zone.is_shown(camera(), heights)
    assert PrivateGround([square(44, 0)]).is_shown(camera(), heights)


def test_no_zones_hold_nothing_back() -> None:
    """Where nothing is marked every picture is looked at."""
    assert not PrivateGround([])
    assert not PrivateGround([]).is_shown(camera(), LEVEL)


POSES = st.builds(
    camera,
    pitch_deg=st.floats(-90, 10),
    yaw_deg=st.floats(0, 360),
    roll_deg=st.floats(-20, 20),
    height_m=st.floats(5, 120),
    lens=st.sampled_from([LENS, BENT]),
)
SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(view=POSES, at=SHARES, within=SHARES, half_m=st.floats(0.5, 100))
def test_a_picture_that_shows_any_point_of_a_zone_is_passed_over(
    view: CameraView, at: tuple[float, float], within: tuple[float, float], half_m: float
) -> None:
    """Whatever the pose and the lens: the ground that any pixel looks at, wherever in a zone it lies, is shown."""
    north, east, down = view.rays(np.array([[400 * at[0], 300 * at[1]]]))[0].tolist()
    height_m = view.pose.relative_altitude_m or 0.0
    assume(down > 0.05)
    middle_m = [height_m * ray / down + half_m * (2 * share - 1) for ray, share in zip((east, north), within, strict=True)]
    assert PrivateGround([square(middle_m[0], middle_m[1], half_m)]).is_shown(view, LEVEL)


@given(view=POSES, at=SHARES, shift_m=SHARES, turn_deg=st.tuples(st.floats(-4, 4), st.floats(-2, 2)))
def test_a_pose_that_is_off_as_far_as_it_may_be_hides_no_zone(
    view: CameraView, at: tuple[float, float], shift_m: tuple[float, float], turn_deg: tuple[float, float]
) -> None:
    """Off by up to 2 m, 4 degrees of heading and 2 degrees of pitch, within three standard deviations each: what the true
    picture shows is passed over all the same.
    """
    north, east, down = view.rays(np.array([[400 * at[0], 300 * at[1]]]))[0].tolist()
    height_m = view.pose.relative_altitude_m or 0.0
    assume(down > 0.1)
    place_m = height_m * east / down + 2 * shift_m[0], height_m * north / down + 2 * shift_m[1]
    roll_deg, pitch_deg, yaw_deg = view.pose.attitude.euler_deg()
    believed = camera(pitch_deg + turn_deg[1], yaw_deg + turn_deg[0], roll_deg, height_m, USUAL, view.intrinsics)
    assert PrivateGround([square(*place_m, 0.5)]).is_shown(believed, LEVEL)
