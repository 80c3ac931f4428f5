"""A plan at once: the vehicle that is free first flies next, always to the job that brings most for its time."""

from heapq import heapify, heappop, heappush
from math import isinf

import numpy as np

from missions.scheduling.charging import charging_s
from missions.scheduling.neighbours import Surroundings, nearest_jobs
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.tours import Standing, TimedTrip, Tours

FIRST_JOBS = 40
"""Jobs tried as a trip's first: the nearest to the depot that are still open."""

BEGINNINGS = 3
"""Trips worked out from the best first jobs; the best of them is flown."""

JITTER = 0.01
"""How much a seed changes a job's value in the choice, so that seeds give different plans."""


def greedy(problem: Problem, *, seed: int = 0) -> Solution:
    """A plan without faults, the same for the same seed. Serves as long as some vehicle finds a job it can fly."""
    return _Greedy(problem, seed).solve()


class _Greedy:
    """One run: its plan, the jobs that are open, and what they are worth."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._tours = Tours(problem)
        self._near = nearest_jobs(problem)
        random = np.random.default_rng(seed)
        self._value: list[float] = (problem.value * (1 + JITTER * random.random(problem.jobs))).tolist()
        self._order = random.permutation(len(problem.vehicles)).tolist()
        self._open = set(range(problem.jobs))
        self._around: dict[tuple[int, int], Surroundings] = {}

    def solve(self) -> Solution:
        waiting = [
            (self._tours.standing(vehicle, 0).free_s, self._order[vehicle], vehicle) for vehicle in range(len(self._order))
        ]
        heapify(waiting)
        while waiting:
            _, order, vehicle = heappop(waiting)
            trip = self._next_trip(vehicle)
            if trip is not None:
                heappush(waiting, (trip.after.free_s, order, vehicle))
        return self._tours.solution()

    def _next_trip(self, vehicle: int) -> TimedTrip | None:
        """Fly the best trip found from where the vehicle stands now; None if it has none left."""
        number, limit = len(self._tours.tours[vehicle]), self._problem.max_trips
        if limit is not None and number >= limit:
            return None
        before = self._tours.standing(vehicle, number)
        firsts = self._candidates(vehicle, before, (), self._nearest_open(vehicle, before.free_s))
        firsts.sort(key=lambda one: one[0], reverse=True)
        grown = [self._grow(vehicle, before, trip) for _, trip in firsts[:BEGINNINGS]]
        if not grown:
            return None
        best = max(grown, key=lambda trip: self._worth(trip) / self._spent_s(vehicle, before, trip))
        self._tours.open_trip(vehicle, number, best.shape.jobs)
        self._open.difference_update(best.shape.jobs)
        return best

    def _grow(self, vehicle: int, before: Standing, trip: TimedTrip) -> TimedTrip:
        """The trip with one job after another at its end, until none fits."""
        while True:
            near = [job for job in self._near[trip.shape.jobs[-1]] if job in self._open and job not in trip.shape.jobs]
            self._problem.travel.know(self._problem.vehicles[vehicle].kind, self._problem.depot_place(vehicle), near)
            longer = self._candidates(vehicle, before, trip.shape.jobs, near, self._spent_s(vehicle, before, trip))
            if not longer:
                return trip
            trip = max(longer, key=lambda one: one[0])[1]

    def _candidates(
        self, vehicle: int, before: Standing, jobs: tuple[int, ...], more: list[int], spent_s: float = 0.0
    ) -> list[tuple[float, TimedTrip]]:
        """The trips with one of `more` behind `jobs`, each with the value that it adds a second."""
        found = []
        for job in more:
            shape = self._tours.shapes.of(vehicle, (*jobs, job))
            trip = shape and self._tours.timed(vehicle, shape, before)
            if trip:
                added_s = max(self._spent_s(vehicle, before, trip) - spent_s, 1.0)
                found.append((self._value[job] / added_s, trip))
        return found

    def _spent_s(self, vehicle: int, before: Standing, trip: TimedTrip) -> float:
        """What a trip takes of the vehicle's day: until it stands as full as it does now, waiting for a window included."""
        kind = self._problem.vehicles[vehicle].kind
        full_again_s = charging_s(self._problem, kind, before.depot, trip.after.charge_wh, before.charge_wh)
        return trip.after.free_s - before.free_s + (0.0 if isinf(full_again_s) else full_again_s)

    def _worth(self, trip: TimedTrip) -> float:
        return sum(self._value[job] for job in trip.shape.jobs)

    def _nearest_open(self, vehicle: int, now_s: float) -> list[int]:
        """The open jobs nearest to the vehicle's depot that can still be begun; `now_s` only grows from call to call."""
        what, windows = self._problem.vehicles[vehicle], self._problem.windows
        around = self._around.get((what.kind, what.depot))
        if around is None:
            around = Surroundings(
                self._problem, what.kind, self._problem.depot_place(vehicle), lambda job: self._can_fly(vehicle, job)
            )
            self._around[what.kind, what.depot] = around
        return around.first(
            FIRST_JOBS, lambda job: job in self._open and bool(windows[job]) and windows[job][-1].latest_s > now_s
        )

    def _can_fly(self, vehicle: int, job: int) -> bool:
        """Whether the vehicle can fly the job at all."""
        return self._tours.shapes.of(vehicle, (job,)) is not None
