"""Which reports are right."""

import numpy as np
import pytest

from models.boxes import Boxes
from models.evaluation.data_set import Labels
from models.evaluation.matching import are_right, overlaps


def boxes(*rows: tuple[float, float, float, float, float, int]) -> Boxes:
    table = np.array(rows, np.float32)
    return Boxes(table[:, :4], table[:, 4], table[:, 5].astype(np.int64))


def test_overlap_is_intersection_over_union() -> None:
    """Two 10 x 10 boxes, one moved by 5: 50 shared of 150; the same box: 1; apart: 0."""
    one = np.array([[0, 0, 10, 10]], np.float32)
    others = np.array([[5, 0, 15, 10], [0, 0, 10, 10], [20, 20, 30, 30]], np.float32)
    assert overlaps(one, others)[0] == pytest.approx([1 / 3, 1, 0])


def test_an_object_is_found_once() -> None:
    """Of two reports of one object the surer is right and the other is not."""
    truth = Labels(np.array([[0, 0, 10, 10]], np.float32), np.array([2]))
    assert are_right(boxes((0, 0, 10, 9, 0.9, 2), (0, 0, 10, 10, 0.8, 2)), truth).tolist() == [True, False]


def test_the_class_must_be_right_too() -> None:
    """A box in the right place of another class is wrong, and does not use the object up."""
    truth = Labels(np.array([[0, 0, 10, 10]], np.float32), np.array([2]))
    assert are_right(boxes((0, 0, 10, 10, 0.9, 1), (0, 0, 10, 10, 0.8, 2)), truth).tolist() == [False, True]


def test_nothing_is_right_in_an_empty_picture() -> None:
    """Every report in a picture without objects is a false one."""
    truth = Labels(np.zeros((0, 4), np.float32), np.zeros(0, np.int64))
    assert are_right(boxes((0, 0, 10, 10, 0.9, 1)), truth).tolist() == [False]
