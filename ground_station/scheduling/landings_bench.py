"""What landing at other docks brings: the same days planned with a place for a guest in every dock, and without any."""

from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any

from rich.console import Console

from ground_station.scheduling.planner import Planned, plan_and_check
from ground_station.scheduling.rehearsal import request_for
from missions.district import District
from missions.schedule import DayConditions


def landings(district: District, day: date, seeds: Sequence[int], time_limit_s: float, console: Console) -> dict[str, Any]:
    """Medians over rehearsed days, with all drones and with every second one grounded: value and flight hours with landings
    elsewhere, over those without.
    """
    half = DayConditions(grounded_drones=tuple(drone.id for drone in district.drones[::2]))
    figures: dict[str, Any] = {"landings_violations": 0}
    for name, conditions in (("whole_fleet", DayConditions()), ("half_fleet", half)):
        pairs = []
        for seed in seeds:
            home, guest = (
                _planned(one, day, seed, conditions, time_limit_s) for one in (district, with_guest_places(district))
            )
            console.print(f"{name}, seed {seed}: {_told(home)} without, {_told(guest)} with", highlight=False)
            pairs.append((home.schedule, guest.schedule))
            figures["landings_violations"] += len(home.violations) + len(guest.violations)
        figures[f"landings_value_ratio_{name}"] = round(median(guest.value / home.value for home, guest in pairs), 4)
        figures[f"landings_hours_ratio_{name}"] = round(median(guest.flight_h / home.flight_h for home, guest in pairs), 4)
    return figures


def with_guest_places(district: District) -> District:
    """The district with one place more in every dock, and the permission to land there."""
    docks = tuple(dock.model_copy(update={"capacity": dock.capacity + 1}) for dock in district.docks)
    operations = district.operations.model_copy(update={"land_elsewhere": True})
    return district.model_copy(update={"docks": docks, "operations": operations})


def _planned(district: District, day: date, seed: int, conditions: DayConditions, time_limit_s: float) -> Planned:
    return plan_and_check(request_for(district, day, seed, conditions), time_limit_s)


def _told(planned: Planned) -> str:
    return f"{planned.schedule.value:.0f} in {planned.schedule.flight_h:.2f} h"
