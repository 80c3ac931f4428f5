"""The painted ground in square chunks, kept while they are in use, at several resolutions."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from cv2.typing import MatLike

from simulator.world.canvas import STAMP_M_PER_PX
from simulator.world.ground import Ground
from simulator.world.scene import Placed, paint
from simulator.world.window import Window

CHUNK_PX = 1024
"""A side of a chunk: 128 m at level 0; each level doubles that."""

COARSEST_LEVEL = 4

_KEPT = 28
"""Chunks kept, of 3 MiB each."""


class Chunks:
    """Hands out windows of the painted world; chunks are painted when first needed."""

    def __init__(self, ground: Ground, placed: Sequence[Placed]) -> None:
        self._ground, self._placed = ground, placed
        self.chunk = lru_cache(maxsize=_KEPT)(self._paint_chunk)

    def _paint_chunk(self, i: int, j: int, level: int) -> MatLike:
        size_m = CHUNK_PX * metres_per_pixel(level)
        window = Window(i * size_m, (j + 1) * size_m, CHUNK_PX, CHUNK_PX, metres_per_pixel(level))
        return paint(self._ground, self._placed, window)

    def mosaic(self, window: Window, level: int) -> MatLike:
        """The picture of a window that was made by `snapped`."""
        first_column = round(window.west_m / window.m_per_px)
        first_row = round(-window.north_m / window.m_per_px)
        whole = np.empty((window.rows, window.columns, 3), np.uint8)
        for chunk_row in range(first_row // CHUNK_PX, (first_row + window.rows - 1) // CHUNK_PX + 1):
            for chunk_column in range(first_column // CHUNK_PX, (first_column + window.columns - 1) // CHUNK_PX + 1):
                chunk = self.chunk(chunk_column, -chunk_row - 1, level)
                top, left = chunk_row * CHUNK_PX - first_row, chunk_column * CHUNK_PX - first_column
                rows = slice(max(0, top), min(window.rows, top + CHUNK_PX))
                columns = slice(max(0, left), min(window.columns, left + CHUNK_PX))
                whole[rows, columns] = chunk[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        return whole


def metres_per_pixel(level: int) -> float:
    """Resolution of a level: 12.5 cm, 25 cm, 50 cm ..."""
    return float(STAMP_M_PER_PX * 2**level)


def level_for(sampling_m: float, span_m: float, most_px: int = 3000) -> int:
    """The level that suits a ground sampling, or the coarser one that keeps a mosaic's side under `most_px`."""
    wanted = int(np.floor(np.log2(max(sampling_m / STAMP_M_PER_PX, 1.0)) + 0.3))
    needed = int(np.ceil(np.log2(max(span_m / STAMP_M_PER_PX / most_px, 1.0))))
    return min(max(wanted, needed), COARSEST_LEVEL)


def snapped(low: tuple[float, float], high: tuple[float, float], level: int) -> Window:
    """The window on the level's pixel grid round two corners (metres east, north)."""
    size = metres_per_pixel(level)
    west, south = (int(np.floor(v / size)) for v in low)
    east, north = (int(np.ceil(v / size)) for v in high)
    return Window(west * size, north * size, max(east - west, 1), max(north - south, 1), size)
