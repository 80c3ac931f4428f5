"""What a network sees in one picture."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Boxes:
    """n boxes in one picture, the surest first.

    `xyxy` is (n, 4): x_min, y_min, x_max, y_max in pixels of the full frame; `scores` is (n,) in [0, 1];
    `classes` is (n,): indices into the model's class names.
    """

    xyxy: Floats
    scores: Floats
    classes: Ints

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def empty(cls) -> Self:
        """No boxes."""
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int64))

    @classmethod
    def sorted_by_score(cls, xyxy: Floats, scores: Floats, classes: Ints) -> Self:
        """The same boxes, the surest first (stable, so that equal scores keep their order)."""
        order = np.argsort(-scores, kind="stable")
        return cls(xyxy[order], scores[order], classes[order])

    def at_least(self, score: float) -> "Boxes":
        """The boxes whose score is `score` or more."""
        keep = self.scores >= score
        return self.taken(keep)

    def taken(self, which: Ints | NDArray[np.bool_]) -> "Boxes":
        """The boxes of those indices, or those that a mask (n,) names, in that order."""
        return Boxes(self.xyxy[which], self.scores[which], self.classes[which])

    def and_those_of(self, *others: "Boxes") -> "Boxes":
        """These and, behind them, the others' as they come; no longer sorted."""
        every = (self, *others)
        return Boxes(
            np.concatenate([one.xyxy for one in every]),
            np.concatenate([one.scores for one in every]),
            np.concatenate([one.classes for one in every]),
        )

    def in_canonical_order(self) -> "Boxes":
        """The surest first, equals by class and place: the same order however they came."""
        return self.taken(np.lexsort((*self.xyxy.T, self.classes, -self.scores)))
