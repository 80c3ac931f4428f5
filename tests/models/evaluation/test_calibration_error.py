"""Expected calibration error."""

import numpy as np
import pytest

from models.evaluation.calibration_error import equal_mass_bins, equal_width_bins, expected_calibration_error
from tests.models.evaluation.conftest import reports_of


def test_bins_are_equally_wide_and_one_belongs_to_the_last() -> None:
    """15 bins over 0 to 1: 0.06 lies in the first, 0.07 in the second, 1 in the last."""
    assert equal_width_bins(np.array([0.06, 0.07, 1.0], np.float32)).tolist() == [0, 1, 14]


def test_bins_of_equal_mass_hold_as_many_each() -> None:
    """Of 30 reports, whatever their probabilities and order, two lie in each bin, the least probable in the first."""
    probabilities = np.linspace(1.0, 0.9, 30).astype(np.float32)
    bins = equal_mass_bins(probabilities)
    assert np.bincount(bins).tolist() == [2] * 15
    assert (bins[-1], bins[0]) == (0, 14)


def test_the_error_is_the_gap_of_each_bin_weighted_by_its_reports() -> None:
    """Three of 0.9 all right: gap 0.1; one of 0.5 wrong: gap 0.5. (3 * 0.1 + 1 * 0.5) / 4 = 0.2."""
    reports = reports_of([0.9, 0.9, 0.9, 0.5], [True, True, True, False])
    assert expected_calibration_error(reports, equal_width_bins(reports.scores)) == pytest.approx(0.2)


def test_without_reports_it_is_unknown() -> None:
    """No report, no error that could be told."""
    none = reports_of([], [])
    assert expected_calibration_error(none, equal_width_bins(none.scores)) is None
