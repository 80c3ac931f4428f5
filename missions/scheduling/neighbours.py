"""Which jobs lie near one another, and near a depot."""

import numpy as np
from numpy.typing import NDArray

from missions.scheduling.problem import Problem

NEAREST = 30
"""Jobs looked at around a job: farther ones are hardly ever its neighbours in a good trip."""

ROWS_AT_ONCE = 256
"""Rows of the travel table sorted together, which bounds the memory beside it."""


def nearest_jobs(problem: Problem, count: int = NEAREST) -> list[list[int]]:
    """Of every place (jobs, then depots) the `count` nearest other jobs, nearest first, by the way there and back.

    The way is that of the first kind of vehicle: kinds differ in speed more than in who is near whom.
    """
    jobs = problem.jobs
    count = min(count, max(jobs - 1, 0))
    nearest: list[list[int]] = []
    for first in range(0, jobs + problem.depots, ROWS_AT_ONCE):
        places = np.arange(first, min(first + ROWS_AT_ONCE, jobs + problem.depots))
        nearest += _nearest_of(problem, places, count).tolist() if count else [[] for _ in places]
    return nearest


def _nearest_of(problem: Problem, places: NDArray[np.int_], count: int) -> NDArray[np.int_]:
    way_s = problem.travel_s[0][places, : problem.jobs] + problem.travel_s[0][: problem.jobs, places].T
    own = places < problem.jobs
    way_s[own, places[own]] = np.inf
    chosen = np.argpartition(way_s, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(way_s, chosen, axis=1), axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1)
