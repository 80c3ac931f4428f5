import json
from pathlib import Path

import pytest

from edge_agent.bench.clutter import ClutterFigures
from models.evaluation.report import read_false_per_10_min

FLOWN = ClutterFigures(minutes=40.0, false_findings=("crane", "algae"), waiting=("crane", "crane", "algae", "pit"))


def test_findings_are_counted_by_ten_minutes() -> None:
    """2 and 4 in 40 minutes are 0.5 and 1 in ten."""
    figures = FLOWN.figures()
    assert (figures["false_per_10_min"], figures["waiting_per_10_min"]) == (0.5, 1.0)
    assert figures["false_findings"] == ["algae", "crane"]


def test_an_evaluation_takes_the_report_over(tmp_path: Path) -> None:
    """`model evaluate --false-findings` reads what `bench clutter --report` writes."""
    report = tmp_path / "clutter.json"
    report.write_text(json.dumps(FLOWN.figures()), encoding="utf-8")
    assert read_false_per_10_min(report) == pytest.approx(0.5)
