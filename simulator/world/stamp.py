"""A thing painted once: a small transparent picture with its outline, laid on the ground wherever it stands."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from simulator.world.brush import Brush
from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.painters.register import PAINTERS

VISIBLE_OPACITY = 70
"""Of 255: fainter parts (the thin end of a cloud) are no part of the outline."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A picture of premultiplied blue, green, red and opacity at `STAMP_M_PER_PX`, north up, centred on the place.

    `outline` is the convex hull of the visible thing, (n, 2) metres east and north of the place.
    """

    picture: MatLike
    height_m: float
    outline: NDArray[np.float64]


@lru_cache(maxsize=512)
def stamp(class_key: str, size_m: float, heading_deg: float, seed: int) -> Stamp:
    """The stamp of one thing; the middle of its outline lies on its place, to half a pixel."""
    brush = Brush(size_m, heading_deg, seed)
    PAINTERS[class_key].paint(brush)
    picture, outline = _centred(brush.thing.finished())
    return Stamp(picture, brush.height_m, outline)


@lru_cache(maxsize=128)
def setting(class_key: str, size_m: float, heading_deg: float, seed: int) -> MatLike | None:
    """The picture of what lies under the thing and is no part of it; None where nothing does."""
    paint = PAINTERS[class_key].setting
    if paint is None:
        return None
    brush = Brush(size_m, heading_deg, seed + 1)
    paint(brush)
    return brush.setting.grain(3).finished()


def _centred(picture: MatLike) -> tuple[MatLike, NDArray[np.float64]]:
    rows, columns = np.nonzero(picture[:, :, 3] >= VISIBLE_OPACITY)
    hull = cv2.convexHull(np.column_stack([columns, rows]).astype(np.int32)).reshape(-1, 2).astype(np.float64)
    shift = np.round((picture.shape[0] - 1) / 2 - (hull.min(axis=0) + hull.max(axis=0)) / 2)
    moved = np.roll(picture, (int(shift[1]), int(shift[0])), axis=(0, 1))
    half = (picture.shape[0] - 1) / 2
    corners = np.concatenate([hull + shift - half + step for step in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))])
    corners = cv2.convexHull(corners.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    return moved, corners * STAMP_M_PER_PX * (1, -1)


def lay(
    ground: MatLike, picture: MatLike, column_row: tuple[float, float], m_per_px: float, *, shade: float | None = None
) -> None:
    """Lays a stamp's picture on `ground` with its middle at `column_row` (pixel centres are whole numbers).

    With `shade`, only darkens the ground under it to that share, as the thing's shadow does.
    """
    scale = STAMP_M_PER_PX / m_per_px
    if scale < 0.7:
        before = picture.shape[0]
        after = max(1, round(before * scale))
        picture = cv2.resize(picture, (after, after), interpolation=cv2.INTER_AREA)
        scale *= before / after
    _compose(ground, picture, column_row, scale, shade)


def _compose(ground: MatLike, picture: MatLike, column_row: tuple[float, float], scale: float, shade: float | None) -> None:
    reach = picture.shape[0] * scale / 2 + 1
    left, top = (max(0, int(np.floor(v - reach))) for v in column_row)
    right = min(ground.shape[1], int(np.ceil(column_row[0] + reach)) + 1)
    bottom = min(ground.shape[0], int(np.ceil(column_row[1] + reach)) + 1)
    if right <= left or bottom <= top:
        return
    half = (picture.shape[0] - 1) / 2 * scale
    matrix = np.array([[scale, 0, column_row[0] - left - half], [0, scale, column_row[1] - top - half]])
    layer = cv2.warpAffine(picture, matrix, (right - left, bottom - top))
    part = ground[top:bottom, left:right]
    cover = cv2.merge([layer[:, :, 3]] * 3)
    if shade is not None:
        cv2.multiply(part, cv2.bitwise_not(cv2.convertScaleAbs(cover, alpha=1 - shade)), part, 1 / 255)
        return
    cv2.multiply(part, cv2.bitwise_not(cover), part, 1 / 255)
    cv2.add(part, layer[:, :, :3], part)
