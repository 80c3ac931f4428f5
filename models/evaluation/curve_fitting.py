"""Fits the curves from score to probability on a model's bare scores, a class drawn to the pooled curve where it has few."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.calibration import SCORE_MARGIN, BetaCurve
from models.evaluation.reports import Reports

Floats64 = NDArray[np.float64]

FITTED_FROM = 0.02
"""Least score of the reports a curve is fitted on: what lies below is many times as much, and would fix the curve where
nobody looks."""

PRIOR_SD = (0.5, 0.5, 1.0)
"""How far a class's a, b and c are expected to lie from the pooled curve's (standard deviations of a normal prior)."""

_POOLED_SD = (10.0, 10.0, 10.0)
_PLAIN = BetaCurve(a=1, b=1, c=0)


@dataclass(frozen=True)
class Curves:
    """The curves of all classes together and of each that has reports; and how many reports there were."""

    pooled: BetaCurve
    classes: dict[str, BetaCurve]
    reports: int


def fit_curves(reports: Reports) -> Curves:
    """Curves by the greatest posterior probability; the reports' scores must be the network's own."""
    known = reports.at_least(FITTED_FROM)
    pooled = fit_curve(known, _PLAIN, _POOLED_SD)
    of_class = {name: known.of_class(index) for index, name in enumerate(known.names)}
    classes = {name: fit_curve(own, pooled, PRIOR_SD) for name, own in of_class.items() if len(own.scores)}
    return Curves(pooled, classes, len(known.scores))


def fit_curve(reports: Reports, prior: BetaCurve, prior_sd: tuple[float, float, float]) -> BetaCurve:
    """The curve of the greatest posterior probability under a normal prior round `prior`; `prior` itself without reports."""
    kept = np.clip(reports.scores.astype(np.float64), SCORE_MARGIN, 1 - SCORE_MARGIN)
    design = np.column_stack([np.log(kept), -np.log1p(-kept), np.ones_like(kept)])
    centre, sd = np.array([prior.a, prior.b, prior.c]), np.array(prior_sd)
    signs = np.where(reports.right, 1.0, -1.0)

    def loss(parameters: Floats64) -> tuple[float, Floats64]:
        margins = signs * (design @ parameters)
        away = (parameters - centre) / sd
        slope = -(signs / (1 + np.exp(margins))) @ design + away / sd
        return float(np.logaddexp(0, -margins).sum() + 0.5 * away @ away), slope

    bounds = [(0, None), (0, None), (None, None)]
    found = minimize(loss, centre, jac=True, method="L-BFGS-B", bounds=bounds).x
    return BetaCurve(a=float(found[0]), b=float(found[1]), c=float(found[2]))
