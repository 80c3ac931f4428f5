"""ENERGY: what a flight takes, added up anew, fits the battery beside its reserve, and the plan does not play it down."""

from collections.abc import Iterator
from math import isfinite

import numpy as np

from missions.aircraft import AircraftType
from missions.checking.day import CheckedFlight, Day
from missions.checking.plane import Array
from missions.checking.track import Track
from missions.checking.violation import Rule, Violation
from missions.checking.wind import NO_WIND, CheckedWind

UNDERSTATED = 0.95
ROUNDING = 1 + 1e-6


def check_energy(day: Day) -> Iterator[Violation]:
    """For each flight whose aircraft and path are known."""
    for one in day.flights:
        if not isfinite(one.flight.energy_wh):
            text = f"flight '{one.id}' states an energy of {one.flight.energy_wh:g} Wh, which is none"
            yield Violation(rule=Rule.ENERGY, subject=one.id, text=text, value=one.flight.energy_wh)
        flown_wh = flight_wh(one)
        if one.aircraft is not None and flown_wh is not None:
            yield from _against(one, flown_wh, usable_wh(one.aircraft))


def flight_wh(one: CheckedFlight) -> float | None:
    """The energy of a flight along its path; None where its aircraft or its path are unknown."""
    return track_wh(one.track, one.aircraft, one.wind) if one.track is not None and one.aircraft is not None else None


def usable_wh(aircraft: AircraftType) -> float:
    """What may be planned with: the battery beside its reserve."""
    return aircraft.battery_wh * (1 - aircraft.reserve)


def track_wh(track: Track, aircraft: AircraftType, wind: CheckedWind = NO_WIND) -> float:
    """Watt-hours along a track.

    Level power follows the square of the speed through the air: hovering at none, cruise_w at cruise, and so on. A climb at
    `climb_mps` takes climb_w - hover_w more, a slower one its share; a descent costs what level flight does.
    """
    level_w = np.max([_level_w(air_mps, aircraft) for air_mps in wind.air_mps(track)], axis=0)
    climbs_s = np.maximum(np.diff(track.height_m), 0.0) / aircraft.climb_mps
    climb_ws = max(aircraft.climb_w - aircraft.hover_w, 0.0) * climbs_s
    return float((level_w * track.durations_s + climb_ws).sum() / 3600)


def _level_w(air_mps: Array, aircraft: AircraftType) -> Array:
    """A type that takes less at cruise than hovering takes as much more again beyond cruise."""
    share, more_w = (air_mps / aircraft.cruise_mps) ** 2, aircraft.cruise_w - aircraft.hover_w
    return np.where(share <= 1, aircraft.hover_w + more_w * share, aircraft.cruise_w + abs(more_w) * (share - 1))


def _against(one: CheckedFlight, flown_wh: float, limit_wh: float) -> Iterator[Violation]:
    if flown_wh > limit_wh * ROUNDING:
        text = (
            f"flight '{one.id}' takes {flown_wh:.1f} Wh; drone '{one.flight.drone_id}' has {limit_wh:.1f} Wh beside its reserve"
        )
        yield Violation(rule=Rule.ENERGY, subject=one.id, text=text, limit=limit_wh, value=flown_wh)
    stated_wh = one.flight.energy_wh
    if stated_wh < flown_wh * UNDERSTATED:
        text = f"flight '{one.id}' states {stated_wh:.1f} Wh; along its path it takes {flown_wh:.1f} Wh"
        yield Violation(rule=Rule.ENERGY, subject=one.id, text=text, limit=flown_wh, value=stated_wh)
