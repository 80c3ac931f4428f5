"""Turning a YOLO network's raw output into boxes in the pixels of its input, whichever layout it has.

| layout | shape | a row or column |
|---|---|---|
| end to end (YOLOv10, YOLO26, exports with suppression) | (n, 6 + more) | x_min, y_min, x_max, y_max, score, class |
| classic (YOLOv5u, v8, v9, 11, 12) | (4 + classes + more, n) | centre x, centre y, width, height, then a score a class |
| with objectness (the first YOLOv5) | (n, 5 + classes) | as classic, with objectness ahead of the scores |

The last two leave boxes of one thing on each other, which have to be suppressed.
`more` is 32 for a network that also draws outlines (task `segment`; they are left out) and 1 for one of turned boxes (task
`obb`: the angle comes last, the box is a centre with sizes in either layout, and becomes the upright one round it).
"""

from collections.abc import Callable
from functools import partial

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

MORE_OF_TASK = {"detect": 0, "segment": 32, "obb": 1}
"""What a network of each task gives a box besides corners, score and class. Other tasks give no boxes of things."""

_END_TO_END_AT_MOST = 1000
"""Rows of six: more than this are the first YOLOv5's boxes of a single class."""


def decoder_for(shape: tuple[int, ...], class_count: int, task: str = "detect") -> Decoder | None:
    """The decoder of an output of `shape` (without the batch); None where the shape is none of the layouts.

    A size of -1 is not known beforehand and fits anything.
    """
    more = MORE_OF_TASK.get(task)
    if len(shape) != 2 or more is None:
        return None
    turned = task == "obb"
    if shape[0] == 4 + class_count + more:
        return partial(decode_classic, class_count=class_count, turned=turned)
    if shape[1] == 6 + more and shape[0] <= _END_TO_END_AT_MOST:
        return partial(decode_end_to_end, turned=turned)
    if shape[1] == 5 + class_count and task == "detect":
        return decode_with_objectness
    return None


def decode_end_to_end(output: Floats, min_score: float, turned: bool = False) -> Boxes:
    """From (n, 6 + more): corners, score and class of each box."""
    kept = output[output[:, 4] >= min_score]
    corners = _corners(kept[:, :4], kept[:, 6]) if turned else kept[:, :4]
    return Boxes.sorted_by_score(corners, kept[:, 4], kept[:, 5].astype(np.int64))


def decode_classic(output: Floats, min_score: float, class_count: int, turned: bool = False) -> Boxes:
    """From (4 + classes + more, n): centres, sizes and a score a class; overlapping boxes of one class are suppressed."""
    scores = output[4 : 4 + class_count]
    kept = np.flatnonzero(scores.max(axis=0) >= min_score)
    columns = output[:, kept]
    classes = columns[4 : 4 + class_count].argmax(axis=0)
    surest = columns[4 + classes, np.arange(len(kept))]
    corners = _corners(columns[:4].T, columns[-1] if turned else None)
    return suppress(Boxes.sorted_by_score(corners, surest, classes))


def decode_with_objectness(output: Floats, min_score: float) -> Boxes:
    """From (n, 5 + classes): a box's score is its objectness times its best class's."""
    kept = output[output[:, 4] >= min_score]
    scores = kept[:, 5:] * kept[:, 4:5]
    boxes = Boxes.sorted_by_score(_corners(kept[:, :4], None), scores.max(axis=1, initial=0), scores.argmax(axis=1))
    return suppress(boxes.at_least(min_score))


def suppress(boxes: Boxes) -> Boxes:
    """Leaves one box a thing of each class: the surest of those that overlap."""
    return _surest(boxes, boxes.classes, MAX_OVERLAP)


def one_name_a_thing(boxes: Boxes, kinds: Ints) -> Boxes:
    """Leaves the surest name where boxes of different classes lie on each other; only those of one kind (n,) compete."""
    return _surest(boxes, kinds, SAME_THING_OVERLAP)


def _corners(centre_and_size: Floats, angle_rad: Floats | None) -> Floats:
    """(n, 4) corners from centre x, centre y, width, height; of a turned box, those of the upright one round it."""
    centre, size = centre_and_size[:, :2], centre_and_size[:, 2:4]
    if angle_rad is not None:
        cosine, sine = np.abs(np.cos(angle_rad))[:, None], np.abs(np.sin(angle_rad))[:, None]
        size = size * cosine + size[:, ::-1] * sine
    return np.hstack([centre - size / 2, centre + size / 2]).astype(np.float32)


def _surest(boxes: Boxes, groups: Ints, max_overlap: float) -> Boxes:
    """Of boxes of one group that overlap by more than `max_overlap`, the surest."""
    if len(boxes) < 2:
        return boxes
    x_y_w_h = np.hstack([boxes.xyxy[:, :2], boxes.xyxy[:, 2:] - boxes.xyxy[:, :2]])
    kept = cv2.dnn.NMSBoxesBatched(x_y_w_h.tolist(), boxes.scores.tolist(), groups.tolist(), -1.0, max_overlap, 1.0, MAX_BOXES)
    order = np.asarray(kept, dtype=np.int64).reshape(-1)
    return Boxes.sorted_by_score(boxes.xyxy[order], boxes.scores[order], boxes.classes[order])
