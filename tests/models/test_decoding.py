"""Reading a network's raw output."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.boxes import Boxes
from models.decoding import decode_classic, decode_end_to_end, decoder_for, suppress


def test_the_layout_is_told_by_the_shape() -> None:
    """(300, 6) is end to end; (4 + classes, n) classic, an open n too; two classes and (6, n) is classic; else neither."""
    assert decoder_for((300, 6), 33) is decode_end_to_end
    assert decoder_for((37, 5040), 33) is decode_classic
    assert decoder_for((37, -1), 33) is decode_classic
    assert decoder_for((6, 8400), 2) is decode_classic
    assert decoder_for((38, 5040), 33) is None
    assert decoder_for((1000,), 33) is None


def test_end_to_end_rows_become_boxes_the_surest_first() -> None:
    """Each row is corners, score and class; rows below the least score are left out."""
    rows = np.array([[1, 2, 3, 4, 0.5, 7], [5, 6, 7, 8, 0.9, 2], [0, 0, 1, 1, 0.1, 3]], np.float32)
    boxes = decode_end_to_end(rows, 0.25)
    assert boxes.xyxy.tolist() == [[5, 6, 7, 8], [1, 2, 3, 4]]
    assert boxes.classes.tolist() == [2, 7]
    assert np.allclose(boxes.scores, [0.9, 0.5])


def test_classic_columns_become_boxes_of_their_best_class() -> None:
    """Centre (10, 20) and size (4, 6) are corners (8, 17) and (12, 23); the highest of the class scores names the class."""
    column = np.array([[10], [20], [4], [6], [0.1], [0.7], [0.2]], np.float32)
    boxes = decode_classic(column, 0.25)
    assert boxes.xyxy.tolist() == [[8, 17, 12, 23]]
    assert boxes.classes.tolist() == [1]


def test_of_overlapping_boxes_the_surer_stays() -> None:
    """10 x 10 boxes 1 px apart share 90 of 110 (0.82): one is left, whatever its class; 4 px apart (60 of 140) both stay."""
    corners = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [1, 0, 11, 10], [4, 0, 14, 10]], np.float32)
    boxes = Boxes(corners, np.array([0.9, 0.8, 0.7, 0.6], np.float32), np.array([0, 0, 1, 0]))
    assert suppress(boxes).scores.tolist() == boxes.scores[[0, 3]].tolist()


def test_things_of_different_classes_may_overlap_more_than_those_of_one() -> None:
    """10 x 10 boxes 3 px apart share 70 of 130 (0.54): one thing where the class is the same, two where it differs."""
    corners = np.array([[0, 0, 10, 10], [3, 0, 13, 10]], np.float32)
    scores = np.array([0.9, 0.8], np.float32)
    assert len(suppress(Boxes(corners, scores, np.array([0, 0])))) == 1
    assert len(suppress(Boxes(corners, scores, np.array([0, 1])))) == 2


@given(st.lists(st.tuples(*[st.floats(0, 600, width=32)] * 2, st.floats(0, 1, width=32), st.integers(0, 3)), max_size=30))
def test_suppression_keeps_the_surest(rows: list[tuple[float, float, float, int]]) -> None:
    """Whatever is suppressed, the surest box of all is there, and nothing is new."""
    corners = np.array([[x, y, x + 20, y + 20] for x, y, _, _ in rows], np.float32).reshape(-1, 4)
    scores, classes = np.array([r[2] for r in rows], np.float32), np.array([r[3] for r in rows], np.int64)
    boxes = Boxes.sorted_by_score(corners, scores, classes)
    kept = suppress(boxes)
    assert len(kept) <= len(boxes)
    if rows:
        assert kept.scores.max() == scores.max()
    assert set(map(tuple, kept.xyxy.tolist())) <= set(map(tuple, corners.tolist()))


def test_nothing_in_the_picture_is_no_boxes() -> None:
    """Both layouts give empty boxes of the right shape where every score is low."""
    for boxes in (decode_classic(np.zeros((7, 10), np.float32), 0.2), decode_end_to_end(np.zeros((5, 6), np.float32), 0.2)):
        assert len(boxes) == 0
        assert boxes.xyxy.shape == (0, 4)
