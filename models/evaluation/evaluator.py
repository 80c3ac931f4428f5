"""A model's figures from its reports on a labelled data set."""

import numpy as np

from models.boxes import Floats
from models.card import Figures, ModelCard
from models.evaluation.calibration_error import MEASURED_FROM, equal_mass_bins, equal_width_bins, expected_calibration_error
from models.evaluation.reports import Reports
from models.evaluation.scoring import class_figures

DEFAULT_CONFIDENCE = 0.35
"""From which confidence on reports count where neither the card nor the user says."""


def figures_of(reports: Reports, described: str, confidence: float | Floats, auxiliary: tuple[str, ...] = ()) -> Figures:
    """The figures of all classes, precision and recall at `confidence`: one for all, or (classes,) one for each.

    `described` says which pictures these were. What is found only to be masked becomes no finding: the classes `auxiliary`
    count in the mean average precision, each has its own figures, and the other figures of all classes leave them out.
    """
    bounds = np.broadcast_to(np.asarray(confidence, np.float32), len(reports.names))
    each = tuple(
        class_figures(name, reports.of_class(index), int(reports.instances[index]), float(bounds[index]))
        for index, name in enumerate(reports.names)
    )
    findings = reports.without(auxiliary)
    kept, instances = findings.at_least(bounds), int(findings.instances.sum())
    hits, measured = int(kept.right.sum()), findings.at_least(MEASURED_FROM)
    return Figures(
        data=described,
        images=reports.images,
        instances=int(reports.instances.sum()),
        confidence=float(bounds.min()),
        map50=float(np.mean([one.ap50 for one in each if one.ap50 is not None] or [0.0])),
        precision=hits / max(len(kept.right), 1),
        recall=hits / max(instances, 1),
        ece=expected_calibration_error(measured, equal_width_bins(measured.scores)),
        ece_equal_mass=expected_calibration_error(measured, equal_mass_bins(measured.scores)),
        ece_from=MEASURED_FROM,
        classes=each,
    )


def bounds_of(card: ModelCard, confidence: float | None, names: tuple[str, ...]) -> Floats:
    """(names,) from which confidence on reports count: `confidence`, or else the card's thresholds, or DEFAULT_CONFIDENCE."""
    stated = card.thresholds.classes if card.thresholds and confidence is None else {}
    fallback = DEFAULT_CONFIDENCE if confidence is None else confidence
    return np.array([stated.get(name, fallback) for name in names], np.float32)
