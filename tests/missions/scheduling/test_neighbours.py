"""Who is near whom."""

from missions.scheduling.neighbours import Surroundings, nearest_jobs
from tests.missions.scheduling.made_problem import Row, random_day


def test_nearest_first_without_oneself() -> None:
    """On the row 1, 2, 3, -1 with the depot at 0; of two as near, either may come first."""
    near = nearest_jobs(Row().problem(), count=2)
    assert near[2] == [1, 0]
    assert near[3] == [0, 1]
    assert sorted(near[4]) == [0, 3]


def test_as_many_as_there_are() -> None:
    """A lone job has no neighbours; beyond a block of rows nothing is lost."""
    assert nearest_jobs(Row(places=(1,), value=(1,)).problem()) == [[], []]
    near = nearest_jobs(random_day(1, 300), count=5)
    assert len(near) == 302
    assert all(len(set(jobs)) == 5 and place not in jobs for place, jobs in enumerate(near))


def test_nearest_open_jobs_round_a_depot() -> None:
    """On the row 1, 2, 3, -1: the one at 2 cannot be flown; once the nearest are done, farther ones come up."""
    around = Surroundings(Row().problem(), 0, 4, can_fly=lambda job: job != 1)
    assert sorted(around.first(2, lambda job: True)) == [0, 3]
    assert around.first(2, lambda job: job not in {0, 3}) == [2]
    assert around.first(2, lambda job: True) == [2]


def test_surroundings_reach_as_far_as_needed() -> None:
    """Of 300 jobs only the last is open: it is found behind all the others."""
    problem = random_day(1, 300)
    last = problem.travel.around(0, 300, 300)[-1]
    assert Surroundings(problem, 0, 300, can_fly=lambda job: True).first(3, lambda job: job == last) == [last]
