"""A better plan by taking some of it apart: a few jobs near one another fall away, and what is open is put in anew.

This is ruin and recreate (Schrimpf and others 2000): the new plan stays if it is not worse, else the old one comes back.
"""

from collections.abc import Callable

import numpy as np

from missions.scheduling.fill_in import better
from missions.scheduling.insertion import Insertion
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.tours import Tour, Tours, tours_of

FEWEST, MOST = 3, 10
"""Jobs taken out at a time, or their trips."""

WHOLE_TRIP = 0.5
"""How often a job takes its whole trip with it."""

STRANGERS = 10
"""Open jobs from elsewhere that may come in beside those nearby."""

SPREAD = 0.3
"""How far chance moves a job's value in the order in which jobs come back."""


def shake(problem: Problem, solution: Solution, *, seed: int, clock: Callable[[], float], until_s: float) -> Solution:
    """The best plan found before `clock` shows `until_s`, never of less value than `solution`."""
    if not solution.trips:
        return solution
    shaking = _Shaking(tours_of(problem, solution), seed)
    while clock() < until_s:
        shaking.step()
    return better(problem, shaking.tours.solution(), solution)


class _Shaking:
    """One run over a plan."""

    def __init__(self, tours: Tours, seed: int) -> None:
        self.tours = tours
        self._problem = tours.problem
        self._insertion = Insertion(tours)
        self._random = np.random.default_rng(seed)
        self._value: list[float] = tours.problem.value.tolist()
        self._service_s: list[float] = np.maximum(tours.problem.service_s.min(axis=0), 1.0).tolist()

    def step(self) -> None:
        """Take out, put in, and keep what is not worse."""
        before, worth = list(self.tours.tours), self._worth()
        job = int(self._random.integers(self._problem.jobs))
        around = [job, *self._insertion.near[job]]
        self._take_out([one for one in around if one in self.tours.vehicle_of])
        self._put_in(around)
        if self._worth() < worth:
            self._restore(before)

    def _take_out(self, served: list[int]) -> None:
        for job in served[: self._random.integers(FEWEST, MOST + 1)]:
            if job in self.tours.vehicle_of:
                vehicle, number, _ = self.tours.trip_of(job)
                rest = tuple(one for one in self.tours.jobs_of(vehicle, number) if one != job)
                self.tours.change(vehicle, number, () if self._random.random() < WHOLE_TRIP else rest)

    def _put_in(self, around: list[int]) -> None:
        """Bring back what is open, by value or by value for its time, with some chance."""
        is_open = np.ones(self._problem.jobs, dtype=bool)
        is_open[list(self.tours.vehicle_of)] = False
        near = [job for job in around if is_open[job]]
        is_open[around] = False
        far = np.flatnonzero(is_open)
        near += self._random.choice(far, min(STRANGERS, len(far)), replace=False).tolist()
        chance = self._random.uniform(1 - SPREAD, 1 + SPREAD, len(near)).tolist()
        for_time = self._random.random() < 0.5
        worth = [
            chance[place] * self._value[job] / (self._service_s[job] if for_time else 1.0) for place, job in enumerate(near)
        ]
        for _, job in sorted(zip(worth, near, strict=True), reverse=True):
            self._insertion.insert(job)

    def _worth(self) -> tuple[float, float]:
        """The plan's value, and the less time in the air the better."""
        flight_s = sum(trip.shape.flight_s for tour in self.tours.tours for trip in tour)
        return round(sum(self._value[job] for job in self.tours.vehicle_of), 9), -flight_s

    def _restore(self, before: list[Tour]) -> None:
        changed = [vehicle for vehicle, tour in enumerate(before) if tour is not self.tours.tours[vehicle]]
        for vehicle in changed:
            self.tours.set_tour(vehicle, ())
        for vehicle in changed:
            self.tours.set_tour(vehicle, before[vehicle])
