"""Fitting the curves from score to probability."""

import numpy as np
import pytest

from models.calibration import BetaCurve
from models.evaluation.curve_fitting import PRIOR_SD, fit_curve, fit_curves
from tests.models.evaluation.conftest import drawn, reports_of

PLAIN = BetaCurve(a=1, b=1, c=0)
UNIFORM = np.random.default_rng(5).uniform(0.02, 0.98, 6000)


def test_a_known_distortion_is_undone() -> None:
    """Scores that are the square root of the true probability: p = s^2, at every score within 0.03 (6000 reports)."""
    curves = fit_curves(drawn(UNIFORM, np.sqrt, seed=3))
    scores = np.array([0.3, 0.5, 0.7, 0.9], np.float32)
    assert curves.pooled.probability(scores) == pytest.approx(scores**2, abs=0.03)
    assert curves.reports == 6000


def test_a_class_with_few_reports_keeps_to_the_pooled_curve() -> None:
    """Three wrong reports of 0.8 lower that class's 0.8, but far from as much as three hundred do."""
    few = fit_curve(reports_of([0.8] * 3, [False] * 3), PLAIN, PRIOR_SD).probability(np.array([0.8], np.float32))[0]
    many = fit_curve(reports_of([0.8] * 300, [False] * 300), PLAIN, PRIOR_SD).probability(np.array([0.8], np.float32))[0]
    assert 0.3 < few < 0.8
    assert many < 0.1


def test_without_reports_the_prior_stands() -> None:
    """Nothing known of a class: the curve it is drawn to is its own."""
    assert fit_curve(reports_of([], []), PLAIN, PRIOR_SD) == PLAIN


def test_a_class_without_reports_has_no_curve_of_its_own() -> None:
    """Of two classes one was reported: the other is left to the pooled curve."""
    reports = reports_of([0.9, 0.2], [True, False], classes=[1, 1], instances=(0, 1))
    assert set(fit_curves(reports).classes) == {"b"}
