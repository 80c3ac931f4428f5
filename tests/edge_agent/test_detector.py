import numpy as np

from edge_agent.detector import detections_of
from models.boxes import Boxes

NAMES = ("garbage_pile", "overflowing_bin", "crowd")


def boxes(*rows: tuple[float, float, float, float, float, int]) -> Boxes:
    array = np.array(rows, dtype=np.float32)
    return Boxes.sorted_by_score(array[:, :4], array[:, 4], array[:, 5].astype(np.int64))


def test_only_the_plans_classes_are_reported() -> None:
    """A class that the flight does not report is left out."""
    found = detections_of(boxes((0, 0, 10, 10, 0.9, 2), (50, 50, 60, 60, 0.5, 0)), NAMES, frozenset({"garbage_pile"}))
    assert [(d.class_key, round(d.confidence, 3)) for d in found] == [("garbage_pile", 0.5)]


def test_an_object_of_two_classes_is_the_surer_one() -> None:
    """Two classes for the same box are one object; a neighbour that overlaps less is another."""
    seen = boxes((0, 0, 100, 100, 0.6, 0), (2, 0, 100, 100, 0.8, 1), (60, 0, 160, 100, 0.5, 0))
    found = detections_of(seen, NAMES, frozenset(NAMES))
    assert [(d.class_key, d.box.x_min) for d in found] == [("overflowing_bin", 2.0), ("garbage_pile", 60.0)]


def test_a_box_of_no_size_is_no_object() -> None:
    """Boxes that are clipped away to less than a pixel are left out."""
    assert detections_of(boxes((5, 5, 5.2, 90, 0.9, 0)), NAMES, frozenset(NAMES)) == []
