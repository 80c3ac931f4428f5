"""Which reported box is which true object: by overlap, the surest report first, each object once."""

import numpy as np
from numpy.typing import NDArray

from models.boxes import Boxes, Floats
from models.evaluation.data_set import Labels

SAME_OBJECT_IOU = 0.5


def overlaps(first_xyxy: Floats, second_xyxy: Floats) -> NDArray[np.float64]:
    """(n, m) intersection over union of n boxes with m boxes."""
    first, second = first_xyxy[:, None, :].astype(np.float64), second_xyxy[None, :, :].astype(np.float64)
    sides = np.minimum(first[..., 2:], second[..., 2:]) - np.maximum(first[..., :2], second[..., :2])
    shared = np.clip(sides, 0, None).prod(axis=-1)
    areas = (first[..., 2:] - first[..., :2]).prod(axis=-1) + (second[..., 2:] - second[..., :2]).prod(axis=-1)
    return np.asarray(shared / np.maximum(areas - shared, 1e-9))


def are_right(boxes: Boxes, truth: Labels) -> NDArray[np.bool_]:
    """(n,) whether each box, the surest first, shows an object of its class that no surer box has shown."""
    overlap = overlaps(boxes.xyxy, truth.xyxy)
    overlap[boxes.classes[:, None] != truth.classes[None, :]] = 0.0
    right = np.zeros(len(boxes), dtype=np.bool_)
    for index in range(len(boxes) if len(truth.classes) else 0):
        best = int(overlap[index].argmax())
        if overlap[index, best] >= SAME_OBJECT_IOU:
            right[index] = True
            overlap[:, best] = 0.0
    return right
