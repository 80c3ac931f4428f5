"""Passes that lost their flight are tried once more, each alone."""

from collections.abc import Container

from missions.scheduling.guest_places import may_land
from missions.scheduling.legwork import Legwork
from missions.scheduling.problem import Problem, Trip
from missions.scheduling.separating import Clock
from missions.scheduling.timetable import has_ways, ways_to_fly

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
            trip = Trip(vehicle, max(clock.free_from_s(vehicle), not_before_s), (job,), here, home)
            if clock.put(ways_to_fly(trip, problem, legwork)):
                break


def nearest_vehicles(problem: Problem, job: int) -> list[int]:
    """Those that can fly the job, the nearest depot first."""
    able = [n for n in range(len(problem.vehicles)) if can_fly(problem, n, job)]
    return sorted(able, key=lambda n: problem.travel_s[problem.vehicles[n].kind, problem.depot_place(n), job])


def least_wh(problem: Problem, vehicle: int, job: int) -> float:
    """What a trip for the job alone takes at least: there and back, or by another depot that takes the vehicle on one side."""
    kind, home = problem.vehicles[vehicle].kind, problem.vehicles[vehicle].depot
    ways_wh, flown_wh = problem.travel_wh[kind], problem.kinds[kind].trip_wh + problem.energy_wh[kind, job]
    others = [depot for depot in range(problem.depots) if may_land(problem, vehicle, depot)]
    ends = [(home, depot) for depot in others] + [(depot, home) for depot in others]
    lowest_wh = min(ways_wh[problem.jobs + a, job] + ways_wh[job, problem.jobs + b] for a, b in ends)
    return float(lowest_wh + flown_wh)


def can_fly(problem: Problem, vehicle: int, job: int, ends: tuple[int, int] | None = None, sky: int = 0) -> bool:
    """Whether the vehicle's kind can serve the job, and under the sky a way leads there and on, between two depots (None: home
    and home).
    """
    leaves, lands = ends or (None, None)
    return has_ways(Trip(vehicle, 0.0, (job,), leaves, lands), problem, sky)
