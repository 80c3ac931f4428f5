"""Problems for tests: a row of four jobs whose numbers can be worked out by hand, and random small ones."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from missions.scheduling.problem import Depot, Kind, Problem, Vehicle, WaysAt, Window
from missions.scheduling.skies import without
from missions.scheduling.way_tables import WayTables

DAY_S = 10_000.0
ALL_DAY = (Window(0.0, DAY_S),)
KIND = Kind(full_wh=20.0, capacity_wh=16.0, recharge_w=72.0, takeoff_s=10.0, landing_s=20.0, trip_wh=1.0)
"""A second on the charger brings 0.02 Wh; 4 Wh must be left."""

SWAPS = Depot(guest_places=1, swap_s=120.0)
LOW = Depot(guest_places=2, guests=frozenset({0}), ground_m=3.0)
"""Depots for random days: one that swaps batteries, one that takes guests of the first kind."""


@dataclass(frozen=True)
class Row:
    """Places on a line, 100 s and 2 Wh a unit of way; the depot is at 0 (as others may be elsewhere), service takes 50 s, 1 Wh.

    Four jobs at 1, 2, 3 and -1, worth 1, 2, 3 and 4, unless said otherwise.
    """

    places: tuple[float, ...] = (1, 2, 3, -1)
    value: tuple[float, ...] = (1, 2, 3, 4)
    windows: tuple[tuple[Window, ...], ...] | None = None
    kinds: tuple[Kind, ...] = (KIND,)
    vehicles: tuple[Vehicle, ...] = (Vehicle(kind=0, depot=0, ready_s=0.0, charge_wh=20.0),)
    end_s: float = DAY_S
    crew: int = 9
    waiting_allowed: bool = False
    max_trips: int | None = None
    able: tuple[tuple[bool, ...], ...] | None = None
    service_s: float = 50.0
    depots: tuple[float, ...] = (0.0,)
    offers: tuple[Depot, ...] = ()

    def problem(self) -> Problem:
        """The row as a problem."""
        jobs, kinds = len(self.places), len(self.kinds)
        at = np.array([*self.places, *self.depots])
        way = np.tile(np.abs(at[:, None] - at[None]), (kinds, 1, 1))
        able = np.ones((kinds, jobs), dtype=bool) if self.able is None else np.array(self.able)
        return Problem(
            value=np.array(self.value, dtype=float),
            windows=self.windows or (ALL_DAY,) * jobs,
            service_s=np.full((kinds, jobs), self.service_s),
            energy_wh=np.ones((kinds, jobs)),
            able=able,
            travel=WayTables(100 * way, 2 * way, jobs),
            depots=len(self.depots),
            kinds=self.kinds,
            vehicles=self.vehicles,
            begin_s=0.0,
            end_s=self.end_s,
            crew=self.crew,
            turnaround_s=30.0,
            waiting_allowed=self.waiting_allowed,
            max_trips=self.max_trips,
            offers=self.offers,
        )


def two_depots(other: Depot, home: Depot | None = None, **changes: Any) -> Problem:
    """The row with another depot at 4, 400 s and 8 Wh from home; `changes` are other fields of `Row`."""
    return Row(depots=(0.0, 4.0), offers=(home or Depot(), other), **changes).problem()


def two_vehicles() -> tuple[Vehicle, ...]:
    """Two full vehicles of the first kind."""
    return (Vehicle(kind=0, depot=0, ready_s=0.0, charge_wh=20.0),) * 2


def random_day(
    seed: int,
    jobs: int,
    *,
    vehicles: int = 2,
    crew: int = 9,
    max_trips: int | None = None,
    offers: tuple[Depot, ...] = (),
) -> Problem:
    """A random day in whole seconds: two kinds, two depots, one-way detours, half the jobs with one or two windows."""
    random = np.random.default_rng(seed)
    at = random.integers(0, 300, (jobs + 2, 2))
    straight = np.abs(at[:, None] - at[None]).sum(axis=2)
    travel_s = np.stack([straight + random.integers(0, 40, straight.shape) for _ in range(2)]).astype(float)
    service_s = random.integers(20, 300, (2, jobs)).astype(float)
    able = random.random((2, jobs)) < 0.8
    kinds = tuple(
        Kind(100.0, 80.0, recharge_w, takeoff_s=15.0, landing_s=25.0, trip_wh=4.0, lower_s_per_m=2.0, lower_wh_per_m=0.5)
        for recharge_w in (360.0, 180.0)
    )
    return Problem(
        value=random.integers(1, 10, jobs).astype(float),
        windows=tuple(_random_windows(random) for _ in range(jobs)),
        service_s=service_s,
        energy_wh=service_s / 20,
        able=able,
        travel=WayTables(travel_s, travel_s / 20, jobs),
        depots=2,
        kinds=kinds,
        vehicles=tuple(Vehicle(one % 2, one % 2, float(random.integers(0, 500)), 60.0) for one in range(vehicles)),
        begin_s=0.0,
        end_s=4000.0,
        crew=crew,
        turnaround_s=60.0,
        waiting_allowed=bool(random.random() < 0.3),
        max_trips=max_trips,
        offers=offers,
    )


def with_skies(problem: Problem, seed: int) -> Problem:
    """The same day with two closures of 400 s: round each ways are up to 60 s longer, and one job, or a depot, is shut in."""
    random = np.random.default_rng(seed)
    begins = sorted(random.integers(0, 3000, 2).tolist())
    shut = [Window(float(begin), float(begin) + 400) for begin in begins]
    hours = without((Window(problem.begin_s, problem.end_s),), shut)
    skies = [WaysAt(hours, problem.travel)]
    longer_s, longer_wh = problem.travel_s, problem.travel_wh
    for left in ((shut[1],), ()):
        detour_s = random.integers(0, 60, problem.travel_s.shape).astype(float)
        longer_s, longer_wh = longer_s + detour_s, longer_wh + detour_s / 20
        place = int(random.integers(0, problem.jobs + problem.depots))
        longer_s[:, place, :] = longer_s[:, :, place] = longer_wh[:, place, :] = longer_wh[:, :, place] = np.inf
        hours = without((Window(problem.begin_s, problem.end_s),), left)
        skies.append(WaysAt(hours, WayTables(longer_s, longer_wh, problem.jobs)))
    return replace(problem, skies=tuple(skies), waiting_allowed=False)


def _random_windows(random: np.random.Generator) -> tuple[Window, ...]:
    if random.random() < 0.5:
        return (Window(0.0, 4000.0),)
    first = float(random.integers(0, 2500))
    once = Window(first, first + float(random.integers(100, 800)))
    again = Window(once.latest_s + 200, once.latest_s + 700)
    return (once, again) if random.random() < 0.5 else (once,)


@st.composite
def days(draw: st.DrawFn, jobs: int = 12, vehicles: int = 3) -> Problem:
    """Random days of at most so many jobs and vehicles, some with a crew of one or a limit of trips."""
    return random_day(
        draw(st.integers(0, 10_000)),
        draw(st.integers(1, jobs)),
        vehicles=draw(st.integers(1, vehicles)),
        crew=draw(st.sampled_from([1, 2, 9])),
        max_trips=draw(st.sampled_from([None, 1, 2])),
        offers=draw(st.sampled_from([(), (SWAPS, LOW), (LOW, SWAPS)])),
    )
