"""What an aircraft tells of a picture's pose: the truth, and what its sensors make of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from missions.geometry import Attitude, GeoPoint, LocalFrame
from missions.optics import Intrinsics
from missions.telemetry import Pose
from simulator.footage.course import Course
from simulator.footage.sensor_errors import SensorErrors, ToldError, hung

BEGAN = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""When the autopilot of every footage was switched on."""

LOCAL_TIME = timezone(timedelta(hours=8))
"""Of the district; what drones write without a zone is meant so."""

GROUND_ALTITUDE_M = 5.0
"""Of the simulated ground, above mean sea level."""


@dataclass(frozen=True, slots=True)
class Told:
    """`relative_altitude_m` over the take-off point; `pitch_deg` and `yaw_deg` of the camera, which believes itself level;
    `heading_deg` of the nose; `velocity_mps` north, east and down; `range_m` a laser's distance along the optical axis.
    """

    at: datetime
    point: GeoPoint
    relative_altitude_m: float
    pitch_deg: float
    yaw_deg: float
    heading_deg: float
    velocity_mps: tuple[float, float, float]
    range_m: float | None = None

    @property
    def altitude_m(self) -> float:
        """Above mean sea level."""
        return self.relative_altitude_m + GROUND_ALTITUDE_M

    @property
    def camera(self) -> Attitude:
        """Camera to north-east-down."""
        return Attitude.from_euler(0.0, self.pitch_deg, self.yaw_deg)


def tell(course: Course, time_s: float, error: ToldError, frame: LocalFrame, range_m: float | None = None) -> Told:
    """The pose told with a picture of `time_s`; the clock of the picture itself is right."""
    then_s = time_s + error.time_s
    east, north = course.place(then_s)
    heading_deg = (course.heading_deg(then_s) + error.heading_deg) % 360.0
    return Told(
        at=BEGAN + timedelta(seconds=time_s),
        point=frame.to_geo(east + error.east_m, north + error.north_m),
        relative_altitude_m=course.manner.height_m + error.height_m,
        pitch_deg=course.manner.pitch_deg,
        yaw_deg=heading_deg,
        heading_deg=heading_deg,
        velocity_mps=course.velocity_mps(then_s),
        range_m=range_m,
    )


def true_pose(course: Course, time_s: float, error: ToldError, frame: LocalFrame) -> Pose:
    """Where the camera was and how it hung; the gimbal holds what it believes to be level."""
    pose = course.pose(time_s, frame)
    return pose.model_copy(update={"camera": hung(pose.camera, course.heading_deg(time_s), error)})


def laser_range_m(pose: Pose, sigmas: SensorErrors, rng: np.random.Generator) -> float:
    """The distance to flat ground along the optical axis, as a laser measures it."""
    true_m = pose.height_m / float(pose.camera.matrix()[2, 0])
    return true_m + float(rng.normal(0, np.hypot(sigmas.range_m, sigmas.range_share * true_m)))


def told_lens(lens: Intrinsics, error: ToldError) -> Intrinsics:
    """The lens as it was calibrated: its focal length a little off."""
    share = 1.0 + error.focal_share
    return lens.model_copy(update={"fx_px": lens.fx_px * share, "fy_px": lens.fy_px * share})
