"""The plan while it is being made: every vehicle's trips, each taking off as early as it may.

For a given order of trips, early is best: whoever lands earlier has the time back on the charger, so at every later moment
the battery holds as much or more. So a plan is only an order of jobs, and its times follow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from missions.scheduling.air_traffic import AirTraffic
from missions.scheduling.problem import Problem, Solution, Trip
from missions.scheduling.trip_shape import Shapes, TripShape


@dataclass(frozen=True, slots=True)
class Standing:
    """A vehicle on the ground: it may take off from `free_s` on, and charges from then, beginning at `charge_wh`."""

    free_s: float
    charge_wh: float


@dataclass(frozen=True, slots=True)
class TimedTrip:
    """A trip with its start, its landing, and how the vehicle stands afterwards."""

    shape: TripShape
    start_s: float
    lands_s: float
    after: Standing


Tour = tuple[TimedTrip, ...]
"""A vehicle's trips of the day, in their order."""


class Tours:
    """All vehicles' tours. Every change is tried first, whole, and leaves the plan as it was if it cannot be."""

    def __init__(self, problem: Problem, shapes: Shapes | None = None) -> None:
        self.problem = problem
        self.shapes = shapes or Shapes(problem)
        self.tours: list[Tour] = [()] * len(problem.vehicles)
        self.vehicle_of: dict[int, int] = {}
        self._air = AirTraffic(problem.crew)

    def standing(self, vehicle: int, number: int) -> Standing:
        """How a vehicle stands before its trip `number`."""
        if number:
            return self.tours[vehicle][number - 1].after
        ready = self.problem.vehicles[vehicle]
        return Standing(max(ready.ready_s, self.problem.begin_s), self._charge_at_begin_wh(vehicle))

    def timed(self, vehicle: int, shape: TripShape, before: Standing) -> TimedTrip | None:
        """The trip at its earliest start after `before`: charged enough, within its windows, and watched by the crew."""
        kind = self.problem.kinds[self.problem.vehicles[vehicle].kind]
        missing_wh = shape.energy_wh + kind.reserve_wh - before.charge_wh
        if missing_wh > 0 and kind.recharge_w <= 0:
            return None
        start_s = self._start_s(vehicle, shape, before.free_s + (missing_wh / kind.wh_per_s if missing_wh > 0 else 0.0))
        if start_s is None:
            return None
        lands_s = self.shapes.lands_s(vehicle, shape, start_s)
        if lands_s > self.problem.end_s:
            return None
        charged_wh = min(before.charge_wh + (start_s - before.free_s) * kind.wh_per_s, kind.full_wh)
        after = Standing(lands_s + self.problem.turnaround_s, charged_wh - shape.energy_wh)
        return TimedTrip(shape, start_s, lands_s, after)

    def replaced(self, vehicle: int, number: int, shapes: Sequence[TripShape], dropped: int = 1) -> Tour | None:
        """The tour with `shapes` in the place of `dropped` trips from `number` on; None if some trip finds no time."""
        tour = self.tours[vehicle]
        later = tour[number + dropped :]
        limit = self.problem.max_trips
        if limit is not None and number + len(shapes) + len(later) > limit:
            return None
        made, before = list(tour[:number]), self.standing(vehicle, number)
        for shape in (*shapes, *(trip.shape for trip in later)):
            trip = self.timed(vehicle, shape, before)
            if trip is None:
                return None
            made.append(trip)
            before = trip.after
        return tuple(made)

    def set_tour(self, vehicle: int, tour: Tour) -> None:
        """Take a tour that `replaced` made, or one that was there before."""
        for trip in self.tours[vehicle]:
            self._air.remove(trip.start_s, trip.lands_s, vehicle)
            for job in trip.shape.jobs:
                del self.vehicle_of[job]
        for trip in tour:
            self._air.add(trip.start_s, trip.lands_s, vehicle)
            for job in trip.shape.jobs:
                self.vehicle_of[job] = vehicle
        self.tours[vehicle] = tour

    def change(self, vehicle: int, number: int, jobs: tuple[int, ...]) -> bool:
        """Let trip `number` serve `jobs` instead, or fall away without any; whether it could be."""
        shape = self.shapes.of(vehicle, jobs) if jobs else None
        if jobs and shape is None:
            return False
        return self._take(vehicle, self.replaced(vehicle, number, [shape] if shape else []))

    def open_trip(self, vehicle: int, number: int, jobs: tuple[int, ...]) -> bool:
        """Put a new trip before the vehicle's trip `number`; whether it could be."""
        shape = self.shapes.of(vehicle, jobs)
        return shape is not None and self._take(vehicle, self.replaced(vehicle, number, [shape], dropped=0))

    def trip_of(self, job: int) -> tuple[int, int, int]:
        """Where a served job is: its vehicle, the number of its trip, and its place in it."""
        vehicle = self.vehicle_of[job]
        for number, trip in enumerate(self.tours[vehicle]):
            if job in trip.shape.jobs:
                return vehicle, number, trip.shape.jobs.index(job)
        raise AssertionError(f"job {job} is not in its vehicle's tour")

    def jobs_of(self, vehicle: int, number: int) -> tuple[int, ...]:
        """What a trip serves."""
        return self.tours[vehicle][number].shape.jobs

    def trips(self) -> Iterator[tuple[int, int]]:
        """Every trip, as its vehicle and number."""
        return ((vehicle, number) for vehicle, tour in enumerate(self.tours) for number in range(len(tour)))

    def solution(self) -> Solution:
        """The plan as it is now."""
        return Solution(
            tuple(Trip(vehicle, trip.start_s, trip.shape.jobs) for vehicle, tour in enumerate(self.tours) for trip in tour)
        )

    def _take(self, vehicle: int, tour: Tour | None) -> bool:
        if tour is not None:
            self.set_tour(vehicle, tour)
        return tour is not None

    def _charge_at_begin_wh(self, vehicle: int) -> float:
        """The charge at the day's begin or when the vehicle is ready, whichever is later."""
        ready, kind = self.problem.vehicles[vehicle], self.problem.kinds[self.problem.vehicles[vehicle].kind]
        charged_wh = max(self.problem.begin_s - ready.ready_s, 0.0) * kind.wh_per_s
        return min(ready.charge_wh + charged_wh, kind.full_wh)

    def _start_s(self, vehicle: int, shape: TripShape, from_s: float) -> float | None:
        for begin_s, end_s in shape.starts:
            start_s: float | None = max(begin_s, from_s)
            while start_s is not None and start_s <= end_s:
                full_until_s = self._full_until_s(vehicle, shape, start_s)
                if full_until_s is None:
                    return start_s
                start_s = full_until_s
        return None

    def _full_until_s(self, vehicle: int, shape: TripShape, start_s: float) -> float | None:
        if not self.problem.crew_binds:
            return None
        return self._air.full_until_s(start_s, self.shapes.lands_s(vehicle, shape, start_s), vehicle)


def tours_of(problem: Problem, solution: Solution) -> Tours:
    """A solution as tours, its trips as early as they may be; a trip that finds no time any more falls away.

    Trips are placed in the order of their starts, so with no faults and no crew limit that binds nothing falls away.
    """
    tours = Tours(problem)
    for trip in sorted(solution.trips, key=lambda one: (one.start_s, one.vehicle)):
        tours.open_trip(trip.vehicle, len(tours.tours[trip.vehicle]), trip.jobs)
    return tours
