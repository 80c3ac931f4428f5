"""Where one more job may go: between two of a trip, or in a trip of its own."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from missions.scheduling.neighbours import nearest_jobs
from missions.scheduling.tours import Tours

NEW_TRIP_VEHICLES = 12
"""Vehicles asked for a trip of its own: those whose depots are nearest to the job."""

NEW_TRIP = -1
"""The position of a job in a trip of its own."""


class Place(NamedTuple):
    """A place for a job: before the job `position` of a vehicle's trip `number`, or in a `NEW_TRIP` before that one."""

    added_s: float
    vehicle: int
    number: int
    position: int


class Insertion:
    """Puts jobs into tours at the cheapest place that is feasible."""

    def __init__(self, tours: Tours) -> None:
        self.tours = tours
        self._problem = tours.problem
        self.near = nearest_jobs(tours.problem)
        self._near = [frozenset(jobs) for jobs in self.near]
        self._vehicles: dict[int, list[int]] = {}

    def insert(self, job: int, below_s: float = float("inf")) -> bool:
        """Serve a job where it adds the least flying time, less than `below_s`; whether it could be."""
        for place in sorted(self._places(job)):
            if place.added_s >= below_s:
                return False
            if self._put(job, place):
                return True
        return False

    def exchange(self, job: int) -> tuple[int, ...]:
        """Serve a job instead of one or two in a trip nearby that are worth less together; returns those."""
        value = self._problem.value
        for vehicle, number in self._trips_near(job):
            jobs = self.tours.jobs_of(vehicle, number)
            less = [one for one in jobs if value[one] < value[job]]
            dropped = [*combinations(less, 1), *combinations(less, 2)]
            for out in sorted(dropped, key=lambda some: sum(value[one] for one in some)):
                if sum(value[one] for one in out) >= value[job]:
                    break
                rest = tuple(one for one in jobs if one not in out)
                if self.tours.change(vehicle, number, self._with(vehicle, number, rest, job)):
                    return out
        return ()

    def _put(self, job: int, place: Place) -> bool:
        if place.position == NEW_TRIP:
            return self.tours.open_trip(place.vehicle, place.number, (job,))
        jobs = self.tours.jobs_of(place.vehicle, place.number)
        return self.tours.change(place.vehicle, place.number, (*jobs[: place.position], job, *jobs[place.position :]))

    def _places(self, job: int) -> Iterator[Place]:
        """Where the job may fit; what surely has no room for it is left out."""
        near, shapes = self._near[job], self.tours.shapes
        for vehicle, number in self._trips_near(job):
            shape = self.tours.tours[vehicle][number].shape
            jobs = shape.jobs
            for position in range(len(jobs) + 1):
                if near.isdisjoint(jobs[max(position - 1, 0) : position + 1]):
                    continue
                if shapes.may_take(vehicle, shape, position, job):
                    yield Place(self._added_s(vehicle, number, jobs, position, job), vehicle, number, position)
        yield from self._new_trips(job)

    def _new_trips(self, job: int) -> Iterator[Place]:
        limit = self._problem.max_trips
        for vehicle in self._vehicles_near(job):
            trips = len(self.tours.tours[vehicle])
            if limit is not None and trips >= limit:
                continue
            for number in range(trips, -1, -1):
                depot = self.tours.depot_before(vehicle, number)
                added_s = self.tours.shapes.alone_s(vehicle, job, depot) + self._problem.turnaround_s
                yield Place(added_s, vehicle, number, NEW_TRIP)

    def _with(self, vehicle: int, number: int, jobs: tuple[int, ...], job: int) -> tuple[int, ...]:
        """The jobs of a trip with one more where it adds least."""
        position = min(range(len(jobs) + 1), key=lambda one: self._added_s(vehicle, number, jobs, one, job))
        return (*jobs[:position], job, *jobs[position:])

    def _added_s(self, vehicle: int, number: int, jobs: tuple[int, ...], position: int, job: int) -> float:
        trip, places = self.tours.tours[vehicle][number].shape, self._problem.jobs
        before = jobs[position - 1] if position else places + trip.leaves
        after = jobs[position] if position < len(jobs) else places + trip.lands
        return self.tours.shapes.added_s(vehicle, before, job, after)

    def _trips_near(self, job: int) -> list[tuple[int, int]]:
        """The trips of able vehicles that serve a job near this one, the nearest first."""
        near = [one for one in self.near[job] if one in self.tours.vehicle_of]
        found = dict.fromkeys(self.tours.trip_of(one)[:2] for one in near)
        return [(vehicle, number) for vehicle, number in found if self._can(vehicle, job)]

    def _vehicles_near(self, job: int) -> list[int]:
        if job not in self._vehicles:
            able = [vehicle for vehicle in range(len(self._problem.vehicles)) if self._can(vehicle, job)]
            able.sort(key=lambda vehicle: self.tours.shapes.alone_s(vehicle, job))
            self._vehicles[job] = able[:NEW_TRIP_VEHICLES]
        return self._vehicles[job]

    def _can(self, vehicle: int, job: int) -> bool:
        return bool(self._problem.able[self._problem.vehicles[vehicle].kind, job])
