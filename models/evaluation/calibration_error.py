"""Expected calibration error: how far stated probabilities are from the share of reports that were right.

Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks (ICML 2017), eq. 3: over bins, the mean of
|share right - mean probability|, weighted by the number of reports. Bins of equal mass (Nixon et al., 2019) cross-check it:
equally wide bins may hide an error where most reports crowd into one of them.
"""

import numpy as np

from models.boxes import Floats, Ints
from models.evaluation.reports import Reports

BINS = 15
MEASURED_FROM = 0.05
"""Least probability of the reports that count: below it lie thousands of boxes that nobody ever sees, and their trivial
agreement (all wrong, all near 0) would drown the error of those that matter."""


def equal_width_bins(probabilities: Floats) -> Ints:
    """(n,) the bin of each of (n,) probabilities; bins are equally wide over [0, 1]."""
    return np.minimum((probabilities * BINS).astype(np.int64), BINS - 1)


def equal_mass_bins(probabilities: Floats) -> Ints:
    """(n,) the bin of each of (n,) probabilities; bins hold as many reports each, as near as that goes."""
    ranks = np.argsort(np.argsort(probabilities, kind="stable"), kind="stable")
    return np.asarray(ranks * BINS // max(len(probabilities), 1), dtype=np.int64)


def expected_calibration_error(reports: Reports, bins: Ints) -> float | None:
    """The error over these bins, (n,) a bin for each report; None where there are no reports."""
    if not len(bins):
        return None
    gaps = np.zeros(BINS)
    np.add.at(gaps, bins, reports.right.astype(np.float64) - reports.scores)
    return float(np.abs(gaps).sum() / len(bins))
