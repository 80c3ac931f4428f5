"""Many views of one thing: the place, and an ellipse that is true to its word."""

from dataclasses import replace

import numpy as np
import pytest

from edge_agent.geolocate import place_pixels
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.placement.camera_view import CameraView
from edge_agent.placement.heights import Heights
from edge_agent.placement.uncertainty import HEADING_JITTER_SHARE, TILT_JITTER_SHARE
from edge_agent.placement.views import KEPT, Bearing, Bearings, Combined, bearing_of_sums
from edge_agent.shot import PoseAccuracy, ShotPose
from missions.geometry import CHI2_95_2D, Array, Attitude, GeoPoint, LocalFrame
from missions.optics import Intrinsics

LENS = Intrinsics.pinhole(1280, 720, 914.0)
ACCURACY = AIRCRAFT_CLASSES["multirotor"].value
PLACE = GeoPoint(lat_deg=31.78, lon_deg=119.90)
PLANE = LocalFrame(PLACE)
FLAT = Heights(relief_share=0.0)
HEIGHT_M = 100.0
OWN = np.sqrt([TILT_JITTER_SHARE, TILT_JITTER_SHARE, HEADING_JITTER_SHARE])
TURNS = np.radians([ACCURACY.tilt_deg, ACCURACY.tilt_deg, ACCURACY.heading_deg])


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
        a = ACCURACY
        self.shift_m = random.normal(0, a.position_m, 2)
        self.higher_m = random.normal(0, a.height_m)
        self.turn = random.normal(0, np.sqrt(1 - OWN**2) * TURNS)
        self.late_s = random.normal(0, a.timing_s)
        self.focal = 1 + random.normal(0, a.focal_share)

    def view(self, along_m: float, aside_m: float) -> Bearing | None:
        """The thing as placed by a frame taken `along_m` past it, `aside_m` to the right; None out of the picture."""
        heading = np.radians(self.heading_deg)
        ahead, right = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
        camera = along_m * ahead + aside_m * right
        true = self._camera(camera, HEIGHT_M, Attitude.from_euler(0, self.pitch_deg, self.heading_deg))
        pixel = true.pixels(np.array([[-camera[0], -camera[1], HEIGHT_M]]))[0]
        pixel = (pixel - [640, 360]) / self.focal + [640, 360]
        if not (0 <= pixel[0] <= 1280 and 0 <= pixel[1] <= 720):
            return None
        jitter = self.random.normal(0, OWN * TURNS)
        believed = self._camera(
            camera + self.shift_m + self.late_s * self.speed_mps * ahead,
            HEIGHT_M + self.higher_m,
            turned(true.pose.attitude, self.turn + jitter),
        )
        seen = pixel + self.random.normal(0, ACCURACY.pixel_px, 2)
        sight = place_pixels(seen[None, :], believed, FLAT).sights_m[0]
        foot = PLANE.to_xy(believed.pose.point)
        return Bearing(
            camera_m=(*foot, float(sight[2])),
            place_m=(foot[0] + float(sight[1]), foot[1] + float(sight[0])),
            rise=(0.0, 0.0),
            attitude=believed.pose.attitude,
            focal_px=(914.0, 914.0),
            velocity_mps=believed.pose.velocity_mps or (0.0, 0.0, 0.0),
            accuracy=ACCURACY,
            alt_m=20.0,
        )

    def _camera(self, north_east: Array, height_m: float, attitude: Attitude) -> CameraView:
        heading = np.radians(self.heading_deg)
        velocity = (self.speed_mps * float(np.cos(heading)), self.speed_mps * float(np.sin(heading)), 0.0)
        point = PLANE.to_geo(float(north_east[1]), float(north_east[0]))
        pose = ShotPose(point, attitude, relative_altitude_m=height_m, velocity_mps=velocity)
        return CameraView(pose, LENS, ACCURACY)


def combined(views: list[Bearing]) -> Combined:
    bearings = Bearings()
    for view in views:
        bearings = bearings.with_view(view)
    return bearings.combined()


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


@pytest.mark.parametrize(
    ("pitch_deg", "speed_mps", "frames"), [(-90, 0, 1), (-45, 0, 1), (-90, 8, 12), (-45, 8, 12), (-60, 15, 8)]
)
def test_the_ellipse_holds_95_of_100(pitch_deg: float, speed_mps: float, frames: int) -> None:
    """Straight down, at 45 degrees and moving, of single frames and of whole passes, 93 to 97 % of the true places lie inside
    the 95 % ellipse (600 passes: 0.9 % of statistical error), with errors shared by a pass and errors of each frame.
    """
    places = passes(pitch_deg, speed_mps, frames, seed=11)
    assert len(places) > 500
    assert 0.93 <= np.mean([is_inside(place) for place in places]) <= 0.97


def test_straight_down_from_100_m_the_median_is_under_2_5_m() -> None:
    """With a multirotor's errors, whole passes straight down from 100 m are off by less than 2.5 m in the median."""
    assert np.median([np.hypot(*place.xy_m) for place in passes(-90, 8, 12, seed=5)]) < 2.5


EXACT = PoseAccuracy(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def from_above(east_m: float, accuracy: PoseAccuracy, away_m: float = 0.0) -> Bearing:
    """A view of a place from 100 m up, straight down on it or `away_m` west of it."""
    return Bearing(
        camera_m=(east_m - away_m, 0.0, HEIGHT_M),
        place_m=(east_m, 0.0),
        rise=(0.0, 0.0),
        attitude=Attitude.from_euler(0, -90, 0),
        focal_px=(914.0, 914.0),
        velocity_mps=(0.0, 0.0, 0.0),
        accuracy=accuracy,
        alt_m=20.0,
    )


def test_what_views_share_does_not_average_out() -> None:
    """Ten views that share 2 m of doubt, and have nothing of their own, are as doubtful as one: 4 m2."""
    place = combined([from_above(5.0, replace(EXACT, position_m=2.0))] * 10)
    assert place.xy_m == pytest.approx([5, 0])
    assert place.covariance_m2 == pytest.approx(4 * np.eye(2), abs=1e-4)


def test_what_is_each_views_own_averages_out() -> None:
    """Four views with 2 m of their own make 1 m; of two, that with a third of the variance weighs three times as much."""
    own = [from_above(east_m, replace(EXACT, jitter_m=2.0)) for east_m in (0.0, 2.0, 4.0, 6.0)]
    assert combined(own).xy_m == pytest.approx([3, 0], abs=1e-6)
    assert combined(own).covariance_m2 == pytest.approx(np.eye(2), rel=1e-5)
    unequal = [from_above(0.0, replace(EXACT, jitter_m=1.0)), from_above(6.0, replace(EXACT, jitter_m=3**0.5))]
    assert combined(unequal).xy_m == pytest.approx([1.5, 0], abs=1e-6)


def test_rays_from_both_sides_tell_the_height() -> None:
    """Rays from 60 m west to 60 m east cross 3 m over the ground that was assumed 100 m below, so that on it their places
    spread by 3 %: the place comes out right, and the ground's altitude 3 m up, to 0.2 m.
    """
    doubtful = replace(EXACT, height_m=5.0, jitter_m=0.1)
    spread = [from_above(away_m * 0.0, doubtful, away_m) for away_m in np.linspace(-60, 60, 9)]
    shares = HEIGHT_M / (HEIGHT_M - 3.0)
    views = [
        view.model_copy(update={"place_m": (view.camera_m[0] + (0.0 - view.camera_m[0]) * shares, 0.0)}) for view in spread
    ]
    place = combined(views)
    assert place.xy_m == pytest.approx([0, 0], abs=1e-6)
    assert place.alt_m == pytest.approx(23.0, abs=0.05)
    assert place.alt_sigma_m < 0.2


def test_views_are_thinned_evenly() -> None:
    """Of 100 views no more than a dozen are kept, evenly: each eighth or sixteenth, from the first on."""
    bearings = Bearings()
    for number in range(100):
        bearings = bearings.with_view(from_above(float(number), EXACT))
    assert bearings.seen == 100
    assert len(bearings.kept) <= KEPT
    assert [view.place_m[0] for view in bearings.kept] == [float(n) for n in range(0, 100, bearings.stride)]


def test_sums_of_an_older_version_still_give_their_place() -> None:
    """Two round sightings of 1 m variance at (4, 6) summed: that place, with half a square metre and the receiver's 1 m."""
    place = combined([bearing_of_sums((2.0, 0.0, 2.0), (8.0, 12.0))])
    assert place.xy_m == pytest.approx([4, 6])
    assert place.covariance_m2 == pytest.approx(1.5 * np.eye(2), rel=1e-5)
