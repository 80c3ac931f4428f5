"""From which probability on a class's reports need no person: so that a stated share of them are right."""

import numpy as np
from numpy.typing import NDArray

from models.calibration import Thresholds
from models.evaluation.reports import Reports

ENOUGH = 10
"""Fewer reports than this at and above a probability tell nothing of the class: it waits for a person."""

EXPECTED = 20.0
"""The reports at and above a probability are counted together with this many that are right as often as the calibration says.
Nine of ten classes have too few reports for a confidence bound: 59 without a fault are needed to show 0.95 with 95 %
confidence. So a class with few leans on the curve that all classes share, and one with many on its own count."""

LIKELIER_THAN_NOT = 0.5
"""No threshold lies lower: a report that is likelier wrong than right waits, however well its class does as a whole."""

NEVER = 1.0


def choose_thresholds(reports: Reports, precision: float) -> Thresholds:
    """A threshold a class; `reports` hold calibrated probabilities."""
    of_class = {name: reports.of_class(index) for index, name in enumerate(reports.names)}
    return Thresholds(precision=precision, classes={name: least_probability(own, precision) for name, own in of_class.items()})


def least_probability(reports: Reports, precision: float) -> float:
    """The least probability from which on the reports of one class are right often enough; NEVER where none is."""
    order = np.argsort(-reports.scores, kind="stable")
    scores, count = reports.scores[order].astype(np.float64), np.arange(1, len(order) + 1)
    expected = np.cumsum(scores) / count
    estimate = (np.cumsum(reports.right[order]) + EXPECTED * expected) / (count + EXPECTED)
    fits = (estimate >= precision) & (count >= ENOUGH) & _ends_a_tie(scores)
    if not fits.any():
        return NEVER
    return max(_rounded_down(float(scores[np.flatnonzero(fits)[-1]])), LIKELIER_THAN_NOT)


def _ends_a_tie(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each of the descending scores is the last of its value: a threshold takes in all that are as sure."""
    return np.append(scores[:-1] > scores[1:], True)


def _rounded_down(value: float) -> float:
    return float(np.floor(value * 10_000) / 10_000)
