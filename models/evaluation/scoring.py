"""Average precision, precision and recall of a class, and of all classes together."""

import numpy as np
from numpy.typing import NDArray

from models.boxes import Floats
from models.card import ClassFigures
from models.evaluation.reports import Reports


def average_precision(scores: Floats, right: NDArray[np.bool_], instances: int) -> float:
    """The area under the precision-recall curve, precision made monotone (Pascal VOC 2010, all points)."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    recall = np.concatenate([[0.0], hits / instances])
    precision = np.concatenate([[1.0], hits / np.arange(1, len(hits) + 1)])
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall) * envelope[1:]))


def class_figures(name: str, reports: Reports, instances: int, threshold: float) -> ClassFigures:
    """The figures of one class from all its reports and the number of its true instances."""
    kept = reports.right[reports.scores >= threshold]
    hits = int(kept.sum())
    return ClassFigures(
        name=name,
        instances=instances,
        ap50=average_precision(reports.scores, reports.right, instances) if instances else None,
        precision=hits / len(kept) if len(kept) else None,
        recall=hits / instances if instances else None,
        reported=len(kept),
        threshold=threshold,
    )
