"""A frame with what is known of how it was taken, and how finely it shows the ground."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from edge_agent.ports import Image
from missions.geometry import PixelBox
from missions.optics import Intrinsics
from missions.telemetry import Pose

PERSON_M = 2.0
"""A face is nearer to the camera than the ground by as much."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A frame; what is not known of it is None."""

    image: Image
    at: datetime | None = None
    pose: Pose | None = None
    intrinsics: Intrinsics | None = None

    def finest_cm_per_px(self, window: PixelBox) -> float | None:
        """Centimetres at a standing person's head to a pixel of the frame, where the window shows them finest.

        Of the window's corners and middle: the depth at which the ray, turned into north-east-down, meets the plane
        PERSON_M above the ground, over the focal length. None where that is unknown, or all of the window is sky.
        """
        if self.pose is None or self.intrinsics is None:
            return None
        u, v = window.foot
        pixels = [(x, y) for x in (window.x_min, window.x_max) for y in (window.y_min, window.y_max)]
        rays = self.intrinsics.rays(np.array([*pixels, (u, v)])) @ self.pose.camera.matrix().T
        down = float(np.nanmax(rays[:, 2]))
        height_m = self.pose.height_m - PERSON_M
        if not down > 0 or height_m <= 0:
            return None
        return 100 * height_m / down / max(self.intrinsics.fx_px, self.intrinsics.fy_px)
