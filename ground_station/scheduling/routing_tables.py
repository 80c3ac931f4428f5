"""A scheduling problem in whole numbers, for a routing solver: its nodes, and what the legs between them take.

Times are ticks, and so are charges: a charge tick is what the charger brings in one tick of time. All is rounded in the
problem's favour, so that every plan without faults is one for the solver too; what the solver finds must be checked again.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from missions.scheduling.problem import Floats, Kind, Problem

TICKS_PER_S = 10
"""Tenths of a second: the resolution of the published orienteering instances, and fine enough for drones."""

LOAD_PER_WH = 1000
"""Units of a trip's energy in a Wh."""

LEEWAY_TICKS = 5
"""How much earlier than its window a job may begin for the solver, since it has every leg rounded down."""

WITHOUT_CHARGER_DAYS = 10
"""Days that a full charge takes where there is no charger: so long that none is counted on."""

NEVER = 1e9
"""Ticks or units of a leg where there is no way: three years, and far from what 64 bits hold."""

Table = NDArray[np.int64]


@dataclass(frozen=True)
class RoutingTables:
    """The nodes are the jobs, then the depots with vehicles, then for every vehicle its `stops_each` stops between trips.

    Tables have a row for the node left and a column for the node reached. A leg takes service and climb on the way out of a
    node, travel and landing on the way into the next; in energy a job's own counts on the way in, so that the charge after the
    first leg of a trip is known to hold no more than a full battery less that leg.
    """

    problem: Problem
    stops_each: int

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self._first_stop + self.stops_each * len(self.problem.vehicles)

    def depot(self, vehicle: int) -> int:
        """The node where a vehicle begins and ends."""
        return self.problem.jobs + self._depots.index(self.problem.vehicles[vehicle].depot)

    def stops(self, vehicle: int) -> range:
        """A vehicle's stops between two trips."""
        first = self._first_stop + vehicle * self.stops_each
        return range(first, first + self.stops_each)

    def kind(self, vehicle: int) -> Kind:
        """What kind a vehicle is."""
        return self.problem.kinds[self.problem.vehicles[vehicle].kind]

    def legs(self, kind: int) -> Table:
        """Ticks of every leg without service: what a plan is to keep short."""
        return down(self._legs_s(kind) * TICKS_PER_S)

    def median_trip(self) -> float:
        """Ticks of the median way from a depot to a job and back, without service."""
        jobs, legs = self.problem.jobs, self.legs(0)
        there, back = legs[jobs : self._first_stop, :jobs], legs[:jobs, jobs : self._first_stop]
        return max(float(np.median(there + back.T)), 1.0) if there.size else 1.0

    def times(self, kind: int) -> Table:
        """Ticks from the beginning of one node to the beginning of the next."""
        return down((self._legs_s(kind) + self._by_node(self.problem.service_s[kind], 0.0)[:, None]) * TICKS_PER_S)

    def debts(self, kind: int) -> Table:
        """Ticks of every leg and of charging what it took; a stop where batteries are swapped gives a full one's worth back."""
        table = self.times(kind) + down(self._legs_wh(kind) / self.wh_per_tick(kind))
        for number, vehicle in enumerate(self.problem.vehicles):
            if vehicle.kind == kind and self.problem.offer(vehicle.depot).swap_s is not None:
                table[self.stops(number)] -= self.full(kind)
        return table

    def loads(self, kind: int) -> Table:
        """Energy of every leg in units; behind a stop the capacity is taken off, which makes it begin again from nothing."""
        table = down(self._legs_wh(kind) * LOAD_PER_WH)
        table[self._first_stop :] -= self.capacity(kind)
        return table

    def capacity(self, kind: int) -> int:
        """What a trip may draw, in units."""
        return int(down(self.problem.kinds[kind].capacity_wh * LOAD_PER_WH))

    def wh_per_tick(self, kind: int) -> float:
        """What a tick on the charger brings."""
        what = self.problem.kinds[kind]
        return what.wh_per_s / TICKS_PER_S or what.full_wh / (WITHOUT_CHARGER_DAYS * 86400 * TICKS_PER_S)

    def full(self, kind: int) -> int:
        """A full battery in charge ticks, rounded up."""
        return self.charge(kind, self.problem.kinds[kind].full_wh)

    def charge(self, kind: int, wh: float) -> int:
        """A charge in charge ticks, rounded up."""
        return -int(down(-wh / self.wh_per_tick(kind)))

    def most_charge(self, job: int) -> int:
        """The charge that can be left at most after the job, by any vehicle: a full battery less a leg from its depot."""
        return max(
            self.full(vehicle.kind) - int(self._first_legs[vehicle.kind][self._depots.index(vehicle.depot), job])
            for vehicle in set(self.problem.vehicles)
            if self.problem.able[vehicle.kind, job]
        )

    def least_charge(self, job: int) -> int:
        """The charge that must be left at least after the job, for any vehicle: the reserve and the way to its depot."""
        return min(
            self.charge(vehicle.kind, self.problem.kinds[vehicle.kind].reserve_wh)
            - 1
            + int(self._last_legs[vehicle.kind][job, self._depots.index(vehicle.depot)])
            for vehicle in set(self.problem.vehicles)
            if self.problem.able[vehicle.kind, job]
        )

    def begins(self, job: int) -> list[tuple[int, int]]:
        """The spans of ticks in which a job may begin, for the fastest of its able kinds."""
        able = [kind for kind in {vehicle.kind for vehicle in self.problem.vehicles} if self.problem.able[kind, job]]
        service_s = min((float(self.problem.service_s[kind, job]) for kind in able), default=np.inf)
        leeway = 0 if self.problem.waiting_allowed else LEEWAY_TICKS
        spans = [
            (max(ticks(window.earliest_s) - leeway, 0), ticks(window.latest_s - service_s))
            for window in self.problem.windows[job]
            if window.latest_s - window.earliest_s >= service_s - 1e-6
        ]
        end = ticks(self.problem.end_s)
        return [(first, min(last, end)) for first, last in spans if first <= min(last, end)]

    @cached_property
    def _depots(self) -> list[int]:
        """The depots with vehicles: the solver would have to visit another, as a node that none may leave out."""
        return sorted({vehicle.depot for vehicle in self.problem.vehicles})

    @property
    def _first_stop(self) -> int:
        return self.problem.jobs + len(self._depots)

    @cached_property
    def _first_legs(self) -> list[Table]:
        """Of every kind, the charge ticks from every depot with vehicles (row) to every job (column) with it."""
        jobs, kinds = self.problem.jobs, range(len(self.problem.kinds))
        return [down(self._legs_wh(kind)[jobs : self._first_stop, :jobs] / self.wh_per_tick(kind)) for kind in kinds]

    @cached_property
    def _last_legs(self) -> list[Table]:
        """Of every kind, the charge ticks from every job (row) to every depot with vehicles (column)."""
        jobs, kinds = self.problem.jobs, range(len(self.problem.kinds))
        return [down(self._legs_wh(kind)[:jobs, jobs : self._first_stop] / self.wh_per_tick(kind)) for kind in kinds]

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """Of every node its place in the problem's travel arrays."""
        vehicles = range(len(self.problem.vehicles))
        stops = [self.problem.depot_place(vehicle) for vehicle in vehicles for _ in range(self.stops_each)]
        depots = (self.problem.jobs + depot for depot in self._depots)
        return np.array([*range(self.problem.jobs), *depots, *stops], dtype=np.intp)

    def _legs_s(self, kind: int) -> Floats:
        what = self.problem.kinds[kind]
        out_s, in_s = self._by_node(0.0, what.takeoff_s), self._by_node(0.0, what.landing_s)
        legs_s: Floats = self.problem.travel_s[kind][np.ix_(self._places, self._places)] + out_s[:, None] + in_s[None, :]
        return self._without_staying(legs_s)

    def _legs_wh(self, kind: int) -> Floats:
        out_wh = self._by_node(0.0, self.problem.kinds[kind].trip_wh)
        in_wh = self._by_node(self.problem.energy_wh[kind], 0.0)
        legs_wh: Floats = self.problem.travel_wh[kind][np.ix_(self._places, self._places)] + out_wh[:, None] + in_wh[None, :]
        return self._without_staying(legs_wh)

    def _without_staying(self, legs: Floats) -> Floats:
        """The legs, but nothing is taken by a vehicle that goes from its depot to its depot, since it flies no trip."""
        depots = range(self.problem.jobs, self._first_stop)
        legs[depots, depots] = 0.0
        return legs

    def _by_node(self, jobs: Floats | float, depots: float) -> Floats:
        """A number for every node: that of its job, or the same for all depots and stops."""
        numbers = np.full(self.nodes, depots, dtype=np.float64)
        numbers[: self.problem.jobs] = jobs
        return numbers


def ticks(seconds: float) -> int:
    """Seconds as ticks, rounded down."""
    return int(down(seconds * TICKS_PER_S))


def down(numbers: Floats | float) -> Table:
    """Whole numbers, rounded down but for what floating point leaves out; at most `NEVER`."""
    whole: Table = np.floor(np.minimum(np.asarray(numbers), NEVER) + 1e-6).astype(np.int64)
    return whole
