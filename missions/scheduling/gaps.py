"""Passes that lost their flight are tried once more, each alone."""

from collections.abc import Container
from math import isfinite

from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Problem, Trip
from missions.scheduling.separating import Clock
from missions.scheduling.timetable import fly

TRIES = 4
"""Vehicles tried for a pass that lost its place, the nearest first."""


def fill_gaps(clock: Clock, legwork: Legwork, *, not_before_s: float = 0.0, without: Container[int] = ()) -> None:
    """The most valuable first; with the nearest vehicle (`without` those) that can take it after its other flights."""
    problem = legwork.problem
    for job in sorted(range(problem.jobs), key=lambda one: (-problem.value[one], one)):
        if job in clock.served:
            continue
        for vehicle in [one for one in nearest_vehicles(problem, job) if one not in without][:TRIES]:
            here, home = clock.stands_at(vehicle), problem.vehicles[vehicle].depot
            if not can_fly(problem, vehicle, job, (here, home)):
                continue
            start_s = max(clock.free_from_s(vehicle), not_before_s)
            if clock.put(fly(Trip(vehicle, start_s, (job,), leaves=here), problem, legwork)):
                break


def nearest_vehicles(problem: Problem, job: int) -> list[int]:
    """Those that can fly the job, the nearest depot first."""
    able = [n for n in range(len(problem.vehicles)) if can_fly(problem, n, job)]
    return sorted(able, key=lambda n: problem.travel_s[problem.vehicles[n].kind, problem.depot_place(n), job])


def can_fly(problem: Problem, vehicle: int, job: int, ends: tuple[int, int] | None = None) -> bool:
    """Whether the vehicle's kind can serve the job, and a way leads there and on, between two depots (None: home and home)."""
    kind, home = problem.vehicles[vehicle].kind, problem.vehicles[vehicle].depot
    leaves, lands = (problem.jobs + depot for depot in ends or (home, home))
    ways_s = problem.travel_s[kind, leaves, job] + problem.travel_s[kind, job, lands]
    return bool(problem.able[kind, job]) and isfinite(ways_s)
