"""What is to be scheduled, as numbers: a team orienteering problem with several trips, time windows and energy.

Jobs bring value, vehicles fly trips from a depot over jobs to a depot and are home at the day's end, batteries limit a trip and
are charged or swapped between trips, and a crew limits how many trips are in the air at once. Not every job fits: the value of
those served is sought.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from missions.errors import InvalidInput
from missions.scheduling.way_tables import Floats as Floats
from missions.scheduling.way_tables import Travel

TOLERANCE = 1e-6
"""Seconds or Wh by which a limit may be missed: rounding, not a fault."""


class Window(NamedTuple):
    """A job may be served within it: it begins at `earliest_s` or later and ends at `latest_s` or earlier."""

    earliest_s: float
    latest_s: float


@dataclass(frozen=True, slots=True)
class Kind:
    """What vehicles of one kind have in common.

    A charge is what is in the battery: at most `full_wh`, and never less than `full_wh - capacity_wh` at a landing.
    `trip_wh` is spent on every trip besides travel and service, for the climb (`takeoff_s`) and the landing (`landing_s`);
    a landing on lower ground takes more, by the metre.
    """

    full_wh: float
    capacity_wh: float
    recharge_w: float
    takeoff_s: float = 0.0
    landing_s: float = 0.0
    trip_wh: float = 0.0
    lower_s_per_m: float = 0.0
    lower_wh_per_m: float = 0.0

    @property
    def reserve_wh(self) -> float:
        """What must be left in the battery at a landing."""
        return self.full_wh - self.capacity_wh

    @property
    def trip_s(self) -> float:
        """What every trip takes besides travel and service."""
        return self.takeoff_s + self.landing_s

    @property
    def wh_per_s(self) -> float:
        """What a second on the charger brings."""
        return self.recharge_w / 3600


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle stands in its own depot, its home, from `ready_s` on, charges from then, and ends the day there."""

    kind: int
    depot: int
    ready_s: float
    charge_wh: float


@dataclass(frozen=True, slots=True)
class Depot:
    """What a depot offers besides being a home.

    `guest_places` are those for vehicles of other depots; a vehicle's place at home is kept for it while it is out. `guests`
    are the kinds that may take them (None: all). Where `swap_s` is given, a battery is not charged: a full one takes its place
    within that time. `ground_m` is the altitude.
    """

    guest_places: int = 0
    guests: frozenset[int] | None = None
    swap_s: float | None = None
    ground_m: float = 0.0


UNEVEN_M = 30.0
"""How much higher or lower than where it takes off a vehicle may land. Ways are flown 60 m over the take-off at least: so there
are 30 m over the higher ground, the least that any inspection is flown at.
"""

PLAIN = Depot()
"""A depot with a charger and without places for guests."""


@dataclass(frozen=True, eq=False)
class WaysAt:
    """The ways of trips that lie within one of `windows`, whole; the tables are as the problem's, and nowhere less."""

    windows: tuple[Window, ...]
    travel: Travel

    @property
    def travel_s(self) -> Floats:
        """The seconds of every way, in one array."""
        return self.travel.seconds

    @property
    def travel_wh(self) -> Floats:
        """The Wh of every way, in one array."""
        return self.travel.energies_wh


@dataclass(frozen=True, eq=False)
class Problem:
    """A day, as arrays over n jobs, m depots and k kinds of vehicles.

    Shapes: `value` (n), `service_s`, `energy_wh` and `able` (k, n), `travel` (k, n + m, n + m), from the end of the row's job
    to the beginning of the column's; depots come after the jobs; infinite where there is no way. After a landing
    `turnaround_s` pass before charging begins. A trip takes off at `begin_s` or later, lands by `end_s`, and at most `crew`
    trips are in the air at once. Where `waiting_allowed` is false, a job begins at the moment its vehicle arrives (drones do
    not hover); else waiting at a job is free of energy. `max_trips` is per vehicle. `offers` says what each depot offers
    (empty: every one is plain). Where there are `skies`, a trip flies under one: by its ways, within its windows.
    """

    value: Floats
    windows: tuple[tuple[Window, ...], ...]
    service_s: Floats
    energy_wh: Floats
    able: NDArray[np.bool_]
    travel: Travel
    depots: int
    kinds: tuple[Kind, ...]
    vehicles: tuple[Vehicle, ...]
    begin_s: float
    end_s: float
    crew: int
    turnaround_s: float = 0.0
    waiting_allowed: bool = False
    max_trips: int | None = None
    offers: tuple[Depot, ...] = ()
    skies: tuple[WaysAt, ...] = ()

    def __post_init__(self) -> None:
        kinds, jobs, places = len(self.kinds), self.jobs, self.jobs + self.depots
        wanted = {
            "service_s": (kinds, jobs),
            "energy_wh": (kinds, jobs),
            "able": (kinds, jobs),
            "travel": (kinds, places, places),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise InvalidInput("problem", name, f"the shape is {getattr(self, name).shape}, not {shape}")
        if len(self.windows) != jobs:
            raise InvalidInput("problem", "windows", f"there are {len(self.windows)} for {jobs} jobs")
        for job, windows in enumerate(self.windows):
            if any(before.latest_s > after.earliest_s for before, after in pairwise(windows)):
                raise InvalidInput("problem", "windows", f"those of job {job} overlap or are out of order")
        if any(vehicle.kind >= kinds or vehicle.depot >= self.depots for vehicle in self.vehicles):
            raise InvalidInput("problem", "vehicles", "a vehicle names a kind or a depot that is not there")
        if self.offers and len(self.offers) != self.depots:
            raise InvalidInput("problem", "offers", f"there are {len(self.offers)} for {self.depots} depots")
        if self.skies and self.waiting_allowed:
            raise InvalidInput("problem", "skies", "they are for vehicles that do not wait")

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return len(self.value)

    @property
    def travel_s(self) -> Floats:
        """The seconds of every way, in one array."""
        return self.travel.seconds

    @property
    def travel_wh(self) -> Floats:
        """The Wh of every way, in one array."""
        return self.travel.energies_wh

    @cached_property
    def ways_at(self) -> tuple[WaysAt, ...]:
        """The skies; where none are given the one that holds all day."""
        return self.skies or (WaysAt((Window(self.begin_s, self.end_s),), self.travel),)

    @cached_property
    def crew_binds(self) -> bool:
        """Whether more vehicles could be in the air than the crew may watch."""
        return self.crew < len(self.vehicles)

    def depot_place(self, vehicle: int) -> int:
        """The row of a vehicle's depot in the travel arrays."""
        return self.jobs + self.vehicles[vehicle].depot

    def offer(self, depot: int) -> Depot:
        """What a depot offers."""
        return self.offers[depot] if self.offers else PLAIN

    def are_level(self, leaves: int, lands: int) -> bool:
        """Whether one trip may lead from the first depot to the second: heights are counted over the ground of the first."""
        return abs(self.offer(leaves).ground_m - self.offer(lands).ground_m) <= UNEVEN_M

    def lower_m(self, leaves: int, lands: int) -> float:
        """How much lower the second depot lies than the first; 0 where it does not."""
        return max(self.offer(leaves).ground_m - self.offer(lands).ground_m, 0.0)

    def ends_of(self, trip: "Trip") -> tuple[int, int]:
        """The depots where a trip takes off and lands."""
        home = self.vehicles[trip.vehicle].depot
        return home if trip.leaves is None else trip.leaves, home if trip.lands is None else trip.lands


@dataclass(frozen=True, slots=True)
class Trip:
    """A vehicle takes off at `start_s` and serves `jobs` in their order, from depot to depot (None: its home), by the ways of
    the problem's sky of that number. Its ways lie `layer_m` higher than they have to, which the problem's numbers leave out.
    """

    vehicle: int
    start_s: float
    jobs: tuple[int, ...]
    leaves: int | None = None
    lands: int | None = None
    sky: int = 0
    layer_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Solution:
    """All trips of the day, in any order."""

    trips: tuple[Trip, ...] = ()

    @property
    def served(self) -> frozenset[int]:
        """The jobs that are in a trip."""
        return frozenset(job for trip in self.trips for job in trip.jobs)

    def value(self, problem: Problem) -> float:
        """The value of all jobs served."""
        return float(sum(problem.value[job] for job in sorted(self.served)))
