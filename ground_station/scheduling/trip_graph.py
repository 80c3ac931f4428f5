"""Trips by dynamic programming: which trips bring most, at given prices of the jobs, over levels of energy.

This is the pricing of a column generation. A trip grows job by job; of all that end at the same job with the same level of
energy drawn, the cheapest is kept, and the cheapest that comes from another job besides, so that no trip goes back straight
over one job (Houck, Picard, Queyranne and Vemuganti 1980). A trip may still come back to a job by a longer way.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import floor

import numpy as np
from numpy.typing import NDArray

from missions.scheduling.problem import Floats

Indices = NDArray[np.int64]

NOWHERE = -1
"""Before the first job of a trip."""

WORTHWHILE = 1e-6
"""A trip brings something if its reduced cost lies this far below zero."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Seconds or Wh of the ways of n jobs, the service of the job that is entered included: `between` (n, n), and from the dock
    to the `first` job and from the `last` to the dock (n).
    """

    first: Floats
    between: Floats
    last: Floats


@dataclass(frozen=True, slots=True)
class Column:
    """A trip in the numbers of its graph: its jobs in their order, some perhaps more than once."""

    jobs: tuple[int, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The jobs that a trip may serve: seconds of the ways, and whole levels of energy of the ways, `levels` in all."""

    seconds: Ways
    trip_s: float
    levels: int
    first: Indices
    between: Indices
    last: Indices

    @classmethod
    def of(cls, seconds: Ways, energy_wh: Ways, trip_s: float, room_wh: float, levels: int) -> "Graph":
        """Energies in levels, rounded down, so that no trip that could be flown is left out.

        There are more than `levels` levels where a way takes less than one, since every job must take a level at least.
        """
        smallest_wh = min(float(energy_wh.between.min()), float(energy_wh.first.min()))
        level_wh = min(room_wh / levels, smallest_wh) if smallest_wh > 0 else room_wh / levels
        count = floor(room_wh / level_wh + 1e-9)

        def whole(energy: Floats) -> Indices:
            return np.minimum(np.floor(energy / level_wh + 1e-9), count + 1).astype(np.int64)

        between = np.maximum(whole(energy_wh.between), 1)
        return cls(seconds, trip_s, count, whole(energy_wh.first), between, whole(energy_wh.last))

    @property
    def quickest_s(self) -> float:
        """No trip takes less."""
        return self.trip_s + float((self.seconds.first + self.seconds.last).min())

    def column(self, jobs: tuple[int, ...]) -> Column:
        """A trip over `jobs`, with its time."""
        ways_s = sum(float(self.seconds.between[one]) for one in pairwise(jobs))
        ends_s = float(self.seconds.first[jobs[0]]) + float(self.seconds.last[jobs[-1]])
        return Column(jobs, self.trip_s + ways_s + ends_s)


def best_trips(graph: Graph, prices_s: Floats) -> tuple[float, list[Column]]:
    """The least cost of any trip, its seconds less the prices (n) of its jobs, and for each last job the trip of the least cost
    where that lies below zero.
    """
    paths = _Paths.of(graph, prices_s)
    level = np.arange(graph.levels + 1)
    last = graph.seconds.last + graph.trip_s
    ends = np.where(level[:, None] + graph.last <= graph.levels, paths.best, np.inf) + last
    at = ends.argmin(axis=0)
    least = ends[at, np.arange(len(last))]
    found = [paths.traced(graph, int(at[job]), int(job)) for job in np.flatnonzero(least < -WORTHWHILE)]
    return float(least.min()), [graph.column(jobs) for jobs in found]


@dataclass(frozen=True, slots=True)
class _Paths:
    """The cost (seconds less prices) of the best path that ends at a job with so much energy drawn, and of the best that comes
    from another job than that. Shapes: (levels + 1, n).
    """

    best: Floats
    best_from: Indices
    other: Floats
    other_from: Indices

    @classmethod
    def of(cls, graph: Graph, prices_s: Floats) -> "_Paths":
        """All paths, level by level."""
        shape = (graph.levels + 1, len(prices_s))
        paths = cls(np.full(shape, np.inf), np.full(shape, NOWHERE), np.full(shape, np.inf), np.full(shape, NOWHERE))
        between = graph.seconds.between - prices_s
        np.fill_diagonal(between, np.inf)
        first = graph.seconds.first - prices_s
        for level in range(int(graph.first.min()), graph.levels + 1):
            paths._keep_two(level, paths._through(level, graph) + between)
            paths._begin(level, np.where(graph.first == level, first, np.inf))
        return paths

    def _through(self, level: int, graph: Graph) -> Floats:
        """(n, n) the cost of what comes before the way from the row's job to the column's, which ends at `level`."""
        jobs = np.arange(self.best.shape[1])
        before = level - graph.between
        at = np.maximum(before, 0), jobs[:, None]
        goes_back = self.best_from[at] == jobs
        so_far = np.where(goes_back, self.other[at], self.best[at])
        return np.where(before >= 0, so_far, np.inf)

    def _keep_two(self, level: int, through: Floats) -> None:
        """Of the ways into each job (columns) the best, and the best from another job (rows)."""
        jobs = np.arange(self.best.shape[1])
        self.best_from[level] = through.argmin(axis=0)
        self.best[level] = through[self.best_from[level], jobs]
        through[self.best_from[level], jobs] = np.inf
        self.other_from[level] = through.argmin(axis=0)
        self.other[level] = through[self.other_from[level], jobs]

    def _begin(self, level: int, begin: Floats) -> None:
        """A trip may begin at a job: that counts as one way more into it, from nowhere."""
        better, second = begin < self.best[level], begin < self.other[level]
        self.other[level] = np.where(better, self.best[level], np.where(second, begin, self.other[level]))
        later_from = np.where(second, NOWHERE, self.other_from[level])
        self.other_from[level] = np.where(better, self.best_from[level], later_from)
        self.best[level] = np.where(better, begin, self.best[level])
        self.best_from[level] = np.where(better, NOWHERE, self.best_from[level])

    def traced(self, graph: Graph, level: int, job: int) -> tuple[int, ...]:
        """The jobs of the best path to `job` at `level`, in their order."""
        jobs, before = [job], int(self.best_from[level, job])
        while before != NOWHERE:
            level -= int(graph.between[before, job])
            table = self.other_from if self.best_from[level, before] == job else self.best_from
            job, before = before, int(table[level, before])
            jobs.append(job)
        return tuple(reversed(jobs))
