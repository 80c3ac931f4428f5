import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge_agent.config import Accuracy
from edge_agent.geolocate import AboveHorizon, GroundFix, combine, locate
from missions.aircraft import Camera
from missions.geometry import Array, Attitude, GeoPoint, LocalFrame
from missions.telemetry import Pose

CAMERA = Camera(width_px=1280, height_px=720, hfov_deg=70.0)
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)


def pose_at(height_m: float = 100.0, pitch_deg: float = -90.0, heading_deg: float = 0.0, roll_deg: float = 0.0) -> Pose:
    camera = Attitude.from_euler(roll_deg, pitch_deg, heading_deg)
    return Pose(time_boot_ms=0, point=PLACE, height_m=height_m, camera=camera, ground_speed_mps=8.0)


def pixel_of(point: GeoPoint, pose: Pose) -> tuple[float, float] | None:
    """Where a ground point appears: the formula of docs/architecture.md, Camera frame, forwards; None behind the camera."""
    east, north = LocalFrame(pose.point).to_xy(point)
    along, right, down = pose.camera.matrix().T @ np.array([north, east, pose.height_m])
    if along <= 0:
        return None
    return CAMERA.width_px / 2 + CAMERA.focal_px * right / along, CAMERA.height_px / 2 + CAMERA.focal_px * down / along


@settings(deadline=None)
@given(
    height_m=st.floats(10, 120),
    pitch_deg=st.floats(-90, -30),
    heading_deg=st.floats(0, 360),
    roll_deg=st.floats(-5, 5),
    east_m=st.floats(-150, 150),
    north_m=st.floats(-150, 150),
)
def test_a_ground_point_is_found_again_from_its_pixel(
    height_m: float, pitch_deg: float, heading_deg: float, roll_deg: float, east_m: float, north_m: float
) -> None:
    """A known ground point, projected into pixels and back, is off by less than 1 cm, from whatever pose sees it."""
    pose = pose_at(height_m, pitch_deg, heading_deg, roll_deg)
    point = LocalFrame(PLACE).to_geo(east_m, north_m)
    pixel = pixel_of(point, pose)
    assume(pixel is not None)
    assert pixel is not None
    fix = locate(pixel, pose, CAMERA, Accuracy())
    assume(isinstance(fix, GroundFix))
    assert isinstance(fix, GroundFix)
    assert fix.point.distance_m(point) < 0.01


def test_straight_down_the_image_top_is_the_heading() -> None:
    """Looking straight down from 100 m with the image's top to the east, a pixel above the centre lies to the east, at
    height over focal length.
    """
    fix = locate((640, 360 - CAMERA.focal_px / 10), pose_at(heading_deg=90), CAMERA, Accuracy())
    assert isinstance(fix, GroundFix)
    assert fix.offset_m == pytest.approx((10.0, 0.0), abs=1e-6)


@pytest.mark.parametrize("pitch_deg", [0.0, -2.0, 10.0])
def test_the_sky_is_no_place(pitch_deg: float) -> None:
    """A ray above the horizon, or within 5 degrees below it, is refused as a value."""
    assert isinstance(locate((640, 360), pose_at(pitch_deg=pitch_deg), CAMERA, Accuracy()), AboveHorizon)


def monte_carlo(pixel: tuple[float, float], pose: Pose, accuracy: Accuracy, samples: int) -> Array:
    """Covariance of east and north by disturbing everything at random, independently of the code's Jacobian."""
    random = np.random.default_rng(7)
    found = []
    for _ in range(samples):
        turn = random.normal(0, np.radians([accuracy.tilt_deg, accuracy.tilt_deg, accuracy.heading_deg]))
        u, v = np.array(pixel) + random.normal(0, accuracy.pixel_px, 2)
        body = np.array([1.0, (u - 640) / CAMERA.focal_px, (v - 360) / CAMERA.focal_px])
        ray = pose.camera.matrix() @ body
        ray = ray + np.cross(turn, ray)
        scale = (pose.height_m + random.normal(0, accuracy.height_m)) / ray[2]
        moved = random.normal(0, np.hypot(accuracy.position_m, accuracy.timing_s * pose.ground_speed_mps), 2)
        found.append(np.array([ray[1], ray[0]]) * scale + moved)
    return np.cov(np.array(found).T)


@pytest.mark.parametrize(
    ("pixel", "pitch_deg", "heading_deg"), [((640, 360), -90, 0), ((1200, 100), -90, 40), ((300, 500), -45, 200)]
)
def test_the_covariance_is_that_of_disturbed_poses(pixel: tuple[float, float], pitch_deg: float, heading_deg: float) -> None:
    """The propagated covariance agrees with 20,000 random disturbances within 5 % of its size (statistical error: 1 %)."""
    pose, accuracy = pose_at(80.0, pitch_deg, heading_deg), Accuracy()
    fix = locate(pixel, pose, CAMERA, accuracy)
    assert isinstance(fix, GroundFix)
    expected = monte_carlo(pixel, pose, accuracy, 20_000)
    assert np.abs(fix.covariance_m2 - expected).max() < 0.05 * np.trace(expected)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.5, 10)), min_size=1, max_size=12))
def test_observations_are_weighted_by_their_certainty(observations: list[tuple[float, float, float]]) -> None:
    """With round covariances, the combination is the mean weighted by one over the variance, and its variance one over the
    sum of weights, plus the floor's square.
    """
    weights = np.array([1 / sigma**2 for _, _, sigma in observations])
    places = np.array([(x, y) for x, y, _ in observations])
    position, covariance = combine(np.eye(2) * weights.sum(), weights @ places, floor_m=1.5)
    assert position == pytest.approx((weights[:, None] * places).sum(axis=0) / weights.sum())
    assert covariance == pytest.approx(np.eye(2) * (1 / weights.sum() + 2.25))
