"""Which jobs lie near one another, and near a depot."""

from collections.abc import Callable

from missions.scheduling.problem import Problem

NEAREST = 30
"""Jobs looked at around a job: farther ones are hardly ever its neighbours in a good trip."""

RING = 64
"""Jobs looked at first round a depot; then twice as many, and so on."""


def nearest_jobs(problem: Problem, count: int = NEAREST) -> list[list[int]]:
    """Of every place (jobs, then depots) the `count` nearest other jobs, nearest first, by the way there and back."""
    return problem.travel.near(min(count, max(problem.jobs - 1, 0)))


class Surroundings:
    """The jobs round a depot that a kind of vehicle can fly, nearest first, fetched only as far out as they are asked for."""

    def __init__(self, problem: Problem, kind: int, depot: int, can_fly: Callable[[int], bool]) -> None:
        self._travel, self._jobs, self._kind, self._depot = problem.travel, problem.jobs, kind, depot
        self._can_fly = can_fly
        self._seen: set[int] = set()
        self._waiting: list[int] = []

    def first(self, count: int, is_open: Callable[[int], bool]) -> list[int]:
        """The `count` nearest that are open. Those before them that are not are forgotten for good."""
        self._waiting = [job for job in self._waiting if is_open(job)]
        while len(self._waiting) < count and len(self._seen) < self._jobs:
            self._fetch(is_open)
        return self._waiting[:count]

    def _fetch(self, is_open: Callable[[int], bool]) -> None:
        around = self._travel.around(self._kind, self._depot, min(max(2 * len(self._seen), RING), self._jobs))
        more = [job for job in around if job not in self._seen]
        self._seen.update(more)
        more = [job for job in more if is_open(job)]
        self._travel.know(self._kind, self._depot, more)
        self._waiting += [job for job in more if self._can_fly(job)]
