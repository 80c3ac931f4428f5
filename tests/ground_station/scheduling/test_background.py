"""Planning in a process of its own, whatever becomes of that process."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from ground_station.scheduling.background import BackgroundPlanner, PlanningFailed
from ground_station.scheduling.rehearsal import request_for
from missions.district import District
from missions.schedule import DayConditions
from missions.scheduling.day import DayRequest
from tests.ground_station.scheduling.failing_planners import hangs, is_killed, raises

Make = Callable[..., BackgroundPlanner]


@pytest.fixture
def make() -> Iterator[Make]:
    """A planner that is closed afterwards."""
    made: list[BackgroundPlanner] = []

    def planner(*arguments: object) -> BackgroundPlanner:
        made.append(BackgroundPlanner(*arguments))  # type: ignore[arg-type]
        return made[-1]

    yield planner
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def request_of_day(district: District) -> DayRequest:
    """A day of the shipped district's twenty routes."""
    return request_for(district, date(2026, 11, 24), 1, DayConditions())


@pytest.mark.parametrize(
    ("plan", "grace_s", "words"),
    [
        (raises, 60.0, "RuntimeError: no solver on 2026-11-24"),
        (is_killed, 60.0, "exit code -9 and no plan"),
        (hangs, 0.5, "did not end within 1 s and was stopped"),
    ],
)
def test_what_went_wrong_is_told(plan: object, grace_s: float, words: str, make: Make, request_of_day: DayRequest) -> None:
    """A fault, a kill, an endless search: the future has the reason, and does not wait for ever."""
    with pytest.raises(PlanningFailed, match=words):
        make(plan, grace_s).plan(request_of_day, 0.5).result(60)


def test_the_next_day_is_planned_after_a_crash(make: Make, request_of_day: DayRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is a new one."""
    planner = make(is_killed)
    with pytest.raises(PlanningFailed):
        planner.plan(request_of_day, 0.5).result(60)
    monkeypatch.setattr(planner, "_plan", BackgroundPlanner()._plan)
    planned = planner.plan(request_of_day, 0.5).result(60)
    assert planned.violations == ()
    assert planned.schedule.flights


def test_closing_ends_the_search(make: Make, request_of_day: DayRequest) -> None:
    """What was being planned, and what waited for its turn, is dropped at once."""
    planner = make(hangs)
    running, waiting = planner.plan(request_of_day, 60), planner.plan(request_of_day, 60)
    planner.close()
    assert waiting.cancelled()
    assert running.cancelled() or isinstance(running.exception(10), PlanningFailed)


def test_who_asks_again_while_it_closes_is_turned_away(make: Make, request_of_day: DayRequest) -> None:
    """Whoever waits is told that it is off, and may ask for more from there: closing ends all the same."""
    planner = make(hangs)
    planner.plan(request_of_day, 0)
    waiting, again = planner.plan(request_of_day, 0), []
    waiting.add_done_callback(lambda _: again.append(planner.plan(request_of_day, 0)))
    planner.close()
    assert waiting.cancelled()
    assert [one.cancelled() for one in again] == [True]
