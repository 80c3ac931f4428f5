"""Many views of one thing: the place, and an ellipse that is true to its word."""

from dataclasses import replace

import numpy as np
import pytest

from edge_agent.geolocate import doubts_of, place_pixels
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.placement.uncertainty import JITTER_SHARE
from edge_agent.placement.views import Combined, Placed, ViewSums
from edge_agent.shot import ShotPose
from missions.geometry import CHI2_95_2D, Array, Attitude, GeoPoint, LocalFrame
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(1280, 720, 914.0)
ACCURACY = AIRCRAFT_CLASSES["multirotor"].value
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)
PLANE = LocalFrame(PLACE)
FLAT = Heights(relief_share=0.0)
HEIGHT_M = 100.0


def turned(attitude: Attitude, turn_rad: Array) -> Attitude:
    """The attitude turned by small angles about north, east and down."""
    x, y, z = (turn_rad / 2).tolist()
    return Attitude(w=float(np.sqrt(1 - x * x - y * y - z * z)), x=x, y=y, z=z).after(attitude)


class Pass:
    """A flight past a thing at the plane's origin, with sensor errors drawn once for the pass and once for each frame."""

    def __init__(self, random: np.random.Generator, pitch_deg: float, speed_mps: float) -> None:
        self.random = random
        self.pitch_deg = pitch_deg
        self.speed_mps = speed_mps
        self.heading_deg = float(random.uniform(0, 360))
        common, a = np.sqrt(1 - JITTER_SHARE), ACCURACY
        self.shift_m = random.normal(0, a.position_m, 2)
        self.higher_m = random.normal(0, a.height_m)
        self.turn = common * random.normal(0, np.radians([a.tilt_deg, a.tilt_deg, a.heading_deg]))
        self.late_s = random.normal(0, a.timing_s)
        self.focal = 1 + random.normal(0, a.focal_share)

    def view(self, along_m: float, aside_m: float) -> Placed | None:
        """The thing as placed by a frame taken `along_m` past it, `aside_m` to the right; None out of the picture."""
        heading = np.radians(self.heading_deg)
        ahead, right = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
        camera = along_m * ahead + aside_m * right
        true = self._camera(camera, HEIGHT_M, Attitude.from_euler(0, self.pitch_deg, self.heading_deg))
        pixel = true.pixels(np.array([[-camera[0], -camera[1], HEIGHT_M]]))[0]
        pixel = (pixel - [640, 360]) / self.focal + [640, 360]
        if not (0 <= pixel[0] <= 1280 and 0 <= pixel[1] <= 720):
            return None
        jitter = np.sqrt(JITTER_SHARE) * self.random.normal(0, np.radians([ACCURACY.tilt_deg] * 2 + [ACCURACY.heading_deg]))
        believed = self._camera(
            camera + self.shift_m + self.late_s * self.speed_mps * ahead,
            HEIGHT_M + self.higher_m,
            turned(true.pose.attitude, self.turn + jitter),
        )
        seen = pixel + self.random.normal(0, ACCURACY.pixel_px, 2)
        places = place_pixels(seen[None, :], believed, FLAT)
        doubt = doubts_of(places, believed)
        xy_m = places.offsets_m[0] + PLANE.to_xy(believed.pose.point)
        return Placed(xy_m, doubt.common[0], doubt.own_m2[0], HEIGHT_M - float(places.sights_m[0, 2]), ACCURACY.height_m)

    def _camera(self, north_east: Array, height_m: float, attitude: Attitude) -> CameraView:
        heading = np.radians(self.heading_deg)
        velocity = (self.speed_mps * float(np.cos(heading)), self.speed_mps * float(np.sin(heading)), 0.0)
        point = PLANE.to_geo(float(north_east[1]), float(north_east[0]))
        pose = ShotPose(point, attitude, relative_altitude_m=height_m, velocity_mps=velocity)
        return CameraView(pose, LENS, ACCURACY)


def combined(views: list[Placed]) -> Combined:
    sums = ViewSums()
    for view in views:
        sums = sums.with_view(view)
    return sums.combined()


def is_inside(place: Combined) -> bool:
    """Whether the true place, the origin, lies in the 95 % ellipse."""
    return float(place.xy_m @ np.linalg.solve(place.covariance_m2, place.xy_m)) <= CHI2_95_2D


def passes(pitch_deg: float, speed_mps: float, frames: int, seed: int) -> list[Combined]:
    """What 600 passes say, each of `frames` frames at most while the thing is in the picture."""
    random, places = np.random.default_rng(seed), []
    middle_m = 0.0 if pitch_deg == -90 else -HEIGHT_M / np.tan(np.radians(-pitch_deg))
    for _ in range(600):
        flown, aside_m = Pass(random, pitch_deg, speed_mps), float(random.uniform(-40, 40))
        reach_m = 30.0 if frames > 1 else 0.0
        taken = [flown.view(middle_m + along_m, aside_m) for along_m in np.linspace(-reach_m, reach_m, frames)]
        views = [view for view in taken if view is not None]
        if views:
            places.append(combined(views))
    return places


@pytest.mark.parametrize(("pitch_deg", "speed_mps", "frames"), [(-90, 0, 1), (-45, 0, 1), (-90, 8, 25), (-60, 15, 8)])
def test_the_ellipse_holds_95_of_100(pitch_deg: float, speed_mps: float, frames: int) -> None:
    """Straight down, at 45 degrees and moving, of single frames and of whole passes, 93 to 97 % of the true places lie inside
    the 95 % ellipse (600 passes: 0.9 % of statistical error), with errors shared by a pass and errors of each frame.
    """
    places = passes(pitch_deg, speed_mps, frames, seed=11)
    assert len(places) > 500
    assert 0.93 <= np.mean([is_inside(place) for place in places]) <= 0.97


def test_straight_down_from_100_m_the_median_is_under_2_5_m() -> None:
    """With a multirotor's errors, whole passes straight down from 100 m are off by less than 2.5 m in the median."""
    assert np.median([np.hypot(*place.xy_m) for place in passes(-90, 8, 25, seed=5)]) < 2.5


def test_what_views_share_does_not_average_out() -> None:
    """A hundred views from one place, of errors that they share alone, are as doubtful as one."""
    common = np.zeros((2, 8))
    common[0, 0] = common[1, 1] = 2.0
    place = combined([Placed(np.array([5.0, 6.0]), common, np.zeros((2, 2)), None, 1.0)] * 100)
    assert place.xy_m == pytest.approx([5, 6])
    assert place.covariance_m2 == pytest.approx(4 * np.eye(2), abs=1e-4)
    assert place.alt_m is None


def test_what_is_each_views_own_averages_out() -> None:
    """Four views with 2 m of their own and nothing shared make 1 m; the nearer of two unequal ones weighs more."""
    own = [Placed(np.array([x, 0.0]), np.zeros((2, 8)), 4 * np.eye(2), None, 1.0) for x in (0.0, 2.0, 4.0, 6.0)]
    assert combined(own).xy_m == pytest.approx([3, 0])
    assert combined(own).covariance_m2 == pytest.approx(np.eye(2), rel=1e-5)
    unequal = [replace(own[0], own_m2=np.eye(2)), replace(own[3], own_m2=3 * np.eye(2))]
    assert combined(unequal).xy_m == pytest.approx([1.5, 0], rel=1e-5)


def test_rays_from_both_sides_tell_the_height() -> None:
    """Views from 60 m before and behind, with an exact pose but for a height that is believed 3 m too great, cross 3 m over
    the ground that was assumed: the place comes out right and the ground's altitude 3 m up, to 0.2 m.
    """
    views = []
    for away_m in np.linspace(-60, 60, 9):
        off_m = away_m * (HEIGHT_M + 3.0) / HEIGHT_M - away_m
        common = np.zeros((2, 8))
        common[0, 2] = away_m / HEIGHT_M * 5.0
        views.append(Placed(np.array([off_m, 0.0]), common, 0.01 * np.eye(2), 20.0, 5.0))
    place = combined(views)
    assert place.xy_m == pytest.approx([0, 0], abs=1e-6)
    assert place.alt_m == pytest.approx(23.0, abs=0.05)
    assert place.alt_sigma_m < 0.2
