"""What a camera sees of flat ground: the footprint of one frame, its sample distance, and the spacings that follow."""

from dataclasses import dataclass
from math import cos, radians, sin, tan

from missions.aircraft import Camera
from missions.route import CameraUse

MIN_DEPRESSION_DEG = 15.0
"""Rays flatter than this show the ground too coarsely to count: the far edge of an oblique view is cut here."""

MIN_TRIGGER_DISTANCE_M = 2.0
"""No camera of the fleet takes pictures closer together at inspection speed."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """The ground one frame shows, in metres. `across_m` is the width at the near edge, where it is least; `near_m` is how far
    ahead of the point below the camera that edge lies (negative: behind it), and the far edge `along_m` beyond.
    """

    across_m: float
    along_m: float
    near_m: float
    sample_m: float
    """Ground sample distance at the image's centre, in metres a pixel."""


def ground_footprint(camera: Camera, height_m: float, pitch_deg: float = -90.0) -> Footprint:
    """The footprint from `height_m` over flat ground, image width across the flight path, by the pinhole model."""
    depression_deg = max(-pitch_deg, MIN_DEPRESSION_DEG)
    half_v_deg = camera.vfov_deg / 2
    near_deg = depression_deg + half_v_deg
    far_deg = max(depression_deg - half_v_deg, MIN_DEPRESSION_DEG)
    near_m = _reach_m(height_m, near_deg)
    near_depth_m = height_m / sin(radians(near_deg)) * cos(radians(half_v_deg))
    return Footprint(
        across_m=2 * near_depth_m * tan(radians(camera.hfov_deg / 2)),
        along_m=_reach_m(height_m, far_deg) - near_m,
        near_m=near_m,
        sample_m=height_m / sin(radians(depression_deg)) / camera.focal_px,
    )


def trigger_distance_m(camera: Camera, height_m: float, use: CameraUse) -> float:
    """How far to fly between two pictures, so that each overlaps the one before by `front_overlap`."""
    along_m = ground_footprint(camera, height_m, use.pitch_deg).along_m
    return max(along_m * (1 - use.front_overlap), MIN_TRIGGER_DISTANCE_M)


def sweep_spacing_m(camera: Camera, height_m: float, use: CameraUse) -> float:
    """How far apart to fly neighbouring sweeps, so that they overlap by `side_overlap`."""
    return ground_footprint(camera, height_m, use.pitch_deg).across_m * (1 - use.side_overlap)


def _reach_m(height_m: float, depression_deg: float) -> float:
    """Where a ray meets the ground, ahead of the point below the camera (negative: behind it)."""
    return height_m / tan(radians(depression_deg))
