"""A better plan by taking some of it apart: strings of jobs near one another fall away, and what is open is put in anew.

This is ruin and recreate (Schrimpf and others 2000) with strings taken out (Christiaens and Vanden Berghe 2020). A new plan is
gone on from if it is not worse than the one before, or worse by little than the best so far, by less as time passes
(record-to-record travel, Dueck 1993). The best is what remains.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from missions.scheduling.fill_in import better
from missions.scheduling.insertion import Insertion
from missions.scheduling.problem import Problem, Solution
from missions.scheduling.tours import Tour, Tours, tours_of

FEWEST, MOST = 3, 10
"""Jobs taken out at a time."""

LESS_VALUE, MORE_TIME = 0.05, 0.01
"""Shares by which a plan that is gone on from may lie below the best one's value and above its flying time, to begin with."""

STRANGERS = 10
"""Open jobs from elsewhere that may come in beside those nearby."""

SPREAD = 0.3
"""How far chance moves a job's value in the order in which jobs come back."""


def shake(problem: Problem, solution: Solution, *, seed: int, clock: Callable[[], float], until_s: float) -> Solution:
    """The best plan found before `clock` shows `until_s`, never of less value than `solution`."""
    if not solution.trips:
        return solution
    shaking = _Shaking(tours_of(problem, solution), seed)
    began_s = now_s = clock()
    while now_s < until_s:
        shaking.step((until_s - now_s) / (until_s - began_s))
        now_s = clock()
    return better(problem, shaking.best(), solution)


class _Worth(NamedTuple):
    """What plans are compared by: the more value the better, then the less time in the air."""

    value: float
    less_s: float

    @property
    def flight_s(self) -> float:
        """Seconds in the air."""
        return -self.less_s


class _Shaking:
    """One run over a plan."""

    def __init__(self, tours: Tours, seed: int) -> None:
        self.tours = tours
        self._problem = tours.problem
        self._insertion = Insertion(tours)
        self._random = np.random.default_rng(seed)
        self._value: list[float] = tours.problem.value.tolist()
        self._service_s: list[float] = np.maximum(tours.problem.service_s.min(axis=0), 1.0).tolist()
        self._now = self._record = self._worth()
        self._best = list(tours.tours)

    def step(self, time_left: float) -> None:
        """Take out, put in, and go on from there unless that is too much worse, with a share of the time still left."""
        before = list(self.tours.tours)
        job = int(self._random.integers(self._problem.jobs))
        around = [job, *self._insertion.near[job]]
        self._take_out([one for one in around if one in self.tours.vehicle_of])
        self._put_in(around)
        worth = self._worth()
        if worth < self._now and not self._is_near_record(worth, time_left):
            self._restore(before)
            return
        self._now = worth
        if worth > self._record:
            self._record, self._best = worth, list(self.tours.tours)

    def best(self) -> Solution:
        """The best plan so far."""
        self._restore(self._best)
        return self.tours.solution()

    def _is_near_record(self, worth: _Worth, time_left: float) -> bool:
        least = self._record.value * (1 - LESS_VALUE * time_left)
        longest_s = self._record.flight_s * (1 + MORE_TIME * time_left)
        return worth.value >= least and worth.flight_s <= longest_s

    def _take_out(self, served: list[int]) -> None:
        """Strings of jobs that follow one another, each with one of `served`, until there are enough."""
        left = int(self._random.integers(FEWEST, MOST + 1))
        for job in served:
            if left <= 0:
                break
            if job in self.tours.vehicle_of:
                left -= self._take_string(job, left)

    def _take_string(self, job: int, most: int) -> int:
        """Take out a job and some of those before and after it in its trip; returns how many."""
        vehicle, number, place = self.tours.trip_of(job)
        jobs = self.tours.jobs_of(vehicle, number)
        count = int(self._random.integers(1, min(len(jobs), most) + 1))
        first = int(self._random.integers(max(place - count + 1, 0), min(place, len(jobs) - count) + 1))
        return count if self.tours.change(vehicle, number, jobs[:first] + jobs[first + count :]) else 0

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

    def _worth(self) -> _Worth:
        flight_s = sum(trip.shape.flight_s for tour in self.tours.tours for trip in tour)
        return _Worth(round(sum(self._value[job] for job in self.tours.vehicle_of), 9), -flight_s)

    def _restore(self, before: list[Tour]) -> None:
        changed = [vehicle for vehicle, tour in enumerate(before) if tour is not self.tours.tours[vehicle]]
        for vehicle in changed:
            self.tours.set_tour(vehicle, ())
        for vehicle in changed:
            self.tours.set_tour(vehicle, before[vehicle])
