"""The plan while it is being made: every vehicle's trips, each taking off as early as it may.

For a given order of trips, early is best: whoever lands earlier has the time back on the charger, so at every later moment
the battery holds as much or more. So a plan is only an order of jobs and of depots to land in, and its times follow. (Where
batteries are swapped, a start that waits for the swap may be better; such a start is not sought, the plan is sound without.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isinf

from missions.scheduling.air_traffic import AirTraffic
from missions.scheduling.charging import charged_wh, charging_s
from missions.scheduling.guest_places import GuestPlaces, Stay
from missions.scheduling.problem import Problem, Solution, Trip
from missions.scheduling.rounds import rounds
from missions.scheduling.trip_shape import Shapes, TripShape


@dataclass(frozen=True, slots=True)
class Standing:
    """A vehicle in a depot: it may take off from `free_s` on, and charges from then, beginning at `charge_wh`."""

    free_s: float
    charge_wh: float
    depot: int


@dataclass(frozen=True, slots=True)
class TimedTrip:
    """A trip with its start, its landing, how the vehicle stands afterwards, and the sky under which it flies."""

    shape: TripShape
    start_s: float
    lands_s: float
    after: Standing
    sky: int = 0


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
        self._guests = GuestPlaces(problem)

    def standing(self, vehicle: int, number: int) -> Standing:
        """How a vehicle stands before its trip `number`."""
        if number:
            return self.tours[vehicle][number - 1].after
        ready = self.problem.vehicles[vehicle]
        return Standing(max(ready.ready_s, self.problem.begin_s), self._charge_at_begin_wh(vehicle), ready.depot)

    def depot_before(self, vehicle: int, number: int) -> int:
        """Where a vehicle stands before its trip `number`."""
        return self.tours[vehicle][number - 1].shape.lands if number else self.problem.vehicles[vehicle].depot

    def timed(self, vehicle: int, shape: TripShape, before: Standing) -> TimedTrip | None:
        """The trip at its earliest start after `before`: charged enough, within its windows, and watched by the crew; under
        the sky that lets it land first.
        """
        if not shape.others:
            return self._timed(vehicle, shape, before)
        timed = [trip for one in (shape, *shape.others) if (trip := self._timed(vehicle, one, before)) is not None]
        return replace(min(timed, key=lambda trip: trip.lands_s), shape=shape) if timed else None

    def replaced(self, vehicle: int, number: int, shapes: Sequence[TripShape], dropped: int = 1) -> Tour | None:
        """The tour with `shapes` in the place of `dropped` trips from `number` on; None if some trip finds no time or place.

        A trip begins where the one before it ended, and the last one ends at home, whatever its shape says.
        """
        tour, home = self.tours[vehicle], self.problem.vehicles[vehicle].depot
        later = tour[number + dropped :]
        limit = self.problem.max_trips
        if limit is not None and number + len(shapes) + len(later) > limit:
            return None
        coming = [*shapes, *(trip.shape for trip in later)]
        if not coming and number and tour[number - 1].shape.lands != home:
            number -= 1
            coming = [tour[number].shape]
        made, before = list(tour[:number]), self.standing(vehicle, number)
        for place, shape in enumerate(coming, start=1):
            lands = shape.lands if place < len(coming) else home
            joined = self._joined(vehicle, shape, (before.depot, lands))
            trip = self.timed(vehicle, joined, before) if joined else None
            if trip is None:
                return None
            made.append(trip)
            before = trip.after
        return tuple(made) if self._guests.have_room(vehicle, self._stays(vehicle, made)) else None

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
        self._guests.set(vehicle, self._stays(vehicle, tour))

    def shape_with(self, vehicle: int, number: int, jobs: tuple[int, ...]) -> TripShape | None:
        """Trip `number`, from and to the same depots, over other jobs."""
        now = self.tours[vehicle][number].shape
        return self.shapes.of(vehicle, jobs, (now.leaves, now.lands))

    def change(self, vehicle: int, number: int, jobs: tuple[int, ...]) -> bool:
        """Let trip `number` serve `jobs` instead, or fall away without any; whether it could be."""
        shape = self.shape_with(vehicle, number, jobs) if jobs else None
        if jobs and shape is None:
            return False
        return self._take(vehicle, self.replaced(vehicle, number, [shape] if shape else []))

    def open_trip(self, vehicle: int, number: int, jobs: tuple[int, ...]) -> bool:
        """Put a new trip before the vehicle's trip `number`, from where it stands then and back; whether it could be."""
        depot = self.standing(vehicle, number).depot
        shape = self.shapes.of(vehicle, jobs, (depot, depot))
        return shape is not None and self._take(vehicle, self.replaced(vehicle, number, [shape], dropped=0))

    def change_trips(self, vehicle: int, number: int, shapes: Sequence[TripShape], dropped: int) -> bool:
        """Put these trips in the place of `dropped` ones from `number` on; whether it could be."""
        return self._take(vehicle, self.replaced(vehicle, number, shapes, dropped))

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
        return Solution(tuple(self._trip(vehicle, trip) for vehicle, tour in enumerate(self.tours) for trip in tour))

    def flight_s(self, vehicle: int) -> float:
        """Seconds in the air of a vehicle, waiting left out."""
        return sum(trip.shape.flight_s for trip in self.tours[vehicle])

    def _trip(self, vehicle: int, trip: TimedTrip) -> Trip:
        home = self.problem.vehicles[vehicle].depot
        leaves, lands = (None if depot == home else depot for depot in (trip.shape.leaves, trip.shape.lands))
        return Trip(vehicle, trip.start_s, trip.shape.jobs, leaves, lands, trip.sky)

    def _joined(self, vehicle: int, shape: TripShape, ends: tuple[int, int]) -> TripShape | None:
        return shape if (shape.leaves, shape.lands) == ends else self.shapes.of(vehicle, shape.jobs, ends)

    def _stays(self, vehicle: int, tour: Sequence[TimedTrip]) -> list[Stay]:
        """Where and when the vehicle is a guest: its place is kept until the next landing, since a return leads back there."""
        home = self.problem.vehicles[vehicle].depot
        return [Stay(here.shape.lands, here.lands_s, next.lands_s) for here, next in pairwise(tour) if here.shape.lands != home]

    def _timed(self, vehicle: int, shape: TripShape, before: Standing) -> TimedTrip | None:
        problem, kind = self.problem, self.problem.vehicles[vehicle].kind
        wanted_wh = shape.energy_wh + problem.kinds[kind].reserve_wh
        wait_s = charging_s(problem, kind, before.depot, before.charge_wh, wanted_wh)
        if isinf(wait_s):
            return None
        start_s = self._start_s(vehicle, shape, before.free_s + wait_s)
        if start_s is None:
            return None
        lands_s = self.shapes.lands_s(vehicle, shape, start_s)
        if lands_s > problem.end_s:
            return None
        charge_wh = charged_wh(problem, kind, before.depot, before.charge_wh, start_s - before.free_s)
        after = Standing(lands_s + problem.turnaround_s, charge_wh - shape.energy_wh, shape.lands)
        return TimedTrip(shape, start_s, lands_s, after, shape.sky)

    def _take(self, vehicle: int, tour: Tour | None) -> bool:
        if tour is not None:
            self.set_tour(vehicle, tour)
        return tour is not None

    def _charge_at_begin_wh(self, vehicle: int) -> float:
        """The charge at the day's begin or when the vehicle is ready, whichever is later."""
        ready = self.problem.vehicles[vehicle]
        stay_s = max(self.problem.begin_s - ready.ready_s, 0.0)
        return charged_wh(self.problem, ready.kind, ready.depot, ready.charge_wh, stay_s)

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

    Trips are placed in the order of their starts, so with no faults and no crew limit that binds nothing falls away. Those
    between leaving home and coming home again are placed together, or if that cannot be, each from home to home.
    """
    tours = Tours(problem)
    for trips in rounds(problem, solution.trips):
        vehicle, number = trips[0].vehicle, len(tours.tours[trips[0].vehicle])
        shapes = [tours.shapes.of(vehicle, trip.jobs, problem.ends_of(trip)) for trip in trips]
        whole = [shape for shape in shapes if shape is not None]
        if len(whole) == len(trips) and tours.change_trips(vehicle, number, whole, 0):
            continue
        for trip in trips:
            tours.open_trip(vehicle, len(tours.tours[vehicle]), trip.jobs)
    return tours
