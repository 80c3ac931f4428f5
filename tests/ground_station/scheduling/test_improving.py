"""Improved plans are never worse and never faulty, whatever becomes of the solver."""

import logging
from itertools import count

import pytest
from hypothesis import given, settings

from ground_station.scheduling import improving
from ground_station.scheduling.improving import improve
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution, Trip
from missions.scheduling.timeline import faults
from tests.missions.scheduling.made_problem import Row, days, random_day


@given(days())
@settings(max_examples=12, deadline=None)
def test_never_worse_and_never_faulty(problem: Problem) -> None:
    """Random days of two kinds, with windows, crews and limits of trips, in a tenth of a second each."""
    start = greedy(problem)
    improved = improve(problem, start, time_limit_s=0.1)
    assert faults(problem, improved) == []
    assert improved.value(problem) >= start.value(problem)


def test_finds_more_than_greedy() -> None:
    """On an oversubscribed day of forty jobs, in a second."""
    problem = random_day(7, 40)
    start = greedy(problem)
    assert improve(problem, start, time_limit_s=1.0).value(problem) > start.value(problem)


@pytest.mark.parametrize("fails", ["raises", "finds nothing"])
def test_goes_on_without_the_solver(fails: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so, and the plan is filled in all the same."""

    class Broken:
        def __init__(self, *_: object) -> None:
            if fails == "raises":
                raise RuntimeError("no solver here")

        def solve(self, *_: object) -> None:
            return None

    monkeypatch.setattr(improving, "RoutingModel", Broken)
    problem = Row().problem()
    with caplog.at_level(logging.WARNING):
        improved = improve(problem, Solution((Trip(0, 0.0, (0,)),)), time_limit_s=0.2)
    assert improved.value(problem) == 10
    assert "OR-Tools" in caplog.text


def test_too_many_jobs_for_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are improved without it."""
    monkeypatch.setattr(improving, "LARGEST", 3)
    monkeypatch.setattr(improving, "RoutingModel", None)
    problem = Row().problem()
    assert improve(problem, Solution((Trip(0, 0.0, (0,)),)), time_limit_s=0.2).value(problem) == 10


def test_an_unsound_plan_is_not_taken(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Should a step err, the start stays, and the log has the fault."""
    monkeypatch.setattr(improving, "shake", lambda *_, **__: Solution((Trip(0, 0.0, (2, 3)),)))
    start = Solution((Trip(0, 0.0, (0,)),))
    assert improve(Row().problem(), start, time_limit_s=0.1) == start
    assert "below the reserve" in caplog.text


def test_keeps_to_its_time() -> None:
    """By the clock that it is given; without any it gives the start back."""
    ticks = count()
    problem = random_day(9, 20)
    start = greedy(problem)
    assert improve(problem, start, time_limit_s=0.0, clock=lambda: float(next(ticks))).value(problem) >= start.value(problem)
    assert next(ticks) < 10


def test_nothing_to_begin_with() -> None:
    """From an empty plan, and for a fleet that is not there."""
    problem = Row().problem()
    assert improve(problem, Solution(), time_limit_s=0.1).value(problem) == 10
    assert improve(Row(vehicles=()).problem(), Solution(), time_limit_s=0.1) == Solution()
