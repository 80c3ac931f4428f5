import hashlib

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.evidence import MAX_BYTES, EvidenceError, cut_evidence, frame_sha256
from missions.geometry import PixelBox

NOISE = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)


def test_the_worst_picture_fits() -> None:
    """A crop of the whole frame, of pure noise, still becomes a JPEG of at most 60 kB, named by its SHA-256."""
    evidence = cut_evidence(NOISE, PixelBox(x_min=0, y_min=0, x_max=1920, y_max=1080))
    assert len(evidence.jpeg) <= MAX_BYTES
    assert evidence.sha256 == hashlib.sha256(evidence.jpeg).hexdigest()


def test_a_small_object_comes_with_its_surroundings() -> None:
    """An object of 20 pixels is shown in 320 x 320 pixels, itself in the middle."""
    frame = np.zeros((1080, 1920, 3), np.uint8)
    frame[490:510, 990:1010] = 255
    evidence = cut_evidence(frame, PixelBox(x_min=990, y_min=490, x_max=1010, y_max=510))
    shown = cv2.imdecode(np.frombuffer(evidence.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert shown.shape == (320, 320)
    assert shown[160, 160] > 200
    assert shown[100, 100] < 50


def test_what_part_of_the_frame_is_shown_stands_beside_it() -> None:
    """1920 x 1080 is shown in 960 x 540; a box of 20 pixels at the left edge is shown with the 170 x 320 round it."""
    whole = PixelBox(x_min=0, y_min=0, x_max=1920, y_max=1080)
    assert cut_evidence(np.zeros_like(NOISE), whole).crop == whole
    edge = cut_evidence(NOISE, PixelBox(x_min=0, y_min=490, x_max=20, y_max=510))
    assert edge.crop == PixelBox(x_min=0, y_min=340, x_max=170, y_max=660)


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1900), st.floats(0, 1060), st.floats(1, 300), st.floats(1, 300))
def test_a_box_at_the_edge_is_cut_to_the_frame(x: float, y: float, width: float, height: float) -> None:
    """Wherever the box lies in the frame, there is a picture."""
    frame = np.zeros((1080, 1920, 3), np.uint8)
    evidence = cut_evidence(frame, PixelBox(x_min=x, y_min=y, x_max=min(x + width, 1920), y_max=min(y + height, 1080)))
    assert cv2.imdecode(np.frombuffer(evidence.jpeg, np.uint8), cv2.IMREAD_COLOR) is not None


def test_a_box_outside_the_frame_is_said() -> None:
    """A box beside the frame is an error that names box and frame."""
    with pytest.raises(EvidenceError, match="1920 x 1080"):
        cut_evidence(NOISE, PixelBox(x_min=5000, y_min=0, x_max=5010, y_max=10))


def test_a_frames_hash_is_that_of_its_pixels() -> None:
    """Equal pixels have equal hashes, whatever their layout in memory; one changed pixel has another."""
    copy = NOISE[:, ::-1][:, ::-1]
    assert frame_sha256(copy) == frame_sha256(NOISE)
    changed = NOISE.copy()
    changed[0, 0, 0] ^= 1
    assert frame_sha256(changed) != frame_sha256(NOISE)
