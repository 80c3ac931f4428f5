"""Reading a network's raw output."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.boxes import Boxes
from models.decoding import decode_classic, decode_end_to_end, decode_with_objectness, decoder_for, one_name_a_thing, suppress


@pytest.mark.parametrize(
    ("shape", "classes", "task", "layout"),
    [
        ((300, 6), 33, "detect", decode_end_to_end),
        ((37, 5040), 33, "detect", decode_classic),
        ((37, -1), 33, "detect", decode_classic),
        ((6, 8400), 2, "detect", decode_classic),
        ((25200, 38), 33, "detect", decode_with_objectness),
        ((25200, 6), 1, "detect", decode_with_objectness),
        ((69, 5040), 33, "segment", decode_classic),
        ((300, 38), 33, "segment", decode_end_to_end),
        ((38, 5040), 33, "obb", decode_classic),
        ((300, 7), 33, "obb", decode_end_to_end),
        ((39, 5040), 33, "detect", None),
        ((88, 5040), 33, "pose", None),
        ((1000,), 33, "detect", None),
    ],
)
def test_the_layout_is_told_by_shape_and_task(shape: tuple[int, ...], classes: int, task: str, layout: object) -> None:
    """Rows of six are end to end, a row a class classic (an open n too), 5 + classes columns the first YOLOv5's; else none."""
    decoder = decoder_for(shape, classes, task)
    assert getattr(decoder, "func", decoder) is layout


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
    boxes = decode_classic(column, 0.25, 3)
    assert boxes.xyxy.tolist() == [[8, 17, 12, 23]]
    assert boxes.classes.tolist() == [1]


def test_an_outline_networks_coefficients_are_left_out() -> None:
    """Three classes and 32 coefficients for outlines, larger than any score: the class is still that of the best score."""
    column = np.concatenate([[10, 20, 4, 6, 0.1, 0.7, 0.2], np.full(32, 50.0)])[:, None].astype(np.float32)
    boxes = decode_classic(column, 0.25, 3)
    assert (boxes.classes.tolist(), boxes.xyxy.tolist()) == ([1], [[8, 17, 12, 23]])


def test_a_turned_box_becomes_the_upright_one_round_it() -> None:
    """40 x 20 turned by a quarter is 20 x 40; by an eighth both sides are (40 + 20) / sqrt 2 = 42.43; in both layouts."""
    for angle, width, height in ((np.pi / 2, 20, 40), (np.pi / 4, 42.426, 42.426)):
        expected = [[100 - width / 2, 100 - height / 2, 100 + width / 2, 100 + height / 2]]
        column = np.array([[100], [100], [40], [20], [0.9], [angle]], np.float32)
        assert np.allclose(decode_classic(column, 0.25, 1, turned=True).xyxy, expected, atol=0.01)
        row = np.array([[100, 100, 40, 20, 0.9, 0, angle]], np.float32)
        assert np.allclose(decode_end_to_end(row, 0.25, turned=True).xyxy, expected, atol=0.01)


def test_objectness_weighs_every_class() -> None:
    """Objectness 0.5 with class scores 0.2 and 0.8 is 0.4 for the second class; 0.5 with 0.4 is below 0.25 and left out."""
    rows = np.array([[10, 20, 4, 6, 0.5, 0.2, 0.8], [50, 20, 4, 6, 0.5, 0.4, 0.1]], np.float32)
    boxes = decode_with_objectness(rows, 0.25)
    assert (boxes.classes.tolist(), boxes.xyxy.tolist()) == ([1], [[8, 17, 12, 23]])
    assert np.allclose(boxes.scores, [0.4])


def test_of_overlapping_boxes_the_surer_stays() -> None:
    """10 x 10 boxes 1 px apart share 90 of 110 (0.82): one of a class is left; 4 px apart (60 of 140) both stay."""
    corners = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [1, 0, 11, 10], [4, 0, 14, 10]], np.float32)
    boxes = Boxes(corners, np.array([0.9, 0.8, 0.7, 0.6], np.float32), np.array([0, 0, 1, 0]))
    assert suppress(boxes).scores.tolist() == boxes.scores[[0, 2, 3]].tolist()


def test_a_thing_called_by_two_names_has_the_surer_one_among_its_kind() -> None:
    """10 x 10 boxes 1 px apart (0.82) of two classes are one thing, 3 px apart (70 of 130, 0.54) two; of two kinds always."""
    corners = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [3, 0, 13, 10]], np.float32)
    boxes = Boxes(corners, np.array([0.9, 0.8, 0.7], np.float32), np.array([0, 1, 2]))
    assert one_name_a_thing(boxes, np.array([0, 0, 0])).classes.tolist() == [0, 2]
    assert one_name_a_thing(boxes, np.array([0, 1, 0])).classes.tolist() == [0, 1, 2]


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
    for boxes in (decode_classic(np.zeros((7, 10), np.float32), 0.2, 3), decode_end_to_end(np.zeros((5, 6), np.float32), 0.2)):
        assert len(boxes) == 0
        assert boxes.xyxy.shape == (0, 4)
