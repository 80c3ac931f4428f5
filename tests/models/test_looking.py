"""Showing a frame in pieces."""

import numpy as np

from models.boxes import Boxes
from models.letterbox import PADDING_GREY, Picture
from models.looking import look
from models.slicing import Ground, plan_slices

NETWORK = (64, 32)


class FindsWhite:
    """A runtime that boxes the white pixels of each picture."""

    def __init__(self) -> None:
        self.shown: list[Picture] = []

    def infer(self, image_bgr: Picture) -> Boxes:
        return self.infer_many([image_bgr])[0]

    def infer_many(self, images_bgr: list[Picture]) -> list[Boxes]:
        self.shown += images_bgr
        return [self._box(image[:, :, 0] > 250) for image in images_bgr]

    def _box(self, white: np.ndarray) -> Boxes:
        if not white.any():
            return Boxes.empty()
        rows, columns = np.flatnonzero(white.any(axis=1)), np.flatnonzero(white.any(axis=0))
        corners = np.array([[columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]], np.float32)
        return Boxes(corners, np.array([0.9], np.float32), np.array([0]))


def frame_with(x_min: int, y_min: int, x_max: int, y_max: int) -> Picture:
    frame = np.zeros((150, 200, 3), np.uint8)
    frame[y_min:y_max, x_min:x_max] = 255
    return frame


def seen_in(frame: Picture, m_per_px: float, *, also_whole: bool = False) -> tuple[Boxes, FindsWhite]:
    runtime = FindsWhite()
    slicing = plan_slices((frame.shape[1], frame.shape[0]), NETWORK, Ground(m_per_px, 1.0, 3.0))
    assert slicing is not None
    return look(runtime, frame, slicing, NETWORK, also_whole=also_whole), runtime


def test_a_thing_is_found_once_where_it_is() -> None:
    """A square of 4 px, wherever it lies on a frame that takes several tiles, is one box in the frame's own pixels."""
    for x, y in ((0, 0), (60, 28), (100, 70), (196, 146)):
        boxes, runtime = seen_in(frame_with(x, y, x + 4, y + 4), 3.0)
        assert boxes.xyxy.tolist() == [[x, y, x + 4, y + 4]]
        assert len(runtime.shown) > 4


def test_a_thing_larger_than_a_tile_is_put_together() -> None:
    """A bar through the whole width, parts of which are seen in every tile of its row, comes back as one box."""
    boxes, _ = seen_in(frame_with(10, 5, 190, 15), 3.0)
    assert boxes.xyxy.tolist() == [[10, 5, 190, 15]]


def test_the_whole_frame_is_looked_at_too_where_asked() -> None:
    """One look more, at the frame itself."""
    frame = frame_with(10, 5, 190, 15)
    without, with_it = seen_in(frame, 3.0)[1], seen_in(frame, 3.0, also_whole=True)[1]
    assert len(with_it.shown) == len(without.shown) + 1
    assert with_it.shown[-1] is frame


def test_a_shrunk_frame_is_framed_in_grey() -> None:
    """From low down the frame is shown smaller than the input, in its upper left; boxes come back in the frame's pixels."""
    boxes, runtime = seen_in(frame_with(100, 50, 140, 90), 0.1)
    assert runtime.shown[0].shape == (32, 64, 3)
    assert (runtime.shown[0][15:] == PADDING_GREY).all()
    assert np.allclose(boxes.xyxy, [[100, 50, 140, 90]], atol=1)
