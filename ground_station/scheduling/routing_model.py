"""A scheduling problem inside OR-Tools' routing solver, and its answers back again.

Several trips of a vehicle are one route with stops between them. Four things run along a route, as dimensions:

- time: it stands still nowhere but at stops (or where waiting is allowed).
- load: what the trip has drawn so far, at most the usable capacity; at a stop it begins again from nothing.
- debt: time less charge. In the air both make it rise; on the charger time and charge rise together, so it stays. The charge
  at any node is time less debt: enough at a landing, never more than a full battery less what the way from the depot took.
  So charging needs no variables of its own, and by mere propagation of bounds every take-off is as early as it may be.

The model is a little too wide: the crew is not in it, a job's window is that of its fastest kind, where waiting is allowed it
counts as charging, and a swapped battery is there at once. Every trip in it goes from home to home. So what it finds is timed
again by `missions.scheduling.tours`, and what finds no time falls away.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ground_station.scheduling.routing_tables import TICKS_PER_S, RoutingTables, ticks
from missions.scheduling.problem import Problem, Solution, Trip

SPARE_TRIPS = 2
"""Trips that the solver may add to the most that any vehicle flies at the start."""

VALUE_IN_TRIPS = 20.0
"""What an average job is worth, in median ways to a job and back: value comes before flying time, but not out of its sight,
since the solver's guided search weighs legs by their cost.
"""

NOBODY = -1
"""The solver's vehicle of a node that is left out; without it among a node's vehicles the node must be served."""


class RoutingModel:
    """One problem in the solver. OR-Tools' objects have no types worth the name, so they are `Any` here, and stay here."""

    def __init__(self, problem: Problem, start: Solution, seed: int) -> None:
        # Loading OR-Tools takes a second and 100 MB, which only those pay who improve a plan.
        from ortools.constraint_solver import pywrapcp

        self._problem = problem
        self._tables = RoutingTables(problem, _stops(problem, start))
        self._vehicles = range(len(problem.vehicles))
        depots = [self._tables.depot(vehicle) for vehicle in self._vehicles]
        self._manager: Any = pywrapcp.RoutingIndexManager(self._tables.nodes, len(depots), depots, depots)
        self._routing: Any = pywrapcp.RoutingModel(self._manager, _model_parameters())
        self._routing.solver().ReSeed(seed)
        self._offset = max((self._tables.full(kind) for kind in range(len(problem.kinds))), default=0)
        self._time, self._load, self._debt = self._dimensions()
        for vehicle in self._vehicles:
            self._bound_vehicle(vehicle)
            self._add_stops(vehicle)
        self._add_jobs()

    def solve(self, start: Solution, time_limit_s: float) -> Solution | None:
        """The best trips found from `start`; None where the solver cannot begin there or finds nothing."""
        parameters = _parameters(time_limit_s)
        self._routing.CloseModelWithParameters(parameters)
        begin = self._routing.ReadAssignmentFromRoutes(self._routes(start), True)
        if begin is None:
            return None
        found = self._routing.SolveFromAssignmentWithParameters(begin, parameters)
        return None if found is None else Solution(tuple(self._trips(found)))

    def _dimensions(self) -> tuple[Any, Any, Any]:
        """Time, load and debt. Debt may be negative, so it is counted from a full battery below nothing."""
        end = ticks(self._problem.end_s)
        capacities = [self._tables.capacity(vehicle.kind) for vehicle in self._problem.vehicles]
        for vehicle, legs in enumerate(self._per_vehicle([self._tables.legs(kind) for kind in self._kinds()])):
            self._routing.SetArcCostEvaluatorOfVehicle(legs, vehicle)
        return (
            self._dimension("time", [self._tables.times(kind) for kind in self._kinds()], [end] * len(capacities)),
            self._dimension("load", [self._tables.loads(kind) for kind in self._kinds()], capacities),
            self._dimension(
                "debt", [self._tables.debts(kind) for kind in self._kinds()], [end + self._offset] * len(capacities)
            ),
        )

    def _dimension(self, name: str, tables: list[Any], most: list[int]) -> Any:
        self._routing.AddDimensionWithVehicleTransitAndCapacity(
            self._per_vehicle(tables), max(most, default=0), most, False, name
        )
        return self._routing.GetDimensionOrDie(name)

    def _bound_vehicle(self, vehicle: int) -> None:
        """When and how full it begins; what is left at every landing."""
        ready, start = self._problem.vehicles[vehicle], self._routing.Start(vehicle)
        begin, end = ticks(max(ready.ready_s, self._problem.begin_s)), ticks(self._problem.end_s)
        kind = self._tables.kind(vehicle)
        # A vehicle that cannot fly at all must not make the model infeasible: it is taken to be ready and at its reserve in
        # time to stay where it is.
        swaps = self._problem.offer(ready.depot).swap_s is not None
        charge_wh = kind.full_wh if swaps else min(ready.charge_wh, kind.full_wh)
        at_ready = self._tables.charge(ready.kind, max(charge_wh, kind.reserve_wh))
        self._time.CumulVar(start).SetRange(min(begin, end), end)
        self._load.CumulVar(start).SetMax(0)
        self._debt.CumulVar(start).SetMin(max(min(ticks(ready.ready_s), end) - at_ready + self._offset, 0))
        left = self._tables.charge(ready.kind, kind.reserve_wh) - 1
        for landing in (self._routing.End(vehicle), *self._stops(vehicle)):
            debt = self._debt.CumulVar(landing)
            debt.SetMax(end - left + self._offset)
            self._add(self._time.CumulVar(landing) - debt >= left - self._offset)

    def _add_stops(self, vehicle: int) -> None:
        """Stops are a vehicle's own, may be left out, last for the turnaround at least, and end a trip."""
        turnaround, capacity = ticks(self._problem.turnaround_s), self._tables.capacity(self._problem.vehicles[vehicle].kind)
        for stop in self._stops(vehicle):
            self._routing.VehicleVar(stop).SetValues([NOBODY, vehicle])
            self._routing.AddDisjunction([stop], 0)
            for dimension in (self._time, self._debt):
                dimension.SlackVar(stop).SetMin(turnaround)
            # Exactly full, by way of the slack of the job before, and then emptied: were it less than full, the load would
            # fall below nothing, and the first leg after the stop would be free.
            self._load.CumulVar(stop).SetRange(capacity, capacity)
            self._load.SlackVar(stop).SetMax(0)

    def _add_jobs(self) -> None:
        """Jobs lie in their windows, are served by able vehicles or cost their value, and nobody hovers before them."""
        for job, worth in enumerate(self._worth()):
            index = self._manager.NodeToIndex(job)
            self._routing.AddDisjunction([index], worth)
            able = [v for v, vehicle in enumerate(self._problem.vehicles) if self._problem.able[vehicle.kind, job]]
            begins = self._tables.begins(job) if able else []
            if not begins or self._tables.least_charge(job) > self._tables.most_charge(job):
                self._routing.ActiveVar(index).SetMax(0)
                continue
            self._routing.VehicleVar(index).SetValues([NOBODY, *able])
            self._bound_job(job, index, begins)

    def _bound_job(self, job: int, index: int, begins: list[tuple[int, int]]) -> None:
        begin = self._time.CumulVar(index)
        begin.SetRange(begins[0][0], begins[-1][1])
        for before, after in pairwise(begins):
            if before[1] + 1 < after[0]:
                begin.RemoveInterval(before[1] + 1, after[0] - 1)
        if self._problem.waiting_allowed:
            self._add(self._debt.SlackVar(index) >= self._time.SlackVar(index))
        else:
            self._time.SlackVar(index).SetMax(0)
            self._debt.SlackVar(index).SetMax(0)
        debt = self._debt.CumulVar(index)
        debt.SetMax(begins[-1][1] - self._tables.least_charge(job) + self._offset)
        self._add(begin - debt <= self._tables.most_charge(job) - self._offset)

    def _worth(self) -> list[int]:
        """Values as costs of leaving a job out, on the scale of the ways to jobs and back."""
        if not self._problem.jobs:
            return []
        scale = VALUE_IN_TRIPS * self._tables.median_trip() / (float(self._problem.value.mean()) or 1.0)
        worth: list[int] = np.rint(self._problem.value * scale).astype(np.int64).tolist()
        return worth

    def _add(self, constraint: Any) -> None:
        self._routing.solver().Add(constraint)

    def _kinds(self) -> range:
        return range(len(self._problem.kinds))

    def _per_vehicle(self, tables: list[Any]) -> list[int]:
        """Register the tables, one for each kind, and name for every vehicle its kind's."""
        registered = [self._routing.RegisterTransitMatrix(table.tolist()) for table in tables]
        return [registered[vehicle.kind] for vehicle in self._problem.vehicles]

    def _stops(self, vehicle: int) -> list[int]:
        return [self._manager.NodeToIndex(stop) for stop in self._tables.stops(vehicle)]

    def _routes(self, solution: Solution) -> list[list[int]]:
        """Every vehicle's nodes in their order, with a stop between trips."""
        routes: list[list[int]] = []
        for vehicle in self._vehicles:
            route: list[int] = []
            own = sorted((trip for trip in solution.trips if trip.vehicle == vehicle), key=lambda trip: trip.start_s)
            for number, trip in enumerate(own):
                route += self._stops(vehicle)[number - 1 : number] if number else []
                route += [self._manager.NodeToIndex(job) for job in trip.jobs]
            routes.append(route)
        return routes

    def _trips(self, found: Any) -> Iterator[Trip]:
        """The trips of an answer, each from the moment at which it takes off at the earliest."""
        for vehicle in self._vehicles:
            jobs: list[int] = []
            here = self._routing.Start(vehicle)
            while not self._routing.IsEnd(here):
                node = self._manager.IndexToNode(here)
                if node < self._problem.jobs:
                    jobs.append(node)
                there = found.Value(self._routing.NextVar(here))
                if jobs and not self._is_job(there):
                    yield Trip(vehicle, self._begins_s(found, jobs[0]), tuple(jobs))
                    jobs = []
                here = there

    def _is_job(self, index: int) -> bool:
        return not self._routing.IsEnd(index) and self._manager.IndexToNode(index) < self._problem.jobs

    def _begins_s(self, found: Any, job: int) -> float:
        """When a trip's first job begins at the earliest: good enough to put trips in their order."""
        return float(found.Min(self._time.CumulVar(self._manager.NodeToIndex(job)))) / TICKS_PER_S


def _stops(problem: Problem, start: Solution) -> int:
    """Stops for each vehicle: enough for the trips of `start` and a few more."""
    flown = [sum(trip.vehicle == vehicle for trip in start.trips) for vehicle in range(len(problem.vehicles))]
    trips = max(flown, default=0) + SPARE_TRIPS
    return max(min(trips, problem.max_trips or trips) - 1, 0)


def _model_parameters() -> Any:
    """The defaults, but without compression of the solver's trail, which took a sixth of the time and saved little memory."""
    from ortools.constraint_solver import pywrapcp, solver_parameters_pb2

    parameters = pywrapcp.DefaultRoutingModelParameters()
    parameters.solver_parameters.compress_trail = solver_parameters_pb2.ConstraintSolverParameters.NO_COMPRESSION
    return parameters


def _parameters(time_limit_s: float) -> Any:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(int(time_limit_s * 1000), 1))
    return parameters
