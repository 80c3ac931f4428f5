"""Matters on the ground: paints any window of both, and turns a painted window into a camera's picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike

from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.ground import Ground
from simulator.world.painters.register import PAINTERS
from simulator.world.projection import FARTHEST_M, View
from simulator.world.siting import Cover
from simulator.world.stamp import Stamp, lay, setting, stamp
from simulator.world.window import Window

_SKY = ((225, 205, 180), (235, 225, 215))
"""Above, and at the horizon."""

_SKY_GRID = (81, 46)
"""Columns and rows at which the slope of the line of sight is worked out; between them it is interpolated."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A matter in the plane: metres east and north of the origin."""

    class_key: str
    east_m: float
    north_m: float
    heading_deg: float
    size_m: float
    seed: int

    @property
    def reach_m(self) -> float:
        """How far it, its setting and its shadow may reach."""
        return self.size_m * 1.5 + 12.0

    def stamp(self) -> Stamp:
        """Its picture."""
        return stamp(self.class_key, self.size_m, self.heading_deg, self.seed)

    def setting(self, ground: Ground) -> MatLike | None:
        """What lies under it; no patch of water where the ground is water."""
        if PAINTERS[self.class_key].afloat and ground.cover_at(self.east_m, self.north_m) is Cover.WATER:
            return None
        return setting(self.class_key, self.size_m, self.heading_deg, self.seed)


def paint(ground: Ground, placed: Sequence[Placed], window: Window) -> MatLike:
    """The ground of a window with what stands on it."""
    picture = ground.paint(window)
    for one in placed:
        if window.touches(one.east_m, one.north_m, one.reach_m):
            _lay(picture, one, ground, window)
    return picture


def _lay(picture: MatLike, one: Placed, ground: Ground, window: Window) -> None:
    look, under = one.stamp(), one.setting(ground)
    place = np.array([[one.east_m, one.north_m]])
    column, row = window.to_pixels(place)[0]
    if under is not None:
        lay(picture, under, (column, row), window.m_per_px)
    if look.height_m:
        shadow_column, shadow_row = window.to_pixels(place + np.asarray(ground.shadow) * look.height_m)[0]
        lay(picture, look.picture, (shadow_column, shadow_row), window.m_per_px, shade=0.5)
    lay(picture, look.picture, (column, row), window.m_per_px)


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
