"""An evaluation's figures as a file for programs and as lines for people."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from models.card import ClassFigures, Figures, ModelCard
from models.errors import DataSetError

_HEAD = ("map50", "precision", "recall", "ece", "false_per_10_min")


class _FalseFindings(BaseModel):
    false_per_10_min: float = Field(ge=0)


def as_report(figures: Figures, card: ModelCard) -> dict[str, Any]:
    """JSON: `map50, precision, recall, ece, false_per_10_min, per_class`, and `details` that say how they were measured."""
    facts = figures.model_dump(mode="json")
    return {
        **{key: facts[key] for key in _HEAD},
        "per_class": {one["name"]: {k: v for k, v in one.items() if k != "name"} for one in facts["classes"]},
        "details": {
            **{key: value for key, value in facts.items() if key not in (*_HEAD, "classes")},
            "model": card.ref.model_dump(mode="json"),
            "precision_target": card.thresholds.precision if card.thresholds else None,
        },
    }


def read_false_per_10_min(path: Path) -> float:
    """The figure in the report of `oneflight bench clutter`. Raises DataSetError."""
    try:
        return _FalseFindings.model_validate(json.loads(path.read_text(encoding="utf-8"))).false_per_10_min
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataSetError(str(path), "", f"no report that can be read: {error}") from error
    except ValidationError as error:
        raise DataSetError(str(path), "false_per_10_min", error.errors()[0]["msg"]) from error


def in_words(figures: Figures) -> str:
    """A line for each class, the worst first, and one for all."""
    lines = [_class_line(one) for one in sorted(figures.classes, key=lambda each: each.ap50 or 0.0)]
    overall = f"mAP50 {figures.map50:.3f}  precision {figures.precision:.3f}  recall {figures.recall:.3f}"
    calibration = (
        f"ECE {figures.ece:.3f} ({figures.ece_equal_mass:.3f} over bins of equal mass)" if figures.ece is not None else ""
    )
    return "\n".join([*lines, f"{overall}  {calibration}".rstrip()])


def _class_line(one: ClassFigures) -> str:
    shares = f"AP50 {one.ap50 or 0:.3f}  P {one.precision or 0:.3f}  R {one.recall or 0:.3f}"
    return f"{one.name:24} {one.instances:5}  {shares}  from {one.threshold or 0:.3f}"
