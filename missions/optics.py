"""A camera's lens: which ray a pixel looks along, and which pixel a ray falls on.

Pinhole with the radial and tangential distortion of Brown (1971) and Conrady (1919), in the form and with the names of
coefficients that OpenCV, Pix4D and Metashape share. Rays are in the camera's body frame (x along the optical axis,
y to the image's right, z to its bottom), with a first component of 1.
"""

from math import atan, degrees, hypot
from typing import Annotated, Self

import numpy as np
from pydantic import Field

from missions.aircraft import Camera
from missions.geometry import Array
from missions.noun import StrictNoun

_ROUNDS = 50
_CLOSE = 1e-12


class Distortion(StrictNoun):
    """Coefficients of Brown-Conrady: radial k1, k2, k3 and tangential p1, p2; all zero is a perfect lens."""

    k1: float = 0.0
    k2: float = 0.0
    p1: float = 0.0
    p2: float = 0.0
    k3: float = 0.0

    def distort(self, xy: Array) -> Array:
        """(n, 2) right and down of the axis at unit depth -> where the lens puts them."""
        x, y = xy[:, 0], xy[:, 1]
        r2 = x * x + y * y
        radial = 1 + r2 * (self.k1 + r2 * (self.k2 + r2 * self.k3))
        shifted_x = x * radial + 2 * self.p1 * x * y + self.p2 * (r2 + 2 * x * x)
        shifted_y = y * radial + self.p1 * (r2 + 2 * y * y) + 2 * self.p2 * x * y
        return np.column_stack([shifted_x, shifted_y])

    def undistort(self, xy: Array) -> Array:
        """The inverse of `distort`, by fixed-point rounds; not a number where the lens maps nothing there."""
        guess = xy.copy()
        for _ in range(_ROUNDS):
            step = xy - self.distort(guess)
            guess = guess + step
            if np.abs(step).max(initial=0.0) < _CLOSE:
                break
        missed = ~(np.abs(self.distort(guess) - xy).max(axis=1, initial=0.0) < 1e-6)
        guess[missed] = np.nan
        return guess


class Intrinsics(StrictNoun):
    """A calibrated camera: image size, focal lengths and principal point in pixels, distortion."""

    width_px: Annotated[int, Field(gt=0)]
    height_px: Annotated[int, Field(gt=0)]
    fx_px: Annotated[float, Field(gt=0)]
    fy_px: Annotated[float, Field(gt=0)]
    cx_px: float
    cy_px: float
    distortion: Distortion = Distortion()

    @classmethod
    def pinhole(cls, width_px: int, height_px: int, focal_px: float, distortion: Distortion = Distortion()) -> Self:  # noqa: B008
        """Square pixels, and the principal point in the picture's middle."""
        return cls(
            width_px=width_px,
            height_px=height_px,
            fx_px=focal_px,
            fy_px=focal_px,
            cx_px=width_px / 2,
            cy_px=height_px / 2,
            distortion=distortion,
        )

    @classmethod
    def of(cls, camera: Camera) -> Self:
        """Of a camera known by its angle of view alone."""
        return cls.pinhole(camera.width_px, camera.height_px, camera.focal_px)

    @classmethod
    def of_35mm(cls, width_px: int, height_px: int, equivalent_mm: float) -> Self:
        """From the focal length's 35 mm equivalent by the diagonal: that of a 36 x 24 mm film, as CIPA DCG-001 has it."""
        return cls.pinhole(width_px, height_px, equivalent_mm / hypot(36.0, 24.0) * hypot(width_px, height_px))

    @property
    def hfov_deg(self) -> float:
        """Horizontal angle of view in degrees, distortion left out."""
        return degrees(2 * atan(self.width_px / 2 / self.fx_px))

    def scaled(self, width_px: int, height_px: int) -> "Intrinsics":
        """The same lens on a picture of another size (the whole of it, shrunk or enlarged)."""
        right, down = width_px / self.width_px, height_px / self.height_px
        return Intrinsics(
            width_px=width_px,
            height_px=height_px,
            fx_px=self.fx_px * right,
            fy_px=self.fy_px * down,
            cx_px=self.cx_px * right,
            cy_px=self.cy_px * down,
            distortion=self.distortion,
        )

    def rays(self, pixels: Array) -> Array:
        """(n, 3) rays of (n, 2) pixels (u, v)."""
        at_depth_1 = (np.reshape(pixels, (-1, 2)) - (self.cx_px, self.cy_px)) / (self.fx_px, self.fy_px)
        if self.distortion != Distortion():
            at_depth_1 = self.distortion.undistort(at_depth_1)
        return np.column_stack([np.ones(len(at_depth_1)), at_depth_1])

    def project(self, rays: Array) -> Array:
        """(n, 2) pixels of (n, 3) rays of any length; not a number for those behind the camera."""
        ahead = np.where(rays[:, 0] > 1e-9, rays[:, 0], np.nan)
        at_depth_1 = rays[:, 1:] / ahead[:, None]
        return np.asarray(self.distortion.distort(at_depth_1) * (self.fx_px, self.fy_px) + (self.cx_px, self.cy_px))
