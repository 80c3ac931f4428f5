"""Drawing in metres on a transparent picture that is turned to a heading."""

from collections.abc import Sequence
from typing import Self

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Color = tuple[int, int, int]
"""Blue, green, red."""

PointM = tuple[float, float]
"""Metres to the right of and ahead of the canvas centre."""

STAMP_M_PER_PX = 0.125
"""Usual resolution of a finished stamp; drawing is done at half of it and averaged, for smooth edges."""

_SUBPIXEL_BITS = 4


class Canvas:
    """A square of `span_m` a side; y points towards `heading_deg`. Colour is premultiplied by coverage."""

    def __init__(self, span_m: float, heading_deg: float, rng: np.random.Generator, m_per_px: float = STAMP_M_PER_PX) -> None:
        side_px = 2 * int(np.ceil(span_m / m_per_px / 2) * 2)
        self.pixels: MatLike = np.zeros((side_px, side_px, 4), np.uint8)
        self.rng = rng
        self._drawn_m_per_px = m_per_px / 2
        self._grain = 0.0
        angle = np.radians(heading_deg)
        self._turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    def to_ground(self, points: Sequence[PointM] | NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) metres east and north of the canvas's centre."""
        return np.asarray(np.asarray(points, dtype=np.float64).reshape(-1, 2) @ self._turn.T, dtype=np.float64)

    def _place(self, points: Sequence[PointM] | NDArray[np.float64]) -> NDArray[np.int32]:
        east_north = self.to_ground(points)
        middle = self.pixels.shape[0] / 2 - 0.5
        column_row = east_north / self._drawn_m_per_px * (1, -1) + middle
        return np.asarray(np.round(column_row * (1 << _SUBPIXEL_BITS)), dtype=np.int32)

    def polygon(self, points: Sequence[PointM] | NDArray[np.float64], color: Color) -> Self:
        """Fills a polygon."""
        cv2.fillPoly(self.pixels, [self._place(points)], (*color, 255), shift=_SUBPIXEL_BITS)
        return self

    def rect(self, center: PointM, size: PointM, color: Color, angle_deg: float = 0.0) -> Self:
        """Fills a rectangle of (across, along) metres, turned clockwise."""
        return self.polygon(rectangle(center, size, angle_deg), color)

    def circle(self, center: PointM, radius_m: float, color: Color) -> Self:
        """Fills a circle."""
        at = self._place([center])[0]
        radius = round(radius_m / self._drawn_m_per_px * (1 << _SUBPIXEL_BITS))
        cv2.circle(self.pixels, at.tolist(), max(radius, 1), (*color, 255), -1, shift=_SUBPIXEL_BITS)
        return self

    def line(self, points: Sequence[PointM] | NDArray[np.float64], width_m: float, color: Color) -> Self:
        """Draws a line through points."""
        width_px = max(1, round(width_m / self._drawn_m_per_px))
        cv2.polylines(self.pixels, [self._place(points)], False, (*color, 255), width_px, shift=_SUBPIXEL_BITS)
        return self

    def ring(self, center: PointM, radius_m: float, width_m: float, color: Color) -> Self:
        """Draws a circle's outline."""
        angles = np.linspace(0, 2 * np.pi, 33)
        around = np.column_stack([center[0] + radius_m * np.cos(angles), center[1] + radius_m * np.sin(angles)])
        return self.line(around, width_m, color)

    def blob(self, center: PointM, radii: PointM, color: Color, roughness: float = 0.2) -> Self:
        """Fills an irregular round shape."""
        return self.polygon(irregular(self.rng, center, radii, roughness), color)

    def haze(self, center: PointM, radius_m: float, color: Color, strength: float) -> Self:
        """Lays a soft round cloud over what is there; `strength` is its opacity in the middle."""
        middle = self._place([center])[0] / (1 << _SUBPIXEL_BITS)
        reach = radius_m * 2 / self._drawn_m_per_px
        side = self.pixels.shape[0]
        left, top = (max(0, int(v)) for v in middle - reach)
        right, bottom = (min(side, int(v) + 1) for v in middle + reach)
        if right <= left or bottom <= top:
            return self
        columns, rows = np.arange(left, right, dtype=np.float32), np.arange(top, bottom, dtype=np.float32)
        scale = np.float32(radius_m / self._drawn_m_per_px)
        gauss_x, gauss_y = (np.exp(-(((v - m) / scale) ** 2)) for v, m in ((columns, middle[0]), (rows, middle[1])))
        cover = (strength * gauss_y[:, None] * gauss_x[None, :])[:, :, None].astype(np.float32)
        part = self.pixels[top:bottom, left:right]
        part[:] = (part * (1 - cover) + cover * np.array([*color, 255], np.float32)).astype(np.uint8)
        return self

    def fade(self, opacity: float) -> Self:
        """Makes everything drawn so far translucent."""
        self.pixels[:] = cv2.convertScaleAbs(self.pixels, alpha=opacity)
        return self

    def soften(self, radius_m: float) -> Self:
        """Blurs everything drawn so far."""
        self.pixels = cv2.GaussianBlur(self.pixels, (0, 0), radius_m / self._drawn_m_per_px)
        return self

    def grain(self, amount: float) -> Self:
        """Makes the painted surface uneven; `amount` in grey levels (one standard deviation)."""
        self._grain = amount
        return self

    def finished(self) -> MatLike:
        """The picture at the canvas's resolution: premultiplied blue, green, red and opacity."""
        half = self.pixels.shape[0] // 2
        picture = cv2.resize(self.pixels, (half, half), interpolation=cv2.INTER_AREA)
        return _grained(picture, self._grain, self.rng) if self._grain else picture


def _grained(picture: MatLike, amount: float, rng: np.random.Generator) -> MatLike:
    side = picture.shape[0]
    coarse = rng.normal(0, amount, (side // 2 + 1, side // 2 + 1)).astype(np.float32)
    noise = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_LINEAR) * (picture[:, :, 3] / np.float32(255))
    spread = cv2.merge([noise, noise, noise, np.zeros_like(noise)])
    return cv2.add(picture, spread, dtype=cv2.CV_8U)


def rectangle(center: PointM, size: PointM, angle_deg: float = 0.0) -> NDArray[np.float64]:
    """The corners of a rectangle of (across, along) metres, turned clockwise."""
    angle = np.radians(angle_deg)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * np.asarray(size) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(corners @ turn + np.asarray(center), dtype=np.float64)


def irregular(rng: np.random.Generator, center: PointM, radii: PointM, roughness: float) -> NDArray[np.float64]:
    """The outline of an uneven ellipse: a circle whose radius wobbles with low harmonics."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = np.ones_like(angles)
    for harmonic in range(2, 6):
        radius += roughness * rng.normal() / harmonic * np.cos(harmonic * angles + rng.uniform(0, 6.3))
    radius = np.clip(radius, 0.4, 1.6)
    return np.column_stack([center[0] + radii[0] * radius * np.cos(angles), center[1] + radii[1] * radius * np.sin(angles)])


def vary(rng: np.random.Generator, color: Color, amount: float = 14.0) -> Color:
    """A colour near `color`: brightness and each channel shifted by about `amount` grey levels."""
    shift = rng.normal(0, amount) + rng.normal(0, amount / 3, 3)
    blue, green, red = (int(v) for v in np.clip(np.asarray(color) + shift, 3, 252))
    return blue, green, red


def shaded(color: Color, factor: float) -> Color:
    """The colour made brighter or darker."""
    blue, green, red = (min(255, int(channel * factor)) for channel in color)
    return blue, green, red
