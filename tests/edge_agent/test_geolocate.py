"""Pixels become places, with an ellipse and what was taken for granted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge_agent.geolocate import AboveHorizon, GroundFix, NoGround, locate, locate_many
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.geometry import Array, Attitude, GeoPoint, LocalFrame
from missions.optics import Distortion, Intrinsics

LENS = Intrinsics.pinhole(4000, 3000, 2900.0, Distortion(k1=-0.09, k2=0.02, p1=3e-4, p2=-2e-4))
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)
MULTIROTOR = AIRCRAFT_CLASSES["multirotor"].value
FLAT = Heights(relief_share=0.0)


def view_at(height_m: float = 100.0, pitch_deg: float = -90.0, heading_deg: float = 0.0, roll_deg: float = 0.0) -> CameraView:
    attitude = Attitude.from_euler(roll_deg, pitch_deg, heading_deg)
    pose = ShotPose(PLACE, attitude, relative_altitude_m=height_m, velocity_mps=(6.0, 8.0, 0.0))
    return CameraView(pose, LENS, MULTIROTOR, ("pose: test",))


def pixel_of(point: GeoPoint, view: CameraView) -> tuple[float, float] | None:
    """Where a ground point appears: the formula of docs/architecture.md, Camera frame, forwards; None out of the picture."""
    east, north = LocalFrame(view.pose.point).to_xy(point)
    u, v = view.pixels(np.array([[north, east, view.pose.relative_altitude_m or 0.0]]))[0]
    return (u, v) if -1 < u < LENS.width_px + 1 and -1 < v < LENS.height_px + 1 else None


@settings(deadline=None)
@given(
    height_m=st.floats(10, 400),
    pitch_deg=st.floats(-90, -30),
    heading_deg=st.floats(0, 360),
    roll_deg=st.floats(-5, 5),
    u=st.floats(0, 4000),
    v=st.floats(0, 3000),
)
def test_a_pixel_is_found_again_from_its_ground_point(
    height_m: float, pitch_deg: float, heading_deg: float, roll_deg: float, u: float, v: float
) -> None:
    """A pixel's place, projected back with distortion, is the pixel to a twentieth, from whatever pose sees it."""
    view = view_at(height_m, pitch_deg, heading_deg, roll_deg)
    fix = locate((u, v), view, FLAT)
    assume(isinstance(fix, GroundFix))
    assert isinstance(fix, GroundFix)
    assert pixel_of(fix.point, view) == pytest.approx((u, v), abs=0.05)


def test_straight_down_the_image_top_is_the_heading() -> None:
    """Looking straight down from 100 m with the image's top to the east, a pixel a tenth of the focal length above the
    centre lies 10 m to the east.
    """
    view = replace(view_at(heading_deg=90), intrinsics=Intrinsics.pinhole(4000, 3000, 2900.0))
    fix = locate((2000, 1500 - 290.0), view, FLAT)
    assert isinstance(fix, GroundFix)
    assert fix.offset_m == pytest.approx((10.0, 0.0), abs=1e-6)


@pytest.mark.parametrize("pitch_deg", [0.0, -2.0, 10.0])
def test_the_sky_is_no_place(pitch_deg: float) -> None:
    """A ray above the horizon, or within 5 degrees below it, is refused as a value, with the angle."""
    refused = locate((2000, 1500), view_at(pitch_deg=pitch_deg), FLAT)
    assert isinstance(refused, AboveHorizon)
    assert refused.depression_deg == pytest.approx(-pitch_deg)


def test_without_any_height_there_is_no_place() -> None:
    """A pose that knows no height, over ground of which nothing is known, is refused, saying what would help."""
    view = view_at()
    refused = locate((2000, 1500), replace(view, pose=replace(view.pose, relative_altitude_m=None)), FLAT)
    assert isinstance(refused, NoGround)
    assert "rangefinder" in refused.reason


def test_a_fix_as_json() -> None:
    """The keys are those that `oneflight locate` prints; an altitude that is not known is null."""
    fix = locate((2000, 1500), view_at(), FLAT)
    assert isinstance(fix, GroundFix)
    shown = fix.as_json()
    assert list(shown) == ["lat", "lon", "alt_m", "ellipse_95_m", "assumptions"]
    assert list(shown["ellipse_95_m"]) == ["semi_major", "semi_minor", "orientation_deg"]
    assert (shown["lat"], shown["lon"], shown["alt_m"]) == (31.78, 119.9, None)
    assert shown["assumptions"] == ["pose: test", "height: 100.0 m over the take-off point; level ground at its height"]


def test_many_pixels_are_as_one_after_the_other() -> None:
    """`locate_many` gives, for each pixel, what `locate` gives, refusals among them."""
    view = view_at(pitch_deg=-20.0)
    pixels = np.array([[2000.0, 200.0], [100.0, 2900.0], [3000.0, 1500.0]])
    one_by_one = [locate((u, v), view, FLAT) for u, v in pixels.tolist()]
    together = locate_many(pixels, view, FLAT)
    assert [type(fix) for fix in together] == [AboveHorizon, GroundFix, GroundFix]
    for one, other in zip(one_by_one[1:], together[1:], strict=True):
        assert isinstance(one, GroundFix)
        assert isinstance(other, GroundFix)
        assert one.offset_m == pytest.approx(other.offset_m)
        assert one.covariance_m2 == pytest.approx(other.covariance_m2)


def disturbed(pixel: tuple[float, float], view: CameraView, accuracy: PoseAccuracy, samples: int) -> Array:
    """(n, 2) east and north when everything is off at random, independently of the code's Jacobian."""
    random = np.random.default_rng(7)
    found = np.empty((samples, 2))
    for index in range(samples):
        turn = random.normal(0, np.radians([accuracy.tilt_deg, accuracy.tilt_deg, accuracy.heading_deg]))
        u, v = np.array(pixel) + random.normal(0, accuracy.pixel_px, 2)
        body = LENS.rays(np.array([[u, v]]))[0] * np.array([1.0, *[1 + random.normal(0, accuracy.focal_share)] * 2])
        ray = view.pose.attitude.matrix() @ body
        ray = ray + np.cross(turn, ray)
        scale = ((view.pose.relative_altitude_m or 0.0) + random.normal(0, accuracy.height_m)) / ray[2]
        late = random.normal(0, accuracy.timing_s)
        north, east, _ = view.pose.velocity_mps or (0.0, 0.0, 0.0)
        moved = random.normal(0, accuracy.position_m, 2) + np.array([east, north]) * late
        found[index] = np.array([ray[1], ray[0]]) * scale + moved
    return found


@pytest.mark.parametrize(
    ("pixel", "pitch_deg", "heading_deg", "timing_s"),
    [((2000, 1500), -90, 0, 0.5), ((3700, 200), -90, 40, 0.03), ((900, 2100), -45, 200, 0.03)],
)
def test_the_covariance_is_that_of_disturbed_poses(
    pixel: tuple[float, float], pitch_deg: float, heading_deg: float, timing_s: float
) -> None:
    """The propagated covariance agrees with 20,000 random disturbances within 5 % of its size (statistical error: 1 %)."""
    accuracy = replace(MULTIROTOR, timing_s=timing_s)
    view = replace(view_at(80.0, pitch_deg, heading_deg), accuracy=accuracy)
    fix = locate(pixel, view, FLAT)
    assert isinstance(fix, GroundFix)
    expected = np.cov(disturbed(pixel, view, accuracy, 20_000).T)
    assert np.abs(fix.covariance_m2 - expected).max() < 0.05 * np.trace(expected)


def test_timing_is_doubted_along_the_velocity_alone() -> None:
    """Half a second of doubt at 10 m/s adds 25 m2 along the course (0.6 north, 0.8 east) and nothing across it."""
    view = view_at()
    sharp = locate((2000, 1500), view, FLAT)
    vague = locate((2000, 1500), replace(view, accuracy=replace(MULTIROTOR, timing_s=0.5)), FLAT)
    assert isinstance(sharp, GroundFix)
    assert isinstance(vague, GroundFix)
    added = vague.covariance_m2 - sharp.covariance_m2
    course, across = np.array([0.8, 0.6]), np.array([-0.6, 0.8])
    assert course @ added @ course == pytest.approx(25 - 100 * 0.03**2, rel=1e-6)
    assert across @ added @ across == pytest.approx(0, abs=1e-9)


def test_with_an_exact_pose_places_are_exact() -> None:
    """From 100 to 400 m away, with distortion and pixels rounded to whole ones, the median error is under 0.3 m."""
    errors = []
    for height_m, pitch_deg in [(100, -90), (250, -90), (400, -90), (150, -45), (280, -45)]:
        view = view_at(height_m, pitch_deg, heading_deg=33.0, roll_deg=1.0)
        for east_m, north_m in np.random.default_rng(1).uniform(-200, 200, (200, 2)):
            point = LocalFrame(PLACE).to_geo(east_m, north_m)
            pixel = pixel_of(point, view)
            fix = None if pixel is None else locate((round(pixel[0]), round(pixel[1])), view, FLAT)
            if isinstance(fix, GroundFix):
                errors.append(fix.point.distance_m(point))
    assert len(errors) > 100
    assert np.median(errors) < 0.3
