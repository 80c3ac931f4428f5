"""A plan at once: sound, repeatable, and sensible where the answer is plain."""

from hypothesis import given, settings
from hypothesis import strategies as st

from missions.scheduling.greedy import greedy
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.timeline import faults
from tests.missions.scheduling.made_problem import Row, days, random_day, with_skies


def test_serves_all_where_there_is_time() -> None:
    """A whole day is enough for the row of four."""
    problem = Row().problem()
    assert greedy(problem).value(problem) == 10


def test_takes_the_most_for_its_time() -> None:
    """In 300 s only one trip of 280 s fits: to the job worth 4, not to the one worth 1."""
    solution = greedy(Row(end_s=300.0, windows=None).problem())
    assert [trip.jobs for trip in solution.trips] == [(3,)]


def test_nothing_to_do_is_an_empty_plan() -> None:
    """No vehicles, or nothing that they can do."""
    assert greedy(Row(vehicles=()).problem()) == Solution()
    assert greedy(Row(able=((False,) * 4,)).problem()) == Solution()


def test_same_seed_same_plan() -> None:
    """Chance comes from the seed alone."""
    problem = random_day(3, 40)
    assert greedy(problem, seed=5) == greedy(problem, seed=5)


@given(days())
@settings(max_examples=100, deadline=None)
def test_never_has_faults(problem: Problem) -> None:
    """Whatever the windows, crew, waiting and limits of trips."""
    assert faults(problem, greedy(problem)) == []


@given(problem=days(), seed=st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_keeps_to_the_hours_of_its_ways(problem: Problem, seed: int) -> None:
    """With closures every trip lies, whole, in the hours of the ways that it takes."""
    closed = with_skies(problem, seed)
    assert faults(closed, greedy(closed)) == []
