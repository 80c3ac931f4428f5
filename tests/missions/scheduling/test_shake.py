"""Taking a plan apart and putting it together: never less, never faulty, the same for the same seed."""

from collections.abc import Callable
from itertools import count

from hypothesis import given, settings

from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.shake import shake
from missions.scheduling.timeline import faults
from tests.missions.scheduling.made_problem import days, random_day


def _steps() -> Callable[[], float]:
    ticks = count()
    return lambda: float(next(ticks))


@given(days())
@settings(max_examples=40, deadline=None)
def test_never_less_and_never_faulty(problem: Problem) -> None:
    """Thirty steps from a greedy plan."""
    start = greedy(problem)
    shaken = shake(problem, start, seed=1, clock=_steps(), until_s=30.0)
    assert faults(problem, shaken) == []
    assert shaken.value(problem) >= start.value(problem)


def test_finds_what_greedy_missed() -> None:
    """On a day with more jobs than fit, a hundred steps raise the value."""
    problem = random_day(7, 40)
    start = greedy(problem)
    assert shake(problem, start, seed=1, clock=_steps(), until_s=100.0).value(problem) > start.value(problem)


def test_same_seed_same_plan() -> None:
    """Chance comes from the seed alone; nothing stays nothing."""
    problem = random_day(8, 30)
    plans = [shake(problem, greedy(problem), seed=3, clock=_steps(), until_s=20.0) for _ in range(2)]
    assert plans[0] == plans[1]
    assert shake(problem, Solution(), seed=3, clock=_steps(), until_s=20.0) == Solution()
