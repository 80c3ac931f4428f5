"""The least time in the air that a set of jobs could take, whoever flies them: what savings are measured against."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from missions.scheduling.problem import Problem


def least_flight_s(problem: Problem, jobs: Sequence[int]) -> float:
    """A lower bound of the flight time of any plan that serves `jobs`, in the problem's own numbers.

    Every job is entered once and left once, so the ways add up to at least half of each job's cheapest way in and out (the
    other halves belong to its neighbours; a depot's are left out). Every trip costs `trip_s`, and the energy that the jobs
    take at least needs so many trips.
    """
    if not jobs:
        return 0.0
    chosen = np.asarray(jobs)
    service_s = np.where(problem.able, problem.service_s, np.inf).min(axis=0)[chosen].sum()
    energy_wh = np.where(problem.able, problem.energy_wh, np.inf).min(axis=0)[chosen].sum()
    ways_s, ways_wh = (_half_ways(table, chosen, problem) for table in (problem.travel_s, problem.travel_wh))
    per_trip_wh = max(kind.capacity_wh - kind.trip_wh for kind in problem.kinds)
    trips = ceil((energy_wh + ways_wh) / per_trip_wh)
    return float(service_s + ways_s + trips * min(kind.trip_s for kind in problem.kinds))


def _half_ways(
    table: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    jobs: "np.ndarray[tuple[int], np.dtype[np.int_]]",
    problem: Problem,
) -> float:
    """Half of the cheapest ways into and out of each job, from and to the other jobs and the depots."""
    places = np.concatenate([jobs, np.arange(problem.jobs, problem.jobs + problem.depots)])
    among = table.min(axis=0)[np.ix_(places, places)].copy()
    np.fill_diagonal(among, np.inf)
    count = len(jobs)
    return float((among[:count].min(axis=1) + among[:, :count].min(axis=0)).sum() / 2)
