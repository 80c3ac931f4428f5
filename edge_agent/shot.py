"""One picture from a file or a stream, with all that is known of how it was taken. What is not known is None, never zero."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from missions.geometry import Attitude, GeoPoint
from missions.optics import Intrinsics

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value and, for people, where it comes from ("EXIF focal length", "camera table: DJI M3E wide")."""

    value: T
    source: str


@dataclass(frozen=True, slots=True)
class PoseAccuracy:
    """Standard deviations (1 sigma) of a pose and of what goes into a place on the ground besides it.

    `position_m` of each horizontal axis, `height_m` of the height over the ground, `heading_deg` about the vertical,
    `tilt_deg` of pitch and of roll, `timing_s` of the picture's time against the pose, `focal_share` of the focal length,
    `pixel_px` of the pixel itself in pixels of the full frame. `jitter_m` is of the position too, but of this picture alone:
    telemetry that is stale, or jumps.
    """

    position_m: float
    height_m: float
    heading_deg: float
    tilt_deg: float
    timing_s: float
    focal_share: float
    pixel_px: float
    jitter_m: float = 0.0


@dataclass(frozen=True, slots=True)
class ShotPose:
    """Where the camera was and how it looked.

    `attitude` turns the camera's body frame (x along the optical axis, y to the image's right, z to its bottom) into
    north-east-down. `altitude_m` is above mean sea level (or the ellipsoid: the ground's raster must match),
    `relative_altitude_m` over the take-off point, `range_m` a laser's distance along the optical axis.
    `velocity_mps` is (north, east, down).
    """

    point: GeoPoint
    attitude: Attitude
    altitude_m: float | None = None
    relative_altitude_m: float | None = None
    range_m: float | None = None
    velocity_mps: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """`name` is the file's, of a video with the frame's number from 1 ("A.MP4#000125"); `time_s` orders a material's shots.

    Where `pose` or `intrinsics` is missing, or the picture is no longer what the camera took, `unplaced` says why in words.
    `assumptions` tells what was taken for granted, `flags` what is odd; both for people.
    """

    name: str
    path: Path
    at: datetime | None
    time_s: float
    pose: Sourced[ShotPose] | None
    intrinsics: Sourced[Intrinsics] | None
    accuracy: Sourced[PoseAccuracy]
    unplaced: str | None = None
    assumptions: tuple[str, ...] = ()
    flags: tuple[str, ...] = field(default=())
