"""The energy model against simulated flights: routes of the catalogue, in still air and in wind, planned and flown."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from missions.district import District
from missions.plan import Plan
from missions.planning.energy_fit import FittedPowers, fit_powers
from missions.planning.flight_plan import plan_flight
from missions.route import Route, anchor
from missions.wind import Wind
from simulator.energy_flights import FlownPlan, fly_plan

WINDS = (Wind(0, 0), Wind(6, 270), Wind(9, 30))
FIRST_INSTANCE = 60
"""Far from those of demonstrations."""

AT_ONCE = 2
DAY = datetime(2026, 11, 24, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EnergyCheck:
    """All flights, and for each type that flew its fitted powers."""

    flights: tuple[FlownPlan, ...]
    fitted: dict[str, FittedPowers]

    def figures(self) -> dict[str, Any]:
        """For a report."""
        return {
            "flights": len(self.flights),
            **_spread("time_error", [one.time_error for one in self.flights]),
            **_spread("energy_error", [one.energy_error for one in self.flights]),
        }


def check_energy_model(district: District, count: int, speed_factor: float) -> EnergyCheck:
    """Plans and flies `count` flights, each of one route, and fits the powers of the types flown."""
    plans = list(_plans(district, count))
    with TemporaryDirectory() as logs, ThreadPoolExecutor(AT_ONCE) as pool:

        def fly(number: int) -> FlownPlan:
            plan, wind = plans[number]
            log = Path(logs) / f"{number}.log"
            return fly_plan(plan, wind, instance=FIRST_INSTANCE + number, speed_factor=speed_factor, log=log)

        flown = tuple(pool.map(fly, range(len(plans))))
    types = dict.fromkeys(one.plan.aircraft_type_id for one in flown)
    return EnergyCheck(flown, {id: _fit(id, flown, district) for id in types})


def _fit(type_id: str, flown: Sequence[FlownPlan], district: District) -> FittedPowers:
    own = [(one.wind, one.samples) for one in flown if one.plan.aircraft_type_id == type_id]
    return fit_powers(district.aircraft_type(type_id), own)


def _plans(district: District, count: int) -> Iterator[tuple[Plan, Wind]]:
    """Routes of each kind in turn, by the nearest drone that can fly them."""
    kinds: dict[str, list[Route]] = {}
    for route in district.routes:
        kinds.setdefault(route.geometry.kind, []).append(route)
    in_turn = [routes[number] for number in range(count) for routes in kinds.values() if number < len(routes)]
    winds, made = cycle(WINDS), 0
    for route in in_turn:
        wind = next(winds)
        plan = _plan(district, route, wind)
        if plan is not None and made < count:
            made += 1
            yield plan, wind


def _plan(district: District, route: Route, wind: Wind) -> Plan | None:
    drones = sorted(district.drones, key=lambda one: district.dock(one.dock_id).point.distance_m(anchor(route.geometry)))
    answers = (plan_flight(district, drone.id, [route.id], at=DAY, wind=wind) for drone in drones)
    return next((answer for answer in answers if isinstance(answer, Plan)), None)


def _spread(name: str, errors: Sequence[float]) -> dict[str, float]:
    worst: float = max(errors, key=abs)
    return {f"{name}_median": round(median(errors), 4), f"{name}_worst": round(worst, 4)}
