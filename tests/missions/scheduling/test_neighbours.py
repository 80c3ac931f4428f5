"""Who is near whom."""

from missions.scheduling.neighbours import nearest_jobs
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
