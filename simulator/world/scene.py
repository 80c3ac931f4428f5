"""Matters on the ground: paints any window of both, and turns a painted window into a camera's picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from simulator.world.brush import Look
from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.ground import Ground
from simulator.world.painters.register import EVERYTHING
from simulator.world.projection import FARTHEST_M, View
from simulator.world.siting import Cover
from simulator.world.stamp import Stamp, lay, setting, stamp, streak
from simulator.world.window import Window

_SKY = ((225, 205, 180), (235, 225, 215))
"""Above, and at the horizon."""

_SKY_GRID = (81, 46)
"""Columns and rows at which the slope of the line of sight is worked out; between them it is interpolated."""

_HIDING_OPACITY = 127


@dataclass(frozen=True, slots=True)
class Placed:
    """A matter in the plane: metres east and north of the origin."""

    look: Look
    east_m: float
    north_m: float

    @property
    def reach_m(self) -> float:
        """How far it, its setting and its shadow may reach."""
        return self.look.size_m * 1.5 + 12.0

    def stamp(self) -> Stamp:
        """Its picture."""
        return stamp(self.look)

    def setting(self, ground: Ground) -> MatLike | None:
        """What lies under it; no patch of water where the ground is water."""
        if EVERYTHING[self.look.class_key].afloat and ground.cover_at(self.east_m, self.north_m) is Cover.WATER:
            return None
        return setting(self.look)

    def covers(self, place: NDArray[np.float64], ground: Ground) -> bool:
        """Whether it, or what lies under it, hides a place (metres east and north)."""
        pictures = (self.stamp().picture, self.setting(ground))
        return any(picture is not None and self._hides(picture, place) for picture in pictures)

    def _hides(self, picture: MatLike, place: NDArray[np.float64]) -> bool:
        offset = (place - (self.east_m, self.north_m)) / self.look.m_per_px * (1, -1) + picture.shape[0] / 2
        column, row = (int(v) for v in offset)
        inside = min(column, row) >= 0 and max(column, row) < picture.shape[0]
        return inside and bool(picture[row, column, 3] > _HIDING_OPACITY)


def paint(ground: Ground, placed: Sequence[Placed], window: Window) -> MatLike:
    """The ground of a window with what stands on it."""
    picture = ground.paint(window)
    for one in placed:
        if window.touches(one.east_m, one.north_m, one.reach_m):
            _lay(picture, one, ground, window)
    return picture


def _lay(picture: MatLike, one: Placed, ground: Ground, window: Window) -> None:
    look, under = one.stamp(), one.setting(ground)
    middle = window.to_pixels(np.array([[one.east_m, one.north_m]]))[0]
    column_row, scale = (float(middle[0]), float(middle[1])), look.m_per_px / window.m_per_px
    if under is not None:
        lay(picture, under, column_row, scale)
    if look.height_m:
        _cast(picture, look, ground, column_row, window.m_per_px)
    lay(picture, look.picture, column_row, scale)


def _cast(picture: MatLike, look: Stamp, ground: Ground, column_row: tuple[float, float], m_per_px: float) -> None:
    """Darkens where a thing's shadow falls: its outline moved; close up or under a low sun it is drawn all the way."""
    east, north = (reach * look.height_m for reach in ground.sun.reach)
    scale, shade = look.m_per_px / m_per_px, 1 - ground.sun.depth
    if ground.sun.is_low or look.m_per_px < STAMP_M_PER_PX:
        lay(picture, streak(look.picture, (east / look.m_per_px, -north / look.m_per_px)), column_row, scale, shade=shade)
    else:
        moved = (column_row[0] + east / m_per_px, column_row[1] - north / m_per_px)
        lay(picture, look.picture, moved, scale, shade=shade)


def photograph(picture: MatLike, window: Window, view: View) -> MatLike:
    """What the camera sees of a painted window; beyond `FARTHEST_M` and over the horizon there is sky."""
    scale = window.m_per_px
    to_ground = np.array(
        [
            [scale, 0, window.west_m + scale / 2 - view.east_m],
            [0, -scale, window.north_m - scale / 2 - view.north_m],
            [0, 0, 1],
        ]
    )
    to_centres = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]])
    size = (view.camera.width_px, view.camera.height_px)
    homography = to_centres @ view.ground_to_image() @ to_ground
    seen = cv2.warpPerspective(picture, homography, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return _with_sky(seen, view)


def _with_sky(seen: MatLike, view: View) -> MatLike:
    """Replaces what lies over the horizon, which the homography shows mirrored."""
    width, height = view.camera.width_px, view.camera.height_px
    corners = view.rays(np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]))
    lowest = view.height_m / FARTHEST_M
    if (corners[:, 2] > lowest * np.hypot(corners[:, 0], corners[:, 1])).all():
        return seen
    columns, rows = np.meshgrid(np.linspace(0, width, _SKY_GRID[0]), np.linspace(0, height, _SKY_GRID[1]))
    rays = view.rays(np.column_stack([columns.ravel(), rows.ravel()]))
    coarse = (rays[:, 2] / np.maximum(np.hypot(rays[:, 0], rays[:, 1]), 1e-9)).reshape(columns.shape)
    slope = cv2.resize(np.clip(coarse, -1, 1).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    over = slope <= lowest
    share = np.clip(-slope[over] * 2.5, 0, 1)[:, None]
    seen[over] = (np.array(_SKY[1]) * (1 - share) + np.array(_SKY[0]) * share).astype(np.uint8)
    return seen


def window_over(view: View, *, m_per_px: float, most_px: int = 2600) -> Window:
    """A window round everything in view, at `m_per_px` or as much coarser as keeps its sides under `most_px`."""
    places = view.footprint()
    low, high = places.min(axis=0) - 2.0, places.max(axis=0) + 2.0
    resolution = max(m_per_px, float((high - low).max()) / most_px, STAMP_M_PER_PX / 2)
    columns, rows = (int(np.ceil(side / resolution)) for side in high - low)
    return Window(float(low[0]), float(high[1]), columns, rows, resolution)
