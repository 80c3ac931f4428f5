"""The least time in the air that a set of jobs could take, whoever flies them: what a plan's flight hours are held against.

Every plan is a set of trips that serves each job once. Relaxed to shares of trips that serve each job at least once, that is
a linear programme whose columns are trips. Its dual prices give a lower bound, made a little smaller where a trip that is not
yet among the columns would be worth more than its time (Farley 1990). Relaxed besides: a trip may begin and end at any
dock and at any time, and energies are rounded down (`trip_graph`). So no landing elsewhere breaks the bound.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ground_station.scheduling.trip_graph import Column, Graph, Indices, Ways, best_trips
from missions.errors import InvalidInput
from missions.scheduling.problem import Floats, Problem

LEVELS = 400
"""Levels of energy that a battery is divided into; more are closer and slower."""

ENOUGH = 1e-4
"""Share of the bound that may be lost by stopping early."""


def least_flight_s(
    problem: Problem, jobs: Sequence[int], *, time_limit_s: float = 60.0, clock: Callable[[], float] = time.monotonic
) -> float:
    """A lower bound of the flight time of any plan that serves `jobs`, in the problem's own numbers.

    Raises InvalidInput where a job cannot be served by any trip at all.
    """
    if not jobs:
        return 0.0
    graphs = [graph for kind in range(len(problem.kinds)) if (graph := _graph(problem, kind, jobs)) is not None]
    _check_served(jobs, graphs)
    cover = _Cover(len(jobs), graphs)
    until_s, best_s = clock() + time_limit_s, 0.0
    while True:
        prices = cover.prices()
        value_s, best_s = float(prices.sum()), max(best_s, _scaled_s(prices, graphs, cover))
        if value_s - best_s <= ENOUGH * value_s or clock() > until_s:
            return best_s


def _scaled_s(prices: Floats, graphs: Sequence["_KindGraph"], cover: "_Cover") -> float:
    """The bound that the prices give; trips that are worth more than their time join the cover."""
    most = 1.0
    for one in graphs:
        least_s, columns = best_trips(one.graph, prices[one.jobs])
        most = max(most, 1 - least_s / one.graph.quickest_s)
        cover.add(one, columns)
    return float(prices.sum()) / most


@dataclass(frozen=True, slots=True)
class _KindGraph:
    """The trips that one kind of vehicle could fly. `jobs`: their places among those that are to be served."""

    jobs: Indices
    graph: Graph


def _graph(problem: Problem, kind: int, jobs: Sequence[int]) -> _KindGraph | None:
    """Docks are taken as one: out from the nearest, back to the nearest. None where no vehicle of the kind can serve any."""
    docks, what = np.arange(problem.jobs, problem.jobs + problem.depots), problem.kinds[kind]
    room_wh = what.capacity_wh - what.trip_wh
    out_wh, back_wh = problem.travel_wh[kind][docks].min(axis=0), problem.travel_wh[kind][:, docks].min(axis=1)
    there_wh = out_wh[: problem.jobs] + problem.energy_wh[kind] + back_wh[: problem.jobs]
    flies = any(vehicle.kind == kind for vehicle in problem.vehicles)
    able = [place for place, job in enumerate(jobs) if flies and problem.able[kind, job] and there_wh[job] <= room_wh]
    if not able:
        return None
    own = np.asarray(jobs)[able]
    seconds = _ways(problem.travel_s[kind], own, docks, problem.service_s[kind, own])
    energy_wh = _ways(problem.travel_wh[kind], own, docks, problem.energy_wh[kind, own])
    graph = Graph.of(seconds, energy_wh, what.trip_s, room_wh, LEVELS)
    return _KindGraph(np.asarray(able), graph)


def _ways(travel: Floats, jobs: Indices, docks: Indices, service: Floats) -> Ways:
    first, last = travel[np.ix_(docks, jobs)].min(axis=0), travel[np.ix_(jobs, docks)].min(axis=1)
    return Ways(first + service, travel[np.ix_(jobs, jobs)] + service, last)


def _check_served(jobs: Sequence[int], graphs: Sequence[_KindGraph]) -> None:
    served = {int(place) for one in graphs for place in one.jobs}
    alone = [job for place, job in enumerate(jobs) if place not in served]
    if alone:
        raise InvalidInput("problem", f"jobs[{alone[0]}]", "no vehicle can serve it and come back")


class _Cover:
    """The linear programme over the trips found so far: least seconds with every job served at least once.

    OR-Tools' objects have no types worth the name, so they are `Any` here, and stay here.
    """

    def __init__(self, jobs: int, graphs: Sequence[_KindGraph]) -> None:
        # Loading OR-Tools takes a second and 100 MB, which only those pay who ask for the bound.
        from ortools.linear_solver import pywraplp

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._optimal: int = pywraplp.Solver.OPTIMAL
        self._served = [self._solver.Constraint(1.0, self._solver.infinity()) for _ in range(jobs)]
        for one in graphs:
            self.add(one, [one.graph.column((job,)) for job in range(len(one.jobs))])

    def add(self, kind: _KindGraph, columns: Sequence[Column]) -> None:
        """More trips to choose from."""
        for column in columns:
            share = self._solver.NumVar(0.0, self._solver.infinity(), "")
            self._solver.Objective().SetCoefficient(share, column.seconds)
            for job in set(column.jobs):
                self._served[kind.jobs[job]].SetCoefficient(share, column.jobs.count(job))

    def prices(self) -> Floats:
        """(n) what each job costs in seconds; all together the least seconds over the trips so far."""
        if self._solver.Solve() != self._optimal:
            raise RuntimeError("the linear programme of the lower bound has no optimum")
        return np.array([max(row.dual_value(), 0.0) for row in self._served])
