"""All that a model reported on a labelled data set, and which of it was right."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.boxes import Boxes, Floats, Ints
from models.card import InputSize
from models.errors import DataSetError
from models.evaluation.data_set import DataSet, Labels, read_labels, read_picture
from models.evaluation.matching import are_right
from models.letterbox import PADDING_GREY, Picture
from models.registry import Model

Flags = NDArray[np.bool_]

LEAST_SCORE = 0.001
"""A model to be measured must report everything from this score on: average precision looks at the whole curve."""

UNNAMED = -1


@dataclass(frozen=True)
class Reports:
    """(n,) score, class and rightness of each report, in no order; and the true instances of each of `names`."""

    names: tuple[str, ...]
    scores: Floats
    classes: Ints
    right: Flags
    instances: Ints
    images: int

    def of_class(self, index: int) -> "Reports":
        """The reports of one class."""
        return self._kept(self.classes == index)

    def without(self, names: Sequence[str]) -> "Reports":
        """The reports and instances of all classes but these, which keep their numbers."""
        others = np.array([name not in names for name in self.names], np.bool_)
        return replace(self._kept(others[self.classes]), instances=self.instances * others)

    def at_least(self, score: float | Floats) -> "Reports":
        """Those of `score` or more; an array holds one bound a class."""
        bounds = np.broadcast_to(np.asarray(score, np.float32), len(self.names))
        return self._kept(self.scores >= bounds[self.classes])

    def _kept(self, keep: Flags) -> "Reports":
        return replace(self, scores=self.scores[keep], classes=self.classes[keep], right=self.right[keep])


@dataclass
class _Tally:
    instances: Ints
    scores: list[Floats] = field(default_factory=list)
    classes: list[Ints] = field(default_factory=list)
    right: list[Flags] = field(default_factory=list)

    def add(self, boxes: Boxes, truth: Labels) -> None:
        self.scores.append(boxes.scores)
        self.classes.append(boxes.classes)
        self.right.append(are_right(boxes, truth))
        self.instances += np.bincount(truth.classes, minlength=len(self.instances))


def collect_reports(model: Model, data: DataSet) -> Reports:
    """What `model` (loaded with LEAST_SCORE) reports on `data`, through the runtime that will fly, by the data set's classes.

    A picture smaller than the network's input is framed in grey, not enlarged: objects keep the size they are flown at.
    What the model reports of classes that the data set does not name is left out.
    """
    number = {name: index for index, name in enumerate(data.names)}
    numbers = np.array([number.get(name, UNNAMED) for name in model.card.classes], np.int64)
    tally = _Tally(np.zeros(len(data.names), np.int64))
    for path in data.pictures:
        picture = read_picture(path)
        truth = read_labels(path, (picture.shape[1], picture.shape[0]), len(data.names))
        tally.add(_renumbered(model.infer(framed(picture, model.card.input)), numbers), truth)
    return Reports(
        names=data.names,
        scores=np.concatenate(tally.scores),
        classes=np.concatenate(tally.classes),
        right=np.concatenate(tally.right),
        instances=tally.instances,
        images=len(data.pictures),
    )


def check_same_classes(model: Model, data: DataSet) -> None:
    """Raises DataSetError where the data set's classes are not the model's, in order."""
    if data.names != model.card.classes:
        raise DataSetError(str(data.file), "names", f"the classes are not those of {model.card.name}, in order")


def _renumbered(boxes: Boxes, numbers: Ints) -> Boxes:
    classes = numbers[boxes.classes]
    named = classes != UNNAMED
    return Boxes(boxes.xyxy[named], boxes.scores[named], classes[named])


def framed(picture: Picture, size: InputSize) -> Picture:
    """The picture in the upper left of a grey one of at least `size`; itself where it is as large already."""
    below, right = max(0, size.height_px - picture.shape[0]), max(0, size.width_px - picture.shape[1])
    if not below and not right:
        return picture
    return np.pad(picture, ((0, below), (0, right), (0, 0)), constant_values=PADDING_GREY)
