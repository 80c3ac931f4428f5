"""BATTERY: over the day each drone is charged, or its battery swapped, and turned round before it takes off again."""

from collections.abc import Iterator
from itertools import pairwise

from missions.aircraft import AircraftType
from missions.checking.day import CheckedFlight, Day
from missions.checking.energy import ROUNDING, flight_wh, usable_wh
from missions.checking.violation import Rule, Violation, clock
from missions.operations import Operations

MOMENT_S = 1e-3
"""Rounding of moments."""


def check_batteries(day: Day) -> Iterator[Violation]:
    """Turnarounds, and the state of charge at each take-off."""
    for flights in day.flights_by_drone().values():
        yield from _turnarounds(flights, day.district.operations.turnaround_s)
        yield from _charges(flights, day.district.operations)


def _turnarounds(flights: list[CheckedFlight], turnaround_s: float) -> Iterator[Violation]:
    """Flights that overlap are another rule's matter."""
    for before, after in pairwise(flights):
        gap_s = after.takes_off_s - before.lands_s
        if 0 <= gap_s < turnaround_s - MOMENT_S:
            drone = f"drone '{after.flight.drone_id}'"
            taken = f"flight '{after.id}' takes off at {clock(after.takes_off_s)}, {gap_s:.0f} s after {drone} landed"
            yield _short(after.id, f"{taken}; at least {turnaround_s:g} s are needed", turnaround_s, gap_s)


def _charges(flights: list[CheckedFlight], operations: Operations) -> Iterator[Violation]:
    """Full at the day's begin, less each flight's energy; then linearly charged in the dock from each landing on, or full once
    the battery has been swapped, for which the turnaround and the swap itself must be over.
    """
    charge_wh, landed_s = float("inf"), 0.0
    for one in flights:
        needed_wh = flight_wh(one)
        if one.aircraft is None or needed_wh is None:
            return
        full_wh = one.aircraft.battery_wh
        stay_s = max(one.takes_off_s - landed_s, 0.0)
        if one.from_dock is not None and one.from_dock.swap_s is not None:
            swapped = stay_s >= operations.turnaround_s + one.from_dock.swap_s - MOMENT_S
            charge_wh = full_wh if swapped else min(charge_wh, full_wh)
        else:
            charge_wh = min(charge_wh + full_wh / operations.recharge_s * stay_s, full_wh)
        yield from _charge(one, one.aircraft, charge_wh, needed_wh)
        charge_wh, landed_s = max(charge_wh - needed_wh, 0.0), one.lands_s


def _charge(one: CheckedFlight, aircraft: AircraftType, charge_wh: float, flown_wh: float) -> Iterator[Violation]:
    """A flight that no full battery could fly is another rule's matter."""
    needed_wh = flown_wh + aircraft.reserve * aircraft.battery_wh
    if flown_wh <= usable_wh(aircraft) * ROUNDING and charge_wh * ROUNDING < needed_wh:
        drone = f"drone '{one.flight.drone_id}' has {charge_wh:.1f} Wh"
        begun = f"when flight '{one.id}' takes off at {clock(one.takes_off_s)}"
        text = f"{drone} {begun}; with the reserve it needs {needed_wh:.1f} Wh"
        yield _short(one.flight.drone_id, text, needed_wh, charge_wh)


def _short(subject: str, text: str, limit: float, value: float) -> Violation:
    return Violation(rule=Rule.BATTERY, subject=subject, text=text, limit=limit, value=value)
