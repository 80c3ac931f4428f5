"""A thing painted once: a small transparent picture with its outline, laid on the ground wherever it stands."""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from simulator.world.brush import Brush, Look
from simulator.world.canvas import PointM
from simulator.world.painters.register import EVERYTHING

VISIBLE_OPACITY = 70
"""Of 255: fainter parts (the thin end of a cloud) are no part of the outline."""


Outline = NDArray[np.float64]
"""(n, 2) metres east and north of a thing's place."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A picture of premultiplied blue, green, red and opacity at `m_per_px`, north up, centred on the place.

    `outline` is the convex hull of the visible thing; `parts` are the outlines of vehicles and people in it, by class.
    """

    picture: MatLike
    m_per_px: float
    height_m: float
    outline: Outline
    parts: tuple[tuple[str, Outline], ...] = ()


@lru_cache(maxsize=512)
def stamp(look: Look) -> Stamp:
    """The stamp of one thing; the middle of its outline lies on its place, to half a pixel."""
    brush = Brush(look)
    EVERYTHING[look.class_key].paint(brush)
    picture, outline, shift = _centred(brush.thing.finished())
    moved = np.asarray(shift) * look.m_per_px
    parts = tuple((key, part + moved) for key, part in brush.parts)
    return Stamp(picture, look.m_per_px, brush.height_m, outline * look.m_per_px, parts)


@lru_cache(maxsize=128)
def setting(look: Look) -> MatLike | None:
    """The picture of what lies under the thing and is no part of it; None where nothing does."""
    paint = EVERYTHING[look.class_key].setting
    if paint is None:
        return None
    brush = Brush(replace(look, seed=look.seed + 1, lean=(0.0, 0.0)))
    paint(brush)
    return brush.setting.grain(3).finished()


def streak(picture: MatLike, reach_px: PointM) -> MatLike:
    """The picture drawn over and over along `reach_px` (columns, rows), its first copy in the middle.

    As a shade it is what a thing casts under a low sun: not one copy of its outline, but all of them from its foot on.
    """
    steps = max(1, int(np.ceil(np.hypot(*reach_px) / 4)))
    margin, side = int(np.ceil(max(np.abs(reach_px)))) + 1, picture.shape[0]
    drawn = np.zeros((side + 2 * margin, side + 2 * margin, 4), np.uint8)
    for share in np.linspace(0, 1, steps + 1):
        left, top = (margin + round(reach * float(share)) for reach in reach_px)
        part = drawn[top : top + side, left : left + side]
        np.maximum(part, picture, out=part)
    return drawn


def _centred(picture: MatLike) -> tuple[MatLike, NDArray[np.float64], PointM]:
    """The picture with the thing in its middle, its outline in pixels right and up, and by how many it was shifted so."""
    rows, columns = np.nonzero(picture[:, :, 3] >= VISIBLE_OPACITY)
    hull = cv2.convexHull(np.column_stack([columns, rows]).astype(np.int32)).reshape(-1, 2).astype(np.float64)
    shift = np.round((picture.shape[0] - 1) / 2 - (hull.min(axis=0) + hull.max(axis=0)) / 2)
    moved = np.roll(picture, (int(shift[1]), int(shift[0])), axis=(0, 1))
    half = (picture.shape[0] - 1) / 2
    corners = np.concatenate([hull + shift - half + step for step in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))])
    corners = cv2.convexHull(corners.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    return moved, corners * (1, -1), (float(shift[0]), -float(shift[1]))


def lay(
    ground: MatLike, picture: MatLike, column_row: tuple[float, float], scale: float, *, shade: float | None = None
) -> None:
    """Lays a stamp's picture on `ground` with its middle at `column_row` (pixel centres are whole numbers).

    `scale` is the ground's pixels for each of the picture's. With `shade`, only darkens the ground under it to that share, as
    the thing's shadow does.
    """
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
