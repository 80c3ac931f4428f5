"""Gives a model's card its calibration and thresholds, from labelled pictures it was not trained on."""

from dataclasses import replace

import numpy as np

from models.boxes import Floats
from models.calibration import Calibration
from models.card import ModelCard
from models.errors import DataSetError
from models.evaluation.curve_fitting import fit_curves
from models.evaluation.data_hash import data_sha256
from models.evaluation.data_set import DataSet
from models.evaluation.reports import Reports, check_same_classes, collect_reports
from models.evaluation.thresholds import choose_thresholds
from models.registry import Model


def calibrate(model: Model, data: DataSet, precision: float, command: str) -> ModelCard:
    """The model's card with a new calibration and thresholds for `precision`; load the model with LEAST_SCORE.

    Figures that the card held are left out: they were measured on other confidences.
    Raises DataSetError where the classes are others, or nothing in the pictures is found.
    """
    bare = Model(model.card.model_copy(update={"calibration": None, "thresholds": None, "figures": None}), model.runtime)
    check_same_classes(model, data)
    reports = collect_reports(bare, data)
    if not reports.right.any():
        raise DataSetError(str(data.file), "", f"{model.card.name} finds nothing in these pictures: nothing to calibrate on")
    curves = fit_curves(reports)
    calibration = Calibration(
        data=str(data.file.parent),
        data_sha256=data_sha256(data),
        command=command,
        reports=curves.reports,
        pooled=curves.pooled,
        classes=curves.classes,
    )
    thresholds = choose_thresholds(as_probabilities(reports, calibration), precision)
    return bare.card.model_copy(update={"calibration": calibration, "thresholds": thresholds})


def as_probabilities(reports: Reports, calibration: Calibration) -> Reports:
    """Reports of the network's own scores with probabilities in their place."""
    return replace(reports, scores=_probabilities(reports, calibration))


def _probabilities(reports: Reports, calibration: Calibration) -> Floats:
    scores = np.zeros_like(reports.scores)
    for index, name in enumerate(reports.names):
        of_class = reports.classes == index
        scores[of_class] = calibration.curve(name).probability(reports.scores[of_class])
    return scores
