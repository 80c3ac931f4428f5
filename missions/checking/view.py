"""What a camera shows of flat ground along a straight way: how wide, and how far beyond the way's ends."""

from dataclasses import dataclass
from math import cos, radians, sin, tan

from missions.aircraft import Camera

FLATTEST_DEG = 15.0
"""Rays that are flatter show the ground too coarsely to count."""


@dataclass(frozen=True, slots=True)
class View:
    """In metres: half the width where it is least, what is seen behind the way's begin, and ahead of its end. `near_m` is how
    far ahead the near edge lies (negative: behind).
    """

    half_width_m: float
    near_m: float
    behind_m: float
    ahead_m: float


def view_from(camera: Camera, height_m: float, pitch_deg: float) -> View:
    """The view by the pinhole model, image width across the way.

    A view at the depression d shows the rays from d + v/2 (near) to d - v/2 (far), v being the vertical angle of view. Along
    the near edge the depth is h cos(v/2) / sin(near), and the width 2 depth tan(hfov/2). Straight down that is 2 h tan(hfov/2).
    """
    half_v_deg = camera.vfov_deg / 2
    near = radians(-pitch_deg + half_v_deg)
    far = radians(max(-pitch_deg - half_v_deg, FLATTEST_DEG))
    depth_m = height_m * cos(radians(half_v_deg)) / sin(near)
    return View(
        half_width_m=depth_m * tan(radians(camera.hfov_deg / 2)),
        near_m=height_m / tan(near),
        behind_m=max(-height_m / tan(near), 0.0),
        ahead_m=max(height_m / tan(far), 0.0),
    )
