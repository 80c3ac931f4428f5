"""Precision, recall and average precision."""

import numpy as np
import pytest

from models.evaluation.scoring import average_precision, class_figures
from tests.models.evaluation.conftest import reports_of


def scores(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_all_found_and_nothing_else_is_one() -> None:
    """Three objects, three right reports: 1."""
    assert average_precision(scores(0.9, 0.8, 0.7), np.array([True] * 3), 3) == pytest.approx(1.0)


def test_a_false_report_between_costs_what_the_curve_says() -> None:
    """Right, wrong, right of two objects: recall 0.5 at precision 1, then 1.0 at 2/3: 0.5 + 0.5 * 2/3 = 5/6."""
    assert average_precision(scores(0.9, 0.8, 0.7), np.array([True, False, True]), 2) == pytest.approx(5 / 6)


def test_what_is_never_found_costs_its_share() -> None:
    """One of four objects found, surely: 1/4."""
    assert average_precision(scores(0.9), np.array([True]), 4) == pytest.approx(0.25)


def test_precision_and_recall_hold_at_the_confidence() -> None:
    """Of three reports two are sure enough, one of them right, of four objects: precision 1/2, recall 1/4."""
    figures = class_figures("crane", reports_of([0.9, 0.5, 0.2], [True, False, True]), 4, 0.4)
    assert figures.precision == pytest.approx(0.5)
    assert figures.recall == pytest.approx(0.25)


def test_what_cannot_be_measured_is_unknown() -> None:
    """A class that no picture shows and no report names has no figures rather than zeros."""
    figures = class_figures("crane", reports_of([], []), 0, 0.4)
    assert (figures.ap50, figures.precision, figures.recall) == (None, None, None)
