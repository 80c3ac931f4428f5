"""More out of a plan, never less."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.fill_in import better, fill_in
from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution, Trip
from missions.scheduling.timeline import faults
from tests.missions.scheduling.made_problem import Row, days, random_day, with_skies


def _no_clock() -> float:
    return 0.0


def test_fills_an_empty_plan() -> None:
    """All four jobs fit into the day."""
    problem = Row().problem()
    assert fill_in(problem, Solution(), clock=_no_clock, until_s=1.0).value(problem) == 10


def test_a_detour_is_straightened() -> None:
    """Jobs 0, 2, 1 and home are no longer than 0, 1, 2, but 1, 0, 2 are by 200 s: the order becomes one along the row."""
    kinds = (type(Row().kinds[0])(40.0, 36.0, 72.0, 10.0, 20.0, 1.0),)
    problem = Row(kinds=kinds, able=((True, True, True, False),), max_trips=1).problem()
    filled = fill_in(problem, Solution((Trip(0, 0.0, (1, 0, 2)),)), clock=_no_clock, until_s=1.0)
    assert filled.trips[0].jobs in {(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 1, 0)}


def test_keeps_to_its_time() -> None:
    """With no time left the plan stays as it is; a clock that runs on ends the work."""
    problem = random_day(4, 30)
    start = greedy(problem)
    assert fill_in(problem, start, clock=_no_clock, until_s=0.0).value(problem) == start.value(problem)
    ticks = count()
    fill_in(problem, start, clock=lambda: float(next(ticks)), until_s=5.0)
    assert next(ticks) < 30


def test_better_is_more_value_then_less_flying() -> None:
    """Value first; of the same value the shorter; the same twice is the first."""
    problem = Row().problem()
    one, two = Solution((Trip(0, 0.0, (0,)),)), Solution((Trip(0, 0.0, (3,)),))
    assert better(problem, one, two) is two
    direct, around = Solution((Trip(0, 0.0, (0, 1)),)), Solution((Trip(0, 0.0, (0,)), Trip(0, 2000.0, (1,))))
    assert better(problem, around, direct) is direct
    assert better(problem, one, one) is one


@given(days())
@settings(max_examples=60, deadline=None)
def test_never_less_and_never_faulty(problem: Problem) -> None:
    """From greedy plans and from nothing."""
    start = greedy(problem)
    for plan in (start, Solution()):
        filled = fill_in(problem, plan, clock=_no_clock, until_s=1.0)
        assert faults(problem, filled) == []
        assert filled.value(problem) >= plan.value(problem)


@given(problem=days(), seed=st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_closures_leave_it_sound(problem: Problem, seed: int) -> None:
    """The same where trips have ways of their hours."""
    closed = with_skies(problem, seed)
    filled = fill_in(closed, Solution(), clock=_no_clock, until_s=1.0)
    assert faults(closed, filled) == []
