import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.evidence.crop import EvidenceError, crop_around, cut, frame_sha256, moved_into
from tests.edge_agent.evidence.made_exposure import NOISE, box

SIZE = (1920, 1080)


def test_a_small_object_comes_with_its_surroundings() -> None:
    """An object of 20 pixels is shown in 320 x 320 pixels, itself in the middle."""
    window = crop_around(box(990, 490, 1010, 510), SIZE)
    assert window == box(840, 340, 1160, 660)
    assert moved_into(box(990, 490, 1010, 510), window, 0.5) == box(75, 75, 85, 85)


def test_a_box_at_the_left_edge_is_shown_with_what_there_is() -> None:
    """A box of 20 pixels at the left edge is shown with the 170 x 320 round it."""
    assert crop_around(box(0, 490, 20, 510), SIZE) == box(0, 340, 170, 660)


@given(st.floats(0, 1900), st.floats(0, 1060), st.floats(1, 300), st.floats(1, 300))
def test_a_box_at_the_edge_is_cut_to_the_frame(x: float, y: float, width: float, height: float) -> None:
    """Wherever the box lies in the frame, the window lies in it too, and has pixels."""
    window = crop_around(box(x, y, min(x + width, 1920), min(y + height, 1080)), SIZE)
    assert 0 <= window.x_min < window.x_max <= 1920
    assert 0 <= window.y_min < window.y_max <= 1080
    assert cut(NOISE, window).size > 0


def test_a_box_outside_the_frame_is_said() -> None:
    """A box beside the frame is an error that names box and frame."""
    with pytest.raises(EvidenceError, match="1920 x 1080"):
        crop_around(box(5000, 0, 5010, 10), SIZE)


def test_a_frames_hash_is_that_of_its_pixels() -> None:
    """Equal pixels have equal hashes, whatever their layout in memory; one changed pixel has another."""
    copy = NOISE[:, ::-1][:, ::-1]
    assert frame_sha256(copy) == frame_sha256(NOISE)
    changed = NOISE.copy()
    changed[0, 0, 0] ^= 1
    assert frame_sha256(changed) != frame_sha256(NOISE)
    assert frame_sha256(np.ascontiguousarray(copy)) == frame_sha256(NOISE)
