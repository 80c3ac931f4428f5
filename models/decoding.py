"""Turning a YOLO network's raw output into boxes in the pixels of its input, whichever of two layouts it has.

| layout | shape | a row or column |
|---|---|---|
| end to end (YOLO26, YOLOv10) | (n, 6) | x_min, y_min, x_max, y_max, score, class; needs no suppression |
| classic (YOLOv8, YOLO11) | (4 + classes, n) | centre x, centre y, width, height, then a score a class; needs suppression |
"""

from collections.abc import Callable

import cv2
import numpy as np

from models.boxes import Boxes, Floats, Ints

Decoder = Callable[[Floats, float], Boxes]
"""(output of one picture, least score) -> boxes in the input's pixels."""

MAX_OVERLAP = 0.45
"""Of two boxes of one class that overlap more than this (intersection over union), the surer stays. Things on the ground do not
lie on each other, so this is lower than usual: 0.45 gave fewer false reports than 0.6 and missed nothing more."""

SAME_THING_OVERLAP = 0.7
"""Two boxes of different classes that overlap more than this are one thing called by two names: the surer name stays."""

MAX_BOXES = 300


def decoder_for(shape: tuple[int, ...], class_count: int) -> Decoder | None:
    """The decoder of an output of `shape` (without the batch); None where the shape is neither layout.

    A size of -1 is not known beforehand and fits anything.
    """
    if len(shape) != 2:
        return None
    if shape[0] == 4 + class_count:
        return decode_classic
    if shape[1] == 6:
        return decode_end_to_end
    return None


def decode_end_to_end(output: Floats, min_score: float) -> Boxes:
    """From (n, 6): corners, score and class of each box."""
    kept = output[output[:, 4] >= min_score]
    return Boxes.sorted_by_score(kept[:, :4], kept[:, 4], kept[:, 5].astype(np.int64))


def decode_classic(output: Floats, min_score: float) -> Boxes:
    """From (4 + classes, n): centres, sizes and a score a class; overlapping boxes of one class are suppressed."""
    scores, classes = output[4:].max(axis=0), output[4:].argmax(axis=0)
    kept = scores >= min_score
    centre, size = output[:2, kept].T, output[2:4, kept].T
    corners = np.hstack([centre - size / 2, centre + size / 2]).astype(np.float32)
    return suppress(Boxes.sorted_by_score(corners, scores[kept], classes[kept].astype(np.int64)))


def suppress(boxes: Boxes) -> Boxes:
    """Leaves one box a thing: the surest of those of a class that overlap, then the surest name where names differ."""
    one_a_class = _surest(boxes, boxes.classes, MAX_OVERLAP)
    return _surest(one_a_class, np.zeros_like(one_a_class.classes), SAME_THING_OVERLAP)


def _surest(boxes: Boxes, groups: Ints, max_overlap: float) -> Boxes:
    """Of boxes of one group that overlap by more than `max_overlap`, the surest."""
    if not len(boxes):
        return boxes
    x_y_w_h = np.hstack([boxes.xyxy[:, :2], boxes.xyxy[:, 2:] - boxes.xyxy[:, :2]])
    kept = cv2.dnn.NMSBoxesBatched(x_y_w_h.tolist(), boxes.scores.tolist(), groups.tolist(), -1.0, max_overlap, 1.0, MAX_BOXES)
    order = np.asarray(kept, dtype=np.int64).reshape(-1)
    return Boxes.sorted_by_score(boxes.xyxy[order], boxes.scores[order], boxes.classes[order])
