"""More out of a plan by landing in other depots: to serve what no battery reaches there and back, and to save ways.

A vehicle lands elsewhere, is charged there, and goes on from there. Two moves are made as long as they bring something: a job
that is left out is served on one side of such a landing, where a trip of that vehicle is flown on the other side; and two trips
of a vehicle, one after the other, meet in another depot where that takes less time in the air.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from missions.scheduling.fill_in import WORTHWHILE_S, better, fill_in
from missions.scheduling.guest_places import may_land
from missions.scheduling.neighbours import nearest_jobs
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.tours import Tours, tours_of
from missions.scheduling.trip_shape import TripShape

T = TypeVar("T")

DEPOTS = 4
"""Depots tried for a landing: those nearest to the job that is to be served."""

COMPANIONS = 3
"""Jobs left out nearby that are tried with a job, where no trip of the vehicle is."""

TRIES = 12
"""Placements of a job tried in the plan, those that add the least time in the air first."""


class _Pair(NamedTuple):
    """Two trips in the place of `dropped` ones of a vehicle from `number` on; they meet in another depot."""

    added_s: float
    vehicle: int
    number: int
    dropped: int
    first: TripShape
    second: TripShape


def fill_in_elsewhere(problem: Problem, solution: Solution, *, clock: Callable[[], float], until_s: float) -> Solution:
    """The plan with landings elsewhere and filled in anew, over and over, until `clock` shows `until_s` or nothing changes:
    never of less value, nor of the same with more time in the air. Returned as it is where no depot takes guests.
    """
    if not any(problem.offer(depot).guest_places for depot in range(problem.depots)):
        return solution
    while clock() < until_s:
        moves = _Elsewhere(tours_of(problem, solution), lambda: clock() >= until_s)
        moves.run()
        filled = fill_in(problem, moves.tours.solution(), clock=clock, until_s=until_s)
        found = better(problem, solution, filled)
        if found is solution:
            break
        solution = found
    return solution


class _Elsewhere:
    """One run over a plan."""

    def __init__(self, tours: Tours, is_over: Callable[[], bool]) -> None:
        self.tours = tours
        self._problem = tours.problem
        self._near = nearest_jobs(tours.problem)
        self._is_over = is_over

    def run(self) -> None:
        """Round after round, until one changes nothing or the time is over."""
        changed = True
        while changed and not self._is_over():
            changed = self._each(self._open_jobs(), self._serve)
            changed |= self._each(sorted(self.tours.trips()), lambda trip: self._meet(*trip))

    def _each(self, things: Iterable[T], move: Callable[[T], bool]) -> bool:
        changed = False
        for thing in things:
            if self._is_over():
                break
            changed |= move(thing)
        return changed

    def _open_jobs(self) -> list[int]:
        value = self._problem.value
        return sorted(
            (job for job in range(self._problem.jobs) if job not in self.tours.vehicle_of), key=lambda job: -value[job]
        )

    def _serve(self, job: int) -> bool:
        """Serve a job that is left out, with a landing elsewhere before it or after it."""
        if job in self.tours.vehicle_of:
            return False
        found = sorted(self._ways_to_serve(job), key=lambda pair: pair.added_s)
        return any(self._take(pair) for pair in found[:TRIES])

    def _ways_to_serve(self, job: int) -> Iterator[_Pair]:
        for vehicle, what in enumerate(self._problem.vehicles):
            if not self._problem.able[what.kind, job]:
                continue
            depots = self._depots_near(vehicle, job)
            for number, dropped, jobs in self._partners(vehicle, job):
                for depot in depots:
                    for cut in range(len(jobs) + 1):
                        for first, second in (((*jobs[:cut], job), jobs[cut:]), (jobs[:cut], (job, *jobs[cut:]))):
                            pair = self._pair(vehicle, number, dropped, first, second, depot)
                            if pair is not None:
                                yield pair

    def _partners(self, vehicle: int, job: int) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """What may be flown on the other side of a landing: a trip that the vehicle flies already, or a job left out nearby."""
        trips = len(self.tours.tours[vehicle])
        for number in range(trips):
            yield number, 1, self.tours.jobs_of(vehicle, number)
        near = [one for one in self._near[job] if one not in self.tours.vehicle_of]
        for other in near[:COMPANIONS]:
            for number in range(trips + 1):
                yield number, 0, (other,)

    def _meet(self, vehicle: int, number: int) -> bool:
        """Let a trip and the next one meet in another depot than now, where that saves flying time."""
        tour = self.tours.tours[vehicle]
        if number + 1 >= len(tour):
            return False
        firsts, seconds = ({jobs, jobs[::-1]} for jobs in (trip.shape.jobs for trip in tour[number : number + 2]))
        pairs = [
            pair
            for depot in range(self._problem.depots)
            if depot != tour[number].shape.lands and may_land(self._problem, vehicle, depot)
            for first in firsts
            for second in seconds
            if (pair := self._pair(vehicle, number, 2, first, second, depot)) and pair.added_s < -WORTHWHILE_S
        ]
        return any(self._take(pair) for pair in sorted(pairs, key=lambda pair: pair.added_s))

    def _pair(
        self, vehicle: int, number: int, dropped: int, first: tuple[int, ...], second: tuple[int, ...], depot: int
    ) -> _Pair | None:
        """Two trips that meet in a depot, from where the first of the dropped ones begins to where the last ends."""
        if not first or not second:
            return None
        tour = self.tours.tours[vehicle][number : number + dropped]
        leaves = self.tours.standing(vehicle, number).depot
        lands = tour[-1].shape.lands if tour else leaves
        one = self.tours.shapes.of(vehicle, first, (leaves, depot))
        other = self.tours.shapes.of(vehicle, second, (depot, lands)) if one else None
        if one is None or other is None:
            return None
        added_s = one.flight_s + other.flight_s - sum(trip.shape.flight_s for trip in tour)
        return _Pair(added_s, vehicle, number, dropped, one, other)

    def _take(self, pair: _Pair) -> bool:
        return self.tours.change_trips(pair.vehicle, pair.number, [pair.first, pair.second], pair.dropped)

    def _depots_near(self, vehicle: int, job: int) -> list[int]:
        """Other depots that take the vehicle as a guest, the nearest to the job first."""
        problem, kind, home = self._problem, self._problem.vehicles[vehicle].kind, self._problem.vehicles[vehicle].depot
        others = [depot for depot in range(problem.depots) if depot != home and may_land(problem, vehicle, depot)]
        way_s = problem.travel_s[kind]
        return sorted(others, key=lambda depot: float(way_s[problem.jobs + depot, job] + way_s[job, problem.jobs + depot]))[
            :DEPOTS
        ]
