"""A north-up rectangle of ground with its resolution, and drawing on its picture in metres."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from simulator.world.canvas import Color

Points = NDArray[np.float64]

_SUBPIXEL_BITS = 4
_UNIT = 1 << _SUBPIXEL_BITS


@dataclass(frozen=True, slots=True)
class Window:
    """`west_m` and `north_m` are the outer corner of its first pixel, east and north of the world's origin."""

    west_m: float
    north_m: float
    columns: int
    rows: int
    m_per_px: float

    @property
    def corners(self) -> Points:
        """(4, 2) metres east and north."""
        east, south = self.west_m + self.columns * self.m_per_px, self.north_m - self.rows * self.m_per_px
        return np.array([(self.west_m, self.north_m), (east, self.north_m), (east, south), (self.west_m, south)])

    def to_pixels(self, east_north: Points) -> Points:
        """(n, 2) columns and rows; whole numbers are pixel centres."""
        return np.asarray((east_north - (self.west_m, self.north_m)) / self.m_per_px * (1, -1) - 0.5, dtype=np.float64)

    def touches(self, east_m: float, north_m: float, reach_m: float) -> bool:
        """Whether a square of `reach_m` each way round a place overlaps the window."""
        (west, north), (east, south) = self.corners[0], self.corners[2]
        return bool(west - reach_m < east_m < east + reach_m and south - reach_m < north_m < north + reach_m)


class Sketch:
    """A window's picture under the brush. Shapes are given in a frame turned by `turn` against east and north."""

    def __init__(self, window: Window, turn: Points) -> None:
        self.window = window
        self.picture: MatLike = np.zeros((window.rows, window.columns, 3), np.uint8)
        self.shade: MatLike = np.zeros((window.rows, window.columns), np.uint8)
        self._matrix = turn.T / window.m_per_px * (1, -1)
        self._offset = window.to_pixels(np.zeros((1, 2)))[0]

    def _place(self, points: Points) -> NDArray[np.int32]:
        return np.asarray(np.round((points @ self._matrix + self._offset) * _UNIT), dtype=np.int32)

    def fill(self, polygons: Points, color: Color) -> None:
        """Fills (n, 2) or (k, n, 2) points: one polygon or k of the same number of corners."""
        placed = self._place(polygons.reshape(-1, polygons.shape[-2], 2))
        for polygon in placed:
            cv2.fillConvexPoly(self.picture, polygon, color, cv2.LINE_AA, _SUBPIXEL_BITS)

    def fill_any(self, polygon: Points, color: Color) -> None:
        """Fills one polygon that need not be convex."""
        cv2.fillPoly(self.picture, [self._place(polygon)], color, cv2.LINE_AA, _SUBPIXEL_BITS)

    def disc(self, center: Points, radius_m: float, color: Color) -> None:
        """Fills a circle."""
        at = self._place(center).tolist()
        cv2.circle(self.picture, at, round(radius_m / self.window.m_per_px * _UNIT), color, -1, cv2.LINE_AA, _SUBPIXEL_BITS)

    def stroke(self, line: Points, width_m: float, color: Color) -> None:
        """Draws a line through (n, 2) points."""
        width = max(1, round(width_m / self.window.m_per_px))
        cv2.polylines(self.picture, [self._place(line)], False, color, width, cv2.LINE_AA, _SUBPIXEL_BITS)

    def strokes(self, lines: Points, width_m: float, color: Color) -> None:
        """Draws (k, 2, 2) separate straight lines; those outside the picture cost little."""
        placed = self._place(lines.reshape(-1, 2)).reshape(-1, 2, 2)
        limit = np.array([self.window.columns, self.window.rows]) * _UNIT
        inside = np.any(np.all((placed > 0) & (placed < limit), axis=2), axis=1)
        width = max(1, round(width_m / self.window.m_per_px))
        cv2.polylines(self.picture, list(placed[inside]), False, color, width, cv2.LINE_AA, _SUBPIXEL_BITS)

    def shade_polygon(self, polygon: Points) -> None:
        """Marks a polygon as lying in shadow."""
        cv2.fillConvexPoly(self.shade, self._place(polygon), 255, cv2.LINE_8, _SUBPIXEL_BITS)

    def shade_disc(self, center: Points, radius_m: float) -> None:
        """Marks a circle as lying in shadow."""
        at = self._place(center).tolist()
        cv2.circle(self.shade, at, round(radius_m / self.window.m_per_px * _UNIT), 255, -1, cv2.LINE_8, _SUBPIXEL_BITS)
