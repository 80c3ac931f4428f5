"""What the bench measures, on small sizes."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from ground_station.scheduling import bench
from missions.catalog import load
from missions.scheduling.growth import grown
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.timeline import faults

SMALL = grown(load(), 60)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few polygons and sizes, and no searching: the greedy plan is the best there is."""
    keep: Callable[..., Solution] = lambda problem, start, **_: start  # noqa: E731
    monkeypatch.setattr(bench, "improve", keep)
    monkeypatch.setattr(bench, "POLYGONS", 3)
    monkeypatch.setattr(bench, "GROWTH", (10, 20))


def test_all_keys_are_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The figures that the project's bars name are in the report, each a number."""
    monkeypatch.setattr(bench, "load", lambda: SMALL)
    arguments = ["--report", str(tmp_path / "r.json"), "--time-limit", "1", "--seeds", "1", "--seed-limit", "1"]
    done = CliRunner().invoke(bench.app, arguments)
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    named = """first_plan_s final_plan_s peak_memory_mb violations hours_saved_ratio lower_bound_gap value_over_greedy_median
    upper_bound_gap path_ratio_p95 coverage_min replan_s moved_ratio greedy_scaling_exponent short_value_over_greedy_median
    short_upper_bound_gap short_greedy_upper_bound_gap short_violations"""
    assert set(named.split()) <= set(figures)
    assert all(isinstance(value, int | float) for value in figures.values())
    assert figures["violations"] == figures["short_violations"] == 0


def test_a_short_day_is_no_better_than_its_bound() -> None:
    """With half of the drones a plan reaches no more than the bound, and at least the greedy plan."""
    figures = bench._short_days(SMALL, 1, 0.5)
    assert figures["short_value_over_greedy_median"] >= 1
    assert 0 <= figures["short_upper_bound_gap"] <= figures["short_greedy_upper_bound_gap"] < 1


def test_polygons_cover_themselves() -> None:
    """Of three random polygons: all of the ground is seen, and no path is much longer than the best of all angles."""
    figures = bench._paths(SMALL.aircraft_types[0])
    assert figures["coverage_min"] > 0.999
    assert figures["path_ratio_p95"] < 1.5


def test_exponent_is_the_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where time is the square of the routes, the slope in logarithms is 2."""
    monkeypatch.setattr(bench, "_greedy_s", lambda request: len(request.district.routes) ** 2 / 1000)
    assert bench._scaling(SMALL) == pytest.approx(2.0)


def test_a_step_gives_what_it_measures() -> None:
    """And tells how long it took."""
    out = io.StringIO()
    assert bench._step(Console(file=out), "adding", lambda: 1 + 1) == 2
    assert "adding: 0 s" in out.getvalue()


def test_the_greedy_plan_is_sound_in_a_grown_district() -> None:
    """A dense one, twice the routes on the same land: no rule of the problem is broken."""
    from missions.scheduling.day import first_plan, prepare_day

    problem: Problem
    work = prepare_day(bench.request_for(grown(SMALL, 120), bench.DAY, 1, bench.DayConditions()))
    problem = work.problem
    assert faults(problem, first_plan(work)) == []
