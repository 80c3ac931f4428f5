"""`oneflight plan city` and `oneflight bench city`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ground_station.scheduling import city_cli
from missions.errors import InvalidInput
from tests.ground_station.scheduling.failing_planners import raises
from tests.ground_station.scheduling.test_city import threads
from tests.missions.scheduling.made_district import make_district

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up districts, planned in threads."""
    monkeypatch.setattr(city_cli, "load", lambda path=None: make_district())
    monkeypatch.setattr(
        city_cli, "example_city", lambda district, count: [make_district(id=f"d{number}") for number in range(count)]
    )
    monkeypatch.setattr(city_cli, "_open", lambda on, workers: threads)


def test_districts_are_planned_and_reported(tmp_path: Path) -> None:
    """Two districts: a line each, a schedule each, figures of each without a fault."""
    files = ["--out", str(tmp_path / "city.json"), "--report", str(tmp_path / "report.json")]
    done = RUNNER.invoke(city_cli.plan, ["--date", "2026-06-02", "--districts", "2", "--time-limit", "0", *files])
    assert done.exit_code == 0, done.output
    schedules = json.loads((tmp_path / "city.json").read_text(encoding="utf-8"))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [one["district_id"] for one in schedules] == ["d0", "d1"]
    assert [(one["district"], one["violations"]) for one in report["districts"]] == [("d0", 0), ("d1", 0)]


def test_a_district_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exit code 1, and its error in the table and in the report."""
    planned = city_cli.plan_city
    monkeypatch.setattr(city_cli, "plan_city", lambda *arguments, **named: planned(*arguments, **named, plan=raises))
    arguments = ["--date", "2026-06-02", "--districts", "1", "--time-limit", "0", "--report", str(tmp_path / "r.json")]
    done = RUNNER.invoke(city_cli.plan, arguments)
    assert done.exit_code == 1
    assert "no solver" in done.output
    assert "no solver" in (tmp_path / "r.json").read_text(encoding="utf-8")


def test_bench_compares_both_ways(tmp_path: Path) -> None:
    """The same value side by side as one after the other."""
    done = RUNNER.invoke(city_cli.bench, ["--date", "2026-06-02", "--districts", "2", "--report", str(tmp_path / "bench.json")])
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert (figures["districts"], figures["failed"], figures["violations"], figures["value_ratio"]) == (2, 0, 0, 1.0)


def test_a_day_that_is_none() -> None:
    """It is said how to write one."""
    done = RUNNER.invoke(city_cli.plan, ["--date", "tomorrow", "--districts", "1"])
    assert isinstance(done.exception, InvalidInput)
