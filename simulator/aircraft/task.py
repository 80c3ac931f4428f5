"""What the autopilot does in a mode: hold, take off, land. Each says where to fly, given where it believes to be."""

from dataclasses import dataclass
from typing import Protocol

from simulator.aircraft.guidance import Rates, Target
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.vector import Vector, clamp

GROUND_SEEKING_M = 50.0
"""How far below the present height a landing aims, so that an estimate that is too low still meets the ground."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the aircraft believes of itself: place and velocity over home, heading, whether landed, and the time."""

    position: Vector
    velocity: Vector
    heading_deg: float
    landed: bool
    time_s: float


class Task(Protocol):
    """Something the autopilot is doing."""

    @property
    def is_landing(self) -> bool:
        """Whether it is coming down to land."""

    def target(self, own: Own) -> Target | None:
        """Where to fly now; None: nothing to fly to (stay on the ground)."""


def default_rates(parameters: Parameters) -> Rates:
    """The parameters' speeds."""
    return Rates(parameters["MPC_XY_CRUISE"], parameters["MPC_Z_V_AUTO_UP"], parameters["MPC_Z_V_AUTO_DN"])


def climb_rate_mps(height_m: float, parameters: Parameters) -> float:
    """PX4's: MPC_TKO_SPEED below MPC_LAND_ALT2, full rate above MPC_LAND_ALT1, linear between."""
    fast, slow = parameters["MPC_Z_V_AUTO_UP"], parameters["MPC_TKO_SPEED"]
    return slow + (fast - slow) * _share_of_landing_heights(height_m, parameters)


class Hold:
    """Stays at a place; with none given, where the aircraft comes to a stop."""

    is_landing = False

    def __init__(self, parameters: Parameters, place: Vector | None = None, heading_deg: float | None = None) -> None:
        self._parameters = parameters
        self.place = place
        self._heading_deg = heading_deg

    def target(self, own: Own) -> Target | None:
        """The place, once there is one."""
        if own.landed:
            return None
        if self.place is None:
            self.place = stopping_point(own, self._parameters["MPC_ACC_HOR"])
        nose = self._heading_deg is None and own.position.minus(self.place).horizontal > 5.0
        return Target(self.place, default_rates(self._parameters), heading_deg=self._heading_deg, nose_along_path=nose)


class Takeoff:
    """Climbs straight up from where it stands."""

    is_landing = False

    def __init__(self, parameters: Parameters, height_m: float) -> None:
        self._parameters = parameters
        self.height_m = height_m
        self._place: Vector | None = None

    def target(self, own: Own) -> Target | None:
        """The point above the take-off point."""
        if self._place is None:
            self._place = own.position.level(self.height_m)
        return Target(self._place, default_rates(self._parameters), nose_along_path=False)

    def is_done(self, own: Own) -> bool:
        """Whether the height is reached."""
        return not own.landed and own.position.up > self.height_m - self._parameters["NAV_MC_ALT_RAD"]


class Land:
    """Descends where it is (or at `place`), slower near the ground, until it touches."""

    is_landing = True

    def __init__(self, parameters: Parameters, place: Vector | None = None) -> None:
        self._parameters = parameters
        self._place = place

    def target(self, own: Own) -> Target | None:
        """A point below the ground; the rate of descent is the landing's."""
        if own.landed:
            return None
        if self._place is None:
            self._place = stopping_point(own, self._parameters["MPC_ACC_HOR"])
        rates = default_rates(self._parameters)
        slow = Rates(rates.cruise_mps, rates.climb_mps, landing_rate_mps(own.position.up, self._parameters))
        return Target(self._place.level(own.position.up - GROUND_SEEKING_M), slow, nose_along_path=False)


def landing_rate_mps(height_m: float, parameters: Parameters) -> float:
    """PX4's: full rate above MPC_LAND_ALT1, MPC_LAND_SPEED below MPC_LAND_ALT2, linear between."""
    fast, slow = parameters["MPC_Z_V_AUTO_DN"], parameters["MPC_LAND_SPEED"]
    return slow + (fast - slow) * _share_of_landing_heights(height_m, parameters)


def _share_of_landing_heights(height_m: float, parameters: Parameters) -> float:
    high, low = parameters["MPC_LAND_ALT1"], parameters["MPC_LAND_ALT2"]
    return clamp((height_m - low) / max(high - low, 0.1), 0.0, 1.0)


def stopping_point(own: Own, acceleration_mps2: float) -> Vector:
    """Where the aircraft comes to a stop when it brakes now: v^2 / (2 a) ahead."""
    speed = own.velocity.horizontal
    return own.position.plus(own.velocity.level(), speed / (2.0 * max(acceleration_mps2, 0.1)))
