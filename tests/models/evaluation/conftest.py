"""Reports made by hand."""

import numpy as np

from models.evaluation.reports import Reports


def reports_of(
    scores: list[float], right: list[bool], classes: list[int] | None = None, instances: tuple[int, ...] = (0,)
) -> Reports:
    """Reports of the classes a, b, ...: as many as there are numbers of instances; of class 0 where none are given."""
    return Reports(
        names=tuple("abcdefgh"[: len(instances)]),
        scores=np.array(scores, np.float32),
        classes=np.array(classes or [0] * len(scores), np.int64),
        right=np.array(right, dtype=np.bool_),
        instances=np.array(instances, np.int64),
        images=1,
    )


def drawn(probabilities: np.ndarray, score_of: object, seed: int) -> Reports:
    """Reports that are right as often as `probabilities` say, under the scores that `score_of` makes of them."""
    right = np.random.default_rng(seed).random(len(probabilities)) < probabilities
    return reports_of(list(score_of(probabilities)), list(right))
