"""Runs a model over a labelled data set and measures it, picture by picture, as it would fly."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.boxes import Boxes, Ints
from models.card import Figures, InputSize
from models.errors import DataSetError
from models.evaluation.data_set import DataSet, Labels, read_labels, read_picture
from models.evaluation.matching import are_right
from models.evaluation.scoring import class_figures
from models.letterbox import PADDING_GREY, Picture
from models.registry import Model

LEAST_SCORE = 0.001
"""A model to be measured must report everything from this score on: average precision looks at the whole curve."""


@dataclass
class _Tally:
    """All reports so far: score, class and whether it was right; and the true instances a class."""

    instances: Ints
    scores: list[NDArray[np.float32]] = field(default_factory=list)
    classes: list[Ints] = field(default_factory=list)
    right: list[NDArray[np.bool_]] = field(default_factory=list)

    def add(self, boxes: Boxes, truth: Labels) -> None:
        self.scores.append(boxes.scores)
        self.classes.append(boxes.classes)
        self.right.append(are_right(boxes, truth))
        self.instances += np.bincount(truth.classes, minlength=len(self.instances))


def evaluate(model: Model, data: DataSet, described: str, confidence: float) -> Figures:
    """The figures of `model` on `data`, precision and recall at `confidence`; load the model with LEAST_SCORE.

    A picture smaller than the network's input is framed in grey, not enlarged: objects keep the size they are flown at.
    Raises DataSetError where the data set's classes are not the model's.
    """
    if data.names != model.card.classes:
        raise DataSetError(str(data.file), "names", f"the classes are not those of {model.card.name}, in order")
    tally = _Tally(np.zeros(len(data.names), np.int64))
    for path in data.pictures:
        picture = read_picture(path)
        truth = read_labels(path, (picture.shape[1], picture.shape[0]), len(data.names))
        tally.add(model.infer(framed(picture, model.card.input)), truth)
    return _figures(tally, data, described, confidence)


def framed(picture: Picture, size: InputSize) -> Picture:
    """The picture in the upper left of a grey one of at least `size`; itself where it is as large already."""
    below, right = max(0, size.height_px - picture.shape[0]), max(0, size.width_px - picture.shape[1])
    if not below and not right:
        return picture
    return np.pad(picture, ((0, below), (0, right), (0, 0)), constant_values=PADDING_GREY)


def _figures(tally: _Tally, data: DataSet, described: str, confidence: float) -> Figures:
    scores, classes, right = np.concatenate(tally.scores), np.concatenate(tally.classes), np.concatenate(tally.right)
    each = tuple(
        class_figures(name, scores[classes == index], right[classes == index], int(tally.instances[index]), confidence)
        for index, name in enumerate(data.names)
    )
    reported, instances = scores >= confidence, int(tally.instances.sum())
    hits = int(right[reported].sum())
    return Figures(
        data=described,
        images=len(data.pictures),
        instances=instances,
        confidence=confidence,
        map50=float(np.mean([one.ap50 for one in each if one.ap50 is not None] or [0.0])),
        precision=hits / max(int(reported.sum()), 1),
        recall=hits / max(instances, 1),
        classes=each,
    )
