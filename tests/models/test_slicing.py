"""In which pieces a frame is shown to the network."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.slicing import Ground, Slicing, plan_slices

NETWORK = (640, 384)
FULL_HD = (1920, 1080)


def sliced(frame: tuple[int, int], frame_m_per_px: float) -> Slicing | None:
    """With the shipped model's input and ground."""
    return plan_slices(frame, NETWORK, Ground(frame_m_per_px, 0.1, 0.3))


def must(slicing: Slicing | None) -> Slicing:
    assert slicing is not None
    return slicing


@pytest.mark.parametrize("frame_m_per_px", [0.034, 0.07, 0.1, 0.109])
def test_a_frame_within_the_trained_range_is_looked_at_whole(frame_m_per_px: float) -> None:
    """1920 px in 640 is a third: 0.034 to 0.1 m a pixel become 0.1 to 0.3; up to a tenth beyond is let pass."""
    assert sliced(FULL_HD, frame_m_per_px) is None


def test_a_frame_beyond_the_range_is_cut() -> None:
    """0.15 m a pixel whole would be 0.45. Half the size shows 0.3; 960 x 540 of that take two tiles each way, which have room
    for more: with an overlap of 20 m, 133.3 px, their width allows a scale of 2 x 640 / (1920 + 133.3) = 0.623, hence 0.241 m.
    """
    slicing = must(sliced(FULL_HD, 0.15))
    assert len(slicing.tiles) == 4
    assert slicing.scale == pytest.approx(0.623, abs=0.001)
    assert {(tile.width_px, tile.height_px) for tile in slicing.tiles} == {NETWORK}
    assert slicing.overlap_px == int(20 / 0.15 * slicing.scale)


def test_a_frame_is_never_enlarged() -> None:
    """A frame whose own pixels show more than trained for is shown as it is, in as many tiles as that takes."""
    slicing = must(sliced(FULL_HD, 0.5))
    assert (slicing.scale, slicing.width_px, slicing.height_px) == (1.0, 1920, 1080)


def test_a_frame_from_low_down_is_shrunk() -> None:
    """0.02 m a pixel whole would be 0.06, and things larger than ever trained on: a fifth of the size shows 0.1."""
    slicing = must(sliced(FULL_HD, 0.02))
    assert (slicing.width_px, slicing.height_px, len(slicing.tiles)) == (384, 216, 1)


FRAMES = st.tuples(st.integers(8, 5300), st.integers(8, 4000))
GROUNDS = st.floats(0.005, 2.0)


@given(FRAMES, GROUNDS)
def test_tiles_cover_every_pixel(frame: tuple[int, int], frame_m_per_px: float) -> None:
    """No pixel of the scaled frame is left out, no tile reaches beyond it or exceeds the network's input."""
    slicing = sliced(frame, frame_m_per_px)
    assume(slicing is not None)
    slicing = must(slicing)
    seen = np.zeros((slicing.height_px, slicing.width_px), bool)
    for tile in slicing.tiles:
        assert 0 <= tile.x_px <= tile.x_px + tile.width_px <= slicing.width_px
        assert 0 <= tile.y_px <= tile.y_px + tile.height_px <= slicing.height_px
        assert tile.width_px <= NETWORK[0]
        assert tile.height_px <= NETWORK[1]
        seen[tile.y_px : tile.y_px + tile.height_px, tile.x_px : tile.x_px + tile.width_px] = True
    assert seen.all()


@given(FRAMES, GROUNDS)
def test_the_ground_comes_to_lie_in_the_trained_range(frame: tuple[int, int], frame_m_per_px: float) -> None:
    """A pixel of the input shows 0.1 to 0.3 m (a tenth more at most), unless the frame's own pixels show more."""
    slicing = sliced(frame, frame_m_per_px)
    fit = min(NETWORK[0] / frame[0], NETWORK[1] / frame[1])
    shown = frame_m_per_px / (slicing.scale if slicing else fit)
    assert shown >= 0.1 * 0.999
    assert shown <= max(0.33, frame_m_per_px) * 1.001


@given(FRAMES, GROUNDS, *[st.floats(0, 1)] * 4)
def test_what_is_smaller_than_the_overlap_lies_whole_in_a_tile(
    frame: tuple[int, int], frame_m_per_px: float, x: float, y: float, width: float, height: float
) -> None:
    """Wherever a box of at most the overlap lies in the frame, some tile shows all of it."""
    slicing = sliced(frame, frame_m_per_px)
    assume(slicing is not None)
    slicing = must(slicing)
    width_px, height_px = width * slicing.overlap_px, height * slicing.overlap_px
    left, top = x * (slicing.width_px - width_px), y * (slicing.height_px - height_px)
    assume(width_px <= slicing.width_px and height_px <= slicing.height_px)
    assert any(
        tile.x_px <= left + 1e-6
        and tile.y_px <= top + 1e-6
        and left + width_px <= tile.x_px + tile.width_px + 1e-6
        and top + height_px <= tile.y_px + tile.height_px + 1e-6
        for tile in slicing.tiles
    )
