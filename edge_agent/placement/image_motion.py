"""How a picture moves from frame to frame: as seen in the frames, and as the poses told with them say.

Motions are rows of right, down and clockwise turn of the picture's middle, in pixels a second of a frame WIDTH_PX across; a
turn counts as what it moves at a quarter of the width.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from edge_agent.placement.camera_view import CameraView
from missions.geometry import Array, LocalFrame

WIDTH_PX = 320
TURN_AT_PX = WIDTH_PX / 4

CORNERS, CORNER_QUALITY, CORNERS_APART_PX = 150, 0.01, 7
LEAST_TRACKED = 12

Grey = NDArray[np.uint8]
ViewAt = Callable[[float], CameraView | None]


class SeenMotion:
    """Frames in order of time; their motion between each two, by corners that are followed (Lucas-Kanade)."""

    def __init__(self) -> None:
        self._last: tuple[Grey, float] | None = None
        self._rows: list[tuple[float, float, float, float]] = []

    def add(self, image: NDArray[np.uint8], time_s: float) -> None:
        """Takes a frame, grey or in colour, of any size."""
        grey = _small_grey(image)
        if self._last is not None and time_s > self._last[1]:
            before, before_s = self._last
            right, down, turn = _moved_px(before, grey)
            apart_s = time_s - before_s
            self._rows.append((before_s + apart_s / 2, right / apart_s, down / apart_s, turn / apart_s))
        self._last = grey, time_s

    def rows(self) -> tuple[Array, Array]:
        """(n,) times halfway between two frames, (n, 3) motions; those that could not be followed are left out."""
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, 4)
        rows = rows[~np.isnan(rows).any(axis=1)]
        return rows[:, 0], rows[:, 1:]


def told_motion(view_at: ViewAt, times_s: Array, apart_s: float) -> Array:
    """(n, 3) motions over flat ground round (n,) times, each over `apart_s`; not a number where no pose or height is told."""
    return np.array([_told_px(view_at(time - apart_s / 2), view_at(time + apart_s / 2)) for time in times_s]) / apart_s


def _small_grey(image: NDArray[np.uint8]) -> Grey:
    height, width = image.shape[:2]
    small = cv2.resize(image, (WIDTH_PX, round(height * WIDTH_PX / width)), interpolation=cv2.INTER_AREA)
    grey = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return np.asarray(grey, dtype=np.uint8)


def _moved_px(before: Grey, after: Grey) -> Array:
    """(3,) of the picture's middle; not a number where too little can be followed."""
    lost = np.full(3, np.nan)
    corners = cv2.goodFeaturesToTrack(before, CORNERS, CORNER_QUALITY, CORNERS_APART_PX)
    if corners is None or len(corners) < LEAST_TRACKED:
        return lost
    found, status, _ = cv2.calcOpticalFlowPyrLK(before, after, corners, np.zeros_like(corners))
    tracked = status.ravel() == 1
    if tracked.sum() < LEAST_TRACKED:
        return lost
    moved, inliers = cv2.estimateAffinePartial2D(corners[tracked], found[tracked], ransacReprojThreshold=1.0)
    if moved is None or inliers.sum() < LEAST_TRACKED:
        return lost
    middle = np.array([before.shape[1] / 2, before.shape[0] / 2])
    shift = moved[:, :2] @ middle + moved[:, 2] - middle
    return np.array([*shift, np.arctan2(moved[1, 0], moved[0, 0]) * TURN_AT_PX])


def _told_px(one: CameraView | None, two: CameraView | None) -> Array:
    """(3,) as `_moved_px`."""
    if one is None or two is None or one.pose.relative_altitude_m is None:
        return np.full(3, np.nan)
    lens = one.intrinsics
    middle = np.array([lens.width_px / 2, lens.height_px / 2])
    marks = middle + np.array([[0.0, 0.0], [lens.width_px / 4, 0.0]])
    rays = one.rays(marks)
    if (rays[:, 2] <= 0).any():
        return np.full(3, np.nan)
    sights_m = rays * (one.pose.relative_altitude_m / rays[:, 2])[:, None]
    east, north = LocalFrame(one.pose.point).to_xy(two.pose.point)
    down = one.pose.relative_altitude_m - (two.pose.relative_altitude_m or one.pose.relative_altitude_m)
    seen = two.pixels(sights_m - np.array([north, east, down]))
    shift, arm = seen[0] - middle, seen[1] - seen[0]
    return np.array([*(shift * WIDTH_PX / lens.width_px), np.arctan2(arm[1], arm[0]) * TURN_AT_PX])
