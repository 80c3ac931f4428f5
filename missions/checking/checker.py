"""The whole check: a day against every rule."""

from collections.abc import Callable, Iterator

from missions.checking.accounting import check_accounting, check_values
from missions.checking.airspace import check_airspace
from missions.checking.battery import check_batteries
from missions.checking.coverage import check_coverage
from missions.checking.day import Day
from missions.checking.demands import check_demands
from missions.checking.docks import check_docks, check_places
from missions.checking.energy import check_energy
from missions.checking.height import check_heights
from missions.checking.hours import check_crew, check_hours
from missions.checking.path import check_paths
from missions.checking.references import check_references
from missions.checking.separation import check_separation
from missions.checking.speed import check_speeds, check_waiting
from missions.checking.violation import Violation
from missions.checking.visits import check_sensors, check_validity, check_windows
from missions.checking.weather import check_weather
from missions.district import District
from missions.ground import Ground
from missions.schedule import Schedule

CHECKS: tuple[Callable[[Day], Iterator[Violation]], ...] = (
    check_references,
    check_accounting,
    check_values,
    check_windows,
    check_validity,
    check_sensors,
    check_paths,
    check_heights,
    check_speeds,
    check_waiting,
    check_coverage,
    check_demands,
    check_energy,
    check_batteries,
    check_places,
    check_docks,
    check_airspace,
    check_hours,
    check_crew,
    check_weather,
    check_separation,
)


def check_schedule(schedule: Schedule, district: District, ground: Ground | None = None) -> list[Violation]:
    """Everything that is wrong with a day; empty where it is sound. Heights are checked over `ground`, else as over flat land.

    What depends on something unknown or broken is left out: that itself is reported.
    """
    day = Day(schedule, district, ground)
    return [violation for check in CHECKS for violation in check(day)]
