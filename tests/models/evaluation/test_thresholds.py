"""Thresholds for a stated precision."""

import pytest

from models.evaluation.thresholds import LIKELIER_THAN_NOT, NEVER, choose_thresholds, least_probability
from tests.models.evaluation.conftest import reports_of


def test_the_threshold_is_where_the_precision_is_still_reached() -> None:
    """30 right of 0.97, then wrong ones from 0.9 down. With one wrong: mean probability (29.1 + 0.9) / 31 = 0.9677, so
    (30 + 20 * 0.9677) / 51 = 0.968. With two: 30.89 / 32 = 0.9653, so (30 + 19.31) / 52 = 0.948: the second waits.
    """
    wrong = [0.9, 0.89, 0.88, 0.87]
    reports = reports_of([0.97] * 30 + wrong, [True] * 30 + [False] * 4)
    assert least_probability(reports, 0.95) == pytest.approx(0.9, abs=1e-4)


def test_a_class_seen_too_seldom_waits() -> None:
    """Nine reports, all right: not enough to let a class go without a person."""
    assert least_probability(reports_of([0.99] * 9, [True] * 9), 0.95) == NEVER


def test_a_class_that_cannot_reach_it_waits() -> None:
    """Half of a class's surest reports are wrong: it always waits."""
    assert least_probability(reports_of([0.6] * 40, [True, False] * 20), 0.95) == NEVER


def test_what_is_likelier_wrong_than_right_waits_in_the_best_class() -> None:
    """A hundred right reports would carry one of 0.2 through: it waits nevertheless."""
    reports = reports_of([0.99] * 100 + [0.2], [True] * 101)
    assert least_probability(reports, 0.95) == LIKELIER_THAN_NOT


def test_reports_as_sure_are_taken_or_left_together() -> None:
    """Twelve right and four wrong of the same 0.96: (12 + 19.2) / 36 = 0.867 for all of them, so none goes through."""
    assert least_probability(reports_of([0.96] * 16, [True] * 12 + [False] * 4), 0.95) == NEVER


def test_few_reports_lean_on_the_calibration() -> None:
    """Twelve right ones: at a stated 0.96 the estimate is (12 + 19.2) / 32 = 0.975; at 0.9 it is 0.9375, too little."""
    assert least_probability(reports_of([0.96] * 12, [True] * 12), 0.95) < NEVER
    assert least_probability(reports_of([0.90] * 12, [True] * 12), 0.95) == NEVER


def test_every_class_has_one() -> None:
    """A class that was never reported has a threshold too: it waits."""
    chosen = choose_thresholds(reports_of([0.99] * 50, [True] * 50, classes=[1] * 50, instances=(3, 50)), 0.95)
    assert chosen.precision == 0.95
    assert chosen.classes["a"] == NEVER
    assert chosen.classes["b"] < 1
