"""From a network's score to the probability that its report is right, a curve a class (beta calibration).

Kull, Silva Filho, Flach: Beta calibration (AISTATS 2017): log-odds of being right = a ln(s) - b ln(1 - s) + c with a, b >= 0,
so that the order of a class's reports is kept. a = b = 1 and c = 0 leaves a score as it is.
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from missions.finding import Sha256
from missions.noun import StrictNoun
from models.boxes import Boxes, Floats

SCORE_MARGIN = 1e-6
"""Scores are kept this far from 0 and 1, where the logarithms end."""

_GRID: NDArray[np.float64] = np.linspace(0.0, 1.0, 2001)

Bound = Annotated[float, Field(ge=0)]


class BetaCurve(StrictNoun):
    """One class's way from score to probability."""

    a: Bound
    b: Bound
    c: float

    def probability(self, scores: Floats) -> Floats:
        """(n,) probabilities of (n,) scores."""
        kept = np.clip(np.asarray(scores, np.float64), SCORE_MARGIN, 1 - SCORE_MARGIN)
        odds = self.a * np.log(kept) - self.b * np.log1p(-kept) + self.c
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)

    def least_score(self, probability: float) -> float:
        """A score below which no report reaches `probability`: at most 1/2000 under the true one."""
        below = int(np.searchsorted(self.probability(_GRID.astype(np.float32)), probability)) - 1
        return float(_GRID[max(below, 0)])


class Calibration(StrictNoun):
    """A model's curves: a class's own, drawn to the `pooled` one the more, the fewer reports of it there were."""

    data: Annotated[str, Field(description="the labelled pictures that the curves were fitted on")]
    data_sha256: Sha256
    command: str
    reports: Annotated[int, Field(ge=1, description="of all classes together")]
    pooled: BetaCurve
    classes: dict[str, BetaCurve]

    def apply(self, boxes: Boxes, names: tuple[str, ...]) -> Boxes:
        """The boxes with probabilities for scores, the likeliest first; `names` are the model's classes in order."""
        scores = boxes.scores.copy()
        for index in np.unique(boxes.classes):
            of_class = boxes.classes == index
            scores[of_class] = self.curve(names[int(index)]).probability(boxes.scores[of_class])
        return Boxes.sorted_by_score(boxes.xyxy, scores, boxes.classes)

    def curve(self, name: str) -> BetaCurve:
        """A class's curve; the pooled one where it has none of its own."""
        return self.classes.get(name, self.pooled)

    def least_score(self, probability: float) -> float:
        """The score that a network must report from, so that nothing of this probability is missed in any class."""
        return min(curve.least_score(probability) for curve in (self.pooled, *self.classes.values()))


class Thresholds(StrictNoun):
    """From which probability on a class's reports need no person: so chosen that `precision` of them are right.

    A class that cannot reach it, or was seen too seldom to tell, has 1: it always waits for a person.
    """

    precision: Annotated[float, Field(gt=0, lt=1)]
    classes: dict[str, Annotated[float, Field(ge=0, le=1)]]
