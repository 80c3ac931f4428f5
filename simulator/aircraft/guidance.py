"""From a place to be at, to the velocity to fly: along the line, slowing for turns and stops."""

from dataclasses import dataclass
from math import acos, sqrt, tan

from simulator.aircraft.physics import Agility, Demand
from simulator.aircraft.vector import Vector, clamp

CROSS_TRACK_GAIN = 0.95
"""Velocity towards the line over the distance from it (PX4's MPC_XY_P), 1/s."""

HEIGHT_GAIN = 0.7
"""Climb rate over height error, 1/s; PX4's MPC_Z_P of 1 with its jerk limit comes to about this."""

BRAKING_SHARE = 0.4
"""Share of the acceleration limit used for planned braking; jerk limits eat the rest."""

NEAR_M = 1.0
"""Within this distance the nose is not turned towards the target any more."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast it may go, in m/s: over ground, up and down."""

    cruise_mps: float
    climb_mps: float
    descent_mps: float


@dataclass(frozen=True, slots=True)
class Target:
    """Where to fly: `position`, on the line from `start` where given, passing on to `onward` where given."""

    position: Vector
    rates: Rates
    start: Vector | None = None
    onward: Vector | None = None
    heading_deg: float | None = None
    nose_along_path: bool = True
    acceptance_m: float = 2.0


def demand(target: Target, position: Vector, agility: Agility) -> Demand:
    """The velocity and heading that lead to the target."""
    to_go = target.position.minus(position)
    braking = BRAKING_SHARE * agility.acceleration_mps2
    along = sqrt(passing_speed_mps(target, agility) ** 2 + 2 * braking * to_go.horizontal)
    speed = min(target.rates.cruise_mps, along, max(CROSS_TRACK_GAIN * to_go.horizontal, passing_speed_mps(target, agility)))
    flat = _along_line(target, position, to_go, speed)
    climb = clamp(HEIGHT_GAIN * to_go.up, -target.rates.descent_mps, target.rates.climb_mps)
    return Demand(Vector(flat.east, flat.north, climb), _heading(target, to_go))


def passing_speed_mps(target: Target, agility: Agility) -> float:
    """How fast the target may be passed: the turn there, flown within the acceptance radius, needs a centripetal
    acceleration v^2 / r with r = d * tan(alpha / 2), alpha being the angle between the two lines.
    """
    if target.onward is None or target.start is None:
        return 0.0
    before, after = target.start.minus(target.position), target.onward.minus(target.position)
    lengths = before.horizontal * after.horizontal
    if lengths < 1e-6:
        return 0.0
    half = acos(clamp(before.flat_dot(after) / lengths, -1.0, 1.0)) / 2.0
    radius = target.acceptance_m * min(tan(half), 1e3)
    return min(target.rates.cruise_mps, sqrt(agility.acceleration_mps2 * radius))


def _along_line(target: Target, position: Vector, to_go: Vector, speed: float) -> Vector:
    """Velocity over ground: along the line and back to it; straight to the target where there is no line."""
    if to_go.horizontal < 1e-6:
        return Vector()
    direct = to_go.level().times(speed / to_go.horizontal)
    line = target.position.minus(target.start).level() if target.start is not None else Vector()
    if line.horizontal < 1.0:
        return direct
    unit = line.times(1.0 / line.horizontal)
    ahead = to_go.flat_dot(unit)
    if ahead <= 0.0:
        return direct
    across = to_go.level().minus(unit.times(ahead))
    correction = across.times(CROSS_TRACK_GAIN).capped(target.rates.cruise_mps)
    return unit.times(min(speed, target.rates.cruise_mps)).plus(correction).capped(target.rates.cruise_mps)


def _heading(target: Target, to_go: Vector) -> float | None:
    if target.heading_deg is not None:
        return target.heading_deg
    if target.nose_along_path and to_go.horizontal > NEAR_M:
        return to_go.bearing_deg
    return None
