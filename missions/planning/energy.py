"""Time and energy of a flight, from the aircraft's powers and speeds and the wind."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, dist, pi

import numpy as np

from missions.aircraft import AircraftType
from missions.plan import Estimate
from missions.planning.performance import Performance
from missions.planning.sweep import XY
from missions.wind import STILL, Wind

TURN_ACCELERATION_MPS2 = 2.0
"""How hard an aircraft slows and speeds up at corners; below PX4's MPC_ACC_HOR of 3, since its jerk is limited."""

LANDING_S = 20.0
"""From the end of the fast descent to motors off: the last metres are flown at PX4's MPC_LAND_SPEED of 0.7 m/s."""


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A point of the whole flight: place, height over take-off, the speed flown towards it, and the hover at it."""

    xy: XY
    height_m: float
    speed_mps: float
    hold_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one point of a path to the next: `duration_s` with climbing, hovering and the turn at its end."""

    distance_m: float
    duration_s: float
    energy_wh: float


def estimate_path(aircraft: AircraftType, path: Sequence[PathPoint], wind: Wind = STILL) -> Estimate:
    """The flight along `path`, which begins and ends at the take-off point on the ground."""
    flown = stretches(aircraft, path, wind)
    energy_wh = sum(one.energy_wh for one in flown) + landing_wh(aircraft, wind)
    return Estimate(
        distance_m=sum(one.distance_m for one in flown),
        duration_s=sum(one.duration_s for one in flown) + LANDING_S,
        energy_wh=energy_wh,
        battery_share=energy_wh / aircraft.battery_wh,
        wind_mps=wind.speed_mps,
        wind_from_deg=wind.from_deg,
    )


def landing_wh(aircraft: AircraftType, wind: Wind = STILL) -> float:
    """What the last metres of a landing take (LANDING_S)."""
    return Performance(aircraft, wind).hover_w * LANDING_S / 3600


def stretches(aircraft: AircraftType, path: Sequence[PathPoint], wind: Wind = STILL) -> list[Stretch]:
    """What each part of a path takes; the last metres of a landing are not in it (LANDING_S).

    The wind must let every part be held (`limits.check_wind`).
    """
    performance, turning_s = Performance(aircraft, wind), _turning_s(path)
    parts = zip(pairwise(path), _level(performance, path), turning_s, strict=True)
    return [_stretch(performance, ends, level, turn_s) for ends, level, turn_s in parts]


def _stretch(performance: Performance, ends: tuple[PathPoint, PathPoint], level: tuple[float, float], turn_s: float) -> Stretch:
    (here, there), (level_s, level_ws), aircraft = ends, level, performance.aircraft
    climb_s = max(there.height_m - here.height_m, 0.0) / aircraft.climb_mps
    sink_s = max(here.height_m - there.height_m, 0.0) / aircraft.descent_mps
    waiting_s = max(climb_s + sink_s - level_s, 0.0) + there.hold_s + turn_s
    watt_s = level_ws + performance.hover_w * waiting_s + performance.climbing_w * climb_s
    return Stretch(dist(here.xy, there.xy), level_s + waiting_s, watt_s / 3600)


def _level(performance: Performance, path: Sequence[PathPoint]) -> list[tuple[float, float]]:
    """For each part of the path the seconds and watt-seconds of flying it level."""
    ways_m = np.diff([point.xy for point in path], axis=0)
    ground_mps = performance.ground_mps(np.array([point.speed_mps for point in path[1:]]), ways_m)
    lengths_m = np.hypot(*ways_m.T)
    seconds = lengths_m / np.where(lengths_m > 0, ground_mps, 1.0)
    watt_s = seconds * performance.level_w(ground_mps, ways_m)
    return list(zip(seconds.tolist(), watt_s.tolist(), strict=True))


def _turning_s(path: Sequence[PathPoint]) -> list[float]:
    """For each part of the path the time lost at the corner at its end, against flying through it at full speed.

    A turn by the angle A is taken at v cos A (beyond 90° the aircraft stops). Slowing from v to c and speeding up again
    takes 2 (v - c) / a over a way of (v² - c²) / a, which at v would take (v² - c²) / (a v): (v - c)² / (a v) is lost.
    """
    lost_s = [0.0] * (len(path) - 1)
    level = [number for number, point in enumerate(path) if number == 0 or dist(point.xy, path[number - 1].xy) > 0]
    for earlier, number, later in zip(level, level[1:], level[2:], strict=False):
        before, here, after = path[earlier], path[number], path[later]
        turn = abs(_direction(here.xy, after.xy) - _direction(before.xy, here.xy))
        through_mps = here.speed_mps * max(cos(min(turn, 2 * pi - turn)), 0.0)
        lost_s[number - 1] = (here.speed_mps - through_mps) ** 2 / (TURN_ACCELERATION_MPS2 * here.speed_mps)
    return lost_s


def _direction(here: XY, there: XY) -> float:
    return atan2(there[1] - here[1], there[0] - here[0])
