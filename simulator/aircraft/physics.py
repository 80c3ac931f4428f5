"""A kinematic multirotor: it follows a velocity demand within its limits, is pushed by gusts and leans into what it does."""

from dataclasses import dataclass
from math import atan2, cos, degrees, exp, radians, sin

from simulator.aircraft.vector import ZERO, Vector, clamp, turn_deg

GRAVITY_MPS2 = 9.80665
RESPONSE_S = 0.3
"""Time constant of the velocity loop (PX4's MPC_XY_VEL_P_ACC of 1.8 with its integrator gives about this)."""

TILT_RESPONSE_S = 0.15
"""Time constant of the attitude loop."""

DRAG_PER_S = 0.2
"""Drag acceleration over airspeed: 10 m/s leans a small quadrotor by about 11 degrees."""

MAX_TILT_DEG = 45.0
"""PX4's MPC_TILTMAX_AIR."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What the guidance asks for: a velocity over ground, and a heading (None: keep)."""

    velocity: Vector = ZERO
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Agility:
    """What the airframe does at most. PX4 accelerates with up to 3 m/s^2 but limits the jerk: on average it is about 2."""

    acceleration_mps2: float = 2.0
    vertical_acceleration_mps2: float = 3.0
    airspeed_mps: float = 15.0
    yaw_rate_dps: float = 60.0


@dataclass(slots=True)
class Body:
    """The truth: place over home's ground, motion and attitude. Pitch up and roll right are positive."""

    position: Vector = ZERO
    velocity: Vector = ZERO
    acceleration: Vector = ZERO
    heading_deg: float = 0.0
    roll_deg: float = 0.0
    pitch_deg: float = 0.0
    yaw_rate_dps: float = 0.0
    on_ground: bool = True


def fly(body: Body, demand: Demand, air: tuple[Vector, Vector], agility: Agility, dt_s: float) -> None:
    """Moves an airborne body on by `dt_s`; `air` is the wind's steady part and its gust. It stops at the ground."""
    mean, gust = air
    wanted = demand.velocity.minus(mean).capped(agility.airspeed_mps).plus(mean)
    pull = wanted.minus(body.velocity).times(1.0 / RESPONSE_S).capped(agility.acceleration_mps2)
    vertical = clamp(pull.up, -agility.vertical_acceleration_mps2, agility.vertical_acceleration_mps2)
    body.acceleration = Vector(pull.east, pull.north, vertical).plus(gust, DRAG_PER_S)
    body.velocity = body.velocity.plus(body.acceleration, dt_s)
    body.position = body.position.plus(body.velocity, dt_s)
    _turn(body, demand.heading_deg, agility, dt_s)
    _lean(body, mean, dt_s)
    if body.position.up <= 0.0 and body.velocity.up <= 0.0:
        rest(body)


def rest(body: Body) -> None:
    """Puts the body on the ground where it is, level and still."""
    body.position = body.position.level()
    body.velocity = body.acceleration = ZERO
    body.roll_deg = body.pitch_deg = body.yaw_rate_dps = 0.0
    body.on_ground = True


def _turn(body: Body, heading_deg: float | None, agility: Agility, dt_s: float) -> None:
    error = 0.0 if heading_deg is None else turn_deg(body.heading_deg, heading_deg)
    body.yaw_rate_dps = clamp(2.0 * error, -agility.yaw_rate_dps, agility.yaw_rate_dps)
    body.heading_deg = (body.heading_deg + body.yaw_rate_dps * dt_s) % 360.0


def _lean(body: Body, wind: Vector, dt_s: float) -> None:
    """Thrust points along the acceleration it has to make: its own, against drag, and against gravity."""
    needed = body.acceleration.plus(body.velocity.minus(wind), DRAG_PER_S)
    heading = radians(body.heading_deg)
    forward = needed.east * sin(heading) + needed.north * cos(heading)
    right = needed.east * cos(heading) - needed.north * sin(heading)
    lift = max(GRAVITY_MPS2 + body.acceleration.up, 1.0)
    share = 1.0 - exp(-dt_s / TILT_RESPONSE_S)
    pitch = clamp(degrees(atan2(-forward, lift)), -MAX_TILT_DEG, MAX_TILT_DEG)
    roll = clamp(degrees(atan2(right, lift)), -MAX_TILT_DEG, MAX_TILT_DEG)
    body.pitch_deg += share * (pitch - body.pitch_deg)
    body.roll_deg += share * (roll - body.roll_deg)
