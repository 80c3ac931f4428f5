"""Windows put together from chunks."""

import numpy as np
import pytest

from simulator.world.brush import Look
from simulator.world.chunks import COARSEST_LEVEL, Chunks, level_for, snapped
from simulator.world.ground import Ground
from simulator.world.scene import Placed, paint


@pytest.mark.parametrize("level", [1, 2])
def test_a_mosaic_over_chunk_borders_equals_one_painting(level: int) -> None:
    """A window that spans four chunks shows what painting it at once shows, but for single pixels."""
    ground = Ground(3)
    placed = [Placed(Look("soil_excavation", 17.0, 20.0, 1), 5.0, -4.0)]
    window = snapped((-40.0, -35.0), (50.0, 45.0), level)
    whole, joined = paint(ground, placed, window), Chunks(ground, placed).mosaic(window, level)
    assert whole.shape == joined.shape
    assert (np.abs(whole.astype(int) - joined.astype(int)) > 20).mean() < 0.005


def test_fine_ground_for_near_views_and_coarse_for_wide_ones() -> None:
    """11 cm a pixel over 200 m takes 12.5 cm chunks; 50 cm a pixel takes 50 cm; too wide a view takes what fits."""
    assert level_for(0.11, 200) == 0
    assert level_for(0.5, 400) == 2
    assert level_for(0.11, 700) == 1
    assert level_for(50, 1e6) == COARSEST_LEVEL


def test_chunks_are_painted_once() -> None:
    """The second look at the same window paints nothing."""
    chunks = Chunks(Ground(3), [])
    window = snapped((10.0, 10.0), (60.0, 60.0), 2)
    chunks.mosaic(window, 2)
    painted = chunks.chunk.cache_info().misses
    chunks.mosaic(window, 2)
    assert chunks.chunk.cache_info().misses == painted
