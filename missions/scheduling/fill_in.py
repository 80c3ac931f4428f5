"""More out of a plan: jobs left out are put into gaps, trips are shortened to make gaps, and lesser jobs make way."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TypeVar

from missions.scheduling.insertion import Insertion
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.timeline import evaluate
from missions.scheduling.tours import Tours, tours_of

T = TypeVar("T")

WORTHWHILE_S = 1.0
"""Flying time that a move must save to be made, so that rounding makes no endless moves."""

LONGEST_REORDERED = 12
"""Jobs up to which every reversal and every shift of a trip is tried."""


def fill_in(problem: Problem, solution: Solution, *, clock: Callable[[], float], until_s: float) -> Solution:
    """The plan with as much more as is found before `clock` shows `until_s`: never of less value than `solution`.

    Ends early where no move is left: each raises the value, or keeps it and saves flying time.
    """
    filling = _FillIn(tours_of(problem, solution), lambda: clock() >= until_s)
    filling.run()
    return better(problem, filling.tours.solution(), solution)


def better(problem: Problem, one: Solution, other: Solution) -> Solution:
    """The solution of more value; at the same value the one with less time in the air, and `one` if that is the same too."""
    value, other_value = one.value(problem), other.value(problem)
    if abs(value - other_value) > 1e-9 * max(value, other_value):
        return one if value > other_value else other
    return one if evaluate(problem, one).flight_s <= evaluate(problem, other).flight_s else other


class _FillIn:
    """One run over a plan."""

    def __init__(self, tours: Tours, is_over: Callable[[], bool]) -> None:
        self.tours = tours
        self._problem = tours.problem
        self._insertion = Insertion(tours)
        self._is_over = is_over

    def run(self) -> None:
        """Round after round, until one changes nothing or the time is over."""
        changed = True
        while changed and not self._is_over():
            changed = self._insert_open()
            changed |= self._shorten_trips()
            changed |= self._relocate_jobs()
            changed |= self._exchange_jobs()

    def _insert_open(self) -> bool:
        """Put in what is left out, the most value for its time first."""
        return self._each(self._open_jobs(), self._insertion.insert)

    def _exchange_jobs(self) -> bool:
        """Let lesser jobs make way; where they can, they find another place at once."""
        return self._each(self._open_jobs(), self._exchange)

    def _shorten_trips(self) -> bool:
        return self._each(sorted(self.tours.trips()), lambda trip: self._shorten(*trip))

    def _relocate_jobs(self) -> bool:
        return self._each(sorted(self.tours.vehicle_of), self._relocate)

    def _each(self, things: Iterable[T], move: Callable[[T], bool]) -> bool:
        changed = False
        for thing in things:
            if self._is_over():
                break
            changed |= move(thing)
        return changed

    def _open_jobs(self) -> list[int]:
        service_s, value = self._problem.service_s.min(axis=0), self._problem.value
        jobs = (job for job in range(self._problem.jobs) if job not in self.tours.vehicle_of)
        return sorted(jobs, key=lambda job: (-value[job] / max(service_s[job], 1.0), job))

    def _exchange(self, job: int) -> bool:
        dropped = self._insertion.exchange(job)
        for one in dropped:
            self._insertion.insert(one)
        return bool(dropped)

    def _shorten(self, vehicle: int, number: int) -> bool:
        """Fly a trip in a shorter order, as long as one is found."""
        changed = False
        while self._shorten_once(vehicle, number):
            changed = True
        return changed

    def _shorten_once(self, vehicle: int, number: int) -> bool:
        now_s = self.tours.tours[vehicle][number].shape.flight_s
        for jobs in _orders(self.tours.jobs_of(vehicle, number)):
            shape = self.tours.shape_with(vehicle, number, jobs)
            if shape and shape.flight_s < now_s - WORTHWHILE_S and self.tours.change(vehicle, number, jobs):
                return True
        return False

    def _relocate(self, job: int) -> bool:
        """Serve a job elsewhere, where that saves flying time."""
        vehicle, number, _ = self.tours.trip_of(job)
        tour, flight_s = self.tours.tours[vehicle], self.tours.flight_s(vehicle)
        rest = tuple(one for one in tour[number].shape.jobs if one != job)
        if not self.tours.change(vehicle, number, rest):
            return False
        saved_s = flight_s - self.tours.flight_s(vehicle) + (0.0 if rest else self._problem.turnaround_s)
        if self._insertion.insert(job, below_s=saved_s - WORTHWHILE_S):
            return True
        self.tours.set_tour(vehicle, tour)
        return False


def _orders(jobs: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """The orders with one stretch reversed, or one job shifted."""
    if len(jobs) > LONGEST_REORDERED:
        return
    for first, last in combinations(range(len(jobs) + 1), 2):
        if last - first > 1:
            yield (*jobs[:first], *reversed(jobs[first:last]), *jobs[last:])
    for place, job in enumerate(jobs):
        rest = jobs[:place] + jobs[place + 1 :]
        for to in range(len(jobs)):
            if abs(to - place) > 1:
                yield (*rest[:to], job, *rest[to:])
