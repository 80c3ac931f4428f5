"""An evaluation's figures as a file."""

import json
from pathlib import Path

import pytest

from models.card import read_card
from models.errors import DataSetError
from models.evaluation.evaluator import bounds_of, figures_of
from models.evaluation.report import as_report, in_words, read_false_per_10_min
from tests.models.conftest import CLASSES
from tests.models.evaluation.conftest import reports_of

REPORTS = reports_of([0.9, 0.8, 0.7], [True, False, True], classes=[0, 1, 1], instances=(2, 2))


def test_the_keys_that_others_read_are_there(tiny: Path) -> None:
    """Overall figures at the top, a class's under its name, and how they were measured beside."""
    report = as_report(figures_of(REPORTS, "three", 0.5), read_card(tiny))
    assert set(report) == {"map50", "precision", "recall", "ece", "false_per_10_min", "per_class", "details"}
    assert report["precision"] == pytest.approx(2 / 3)
    assert report["per_class"]["b"] == {
        "instances": 2, "ap50": 0.25, "precision": 0.5, "recall": 0.5, "reported": 2, "threshold": 0.5
    }  # fmt: skip
    assert report["details"]["model"]["name"] == "tiny"
    assert report["details"]["ece_from"] == 0.05
    assert json.dumps(report)


def test_precision_and_recall_hold_at_each_classs_own_threshold() -> None:
    """B counts from 0.75 on: its one report is wrong; a from 0.5: one of two found. Together 1/2 and 1/4."""
    figures = figures_of(REPORTS, "three", [0.5, 0.75])
    assert (figures.precision, figures.recall) == (pytest.approx(0.5), pytest.approx(0.25))
    assert "AP50 0.250  P 0.000  R 0.000  from 0.750" in in_words(figures)


def test_what_is_only_masked_counts_for_itself_alone() -> None:
    """With b auxiliary, precision and recall are a's (1/1 and 1/2); b keeps its own, and its share in the mean precision."""
    figures, both = (figures_of(REPORTS, "three", 0.5, auxiliary) for auxiliary in (("b",), ()))
    assert (figures.precision, figures.recall) == (pytest.approx(1.0), pytest.approx(0.5))
    assert (figures.map50, figures.classes, figures.instances) == (both.map50, both.classes, both.instances)


def test_without_thresholds_one_confidence_counts_for_all(tiny: Path) -> None:
    """A card without thresholds: the stated confidence, or 0.35."""
    assert bounds_of(read_card(tiny), None, CLASSES).tolist() == pytest.approx([0.35] * 3)
    assert bounds_of(read_card(tiny), 0.6, CLASSES).tolist() == pytest.approx([0.6] * 3)


def test_false_findings_are_read_from_their_report(tmp_path: Path) -> None:
    """The figure is taken over; a file without it, or without sense, is named."""
    file = tmp_path / "clutter.json"
    file.write_text('{"false_per_10_min": 0.4, "minutes": 25}')
    assert read_false_per_10_min(file) == 0.4
    for text, says in (("{}", "false_per_10_min: Field required"), ("no json", "no report that can be read")):
        file.write_text(text)
        with pytest.raises(DataSetError, match=says):
            read_false_per_10_min(file)
