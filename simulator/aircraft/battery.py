"""The battery: energy by the aircraft type's powers, and the warnings that PX4 derives from what is left."""

from dataclasses import dataclass
from enum import IntEnum

from missions.aircraft import AircraftType
from simulator.aircraft.parameters import Parameters
from simulator.aircraft.vector import Vector, clamp

AVIONICS_W = 8.0
"""Drawn on the ground, disarmed."""

IDLE_SHARE = 0.1
"""Armed on the ground: this share of hovering power."""

CELLS = 4
FULL_CELL_V, EMPTY_CELL_V = 4.2, 3.5


class Warning(IntEnum):
    """Worse is greater; the values are MAV_BATTERY_CHARGE_STATE's less one."""

    NONE = 0
    LOW = 1
    CRITICAL = 2
    EMERGENCY = 3


def flying_power_w(of: AircraftType, airspeed_mps: float, climb_mps: float) -> float:
    """Electrical power in watts: hovering to cruising by the square of the airspeed, plus what climbing takes."""
    forward = (of.cruise_w - of.hover_w) * (airspeed_mps / of.cruise_mps) ** 2
    climbing = max(of.climb_w - of.hover_w, 0.0) * clamp(climb_mps / of.climb_mps, 0.0, 1.5)
    return max(of.hover_w + forward + climbing, 0.3 * of.hover_w)


@dataclass(slots=True)
class Battery:
    """What is in it, as energy."""

    of: AircraftType
    share: float
    power_w: float = AVIONICS_W
    used_wh: float = 0.0

    def drain(self, armed: bool, airborne: bool, air_velocity: Vector, dt_s: float) -> None:
        """Takes out what `dt_s` seconds of the present flying need."""
        if airborne:
            self.power_w = flying_power_w(self.of, air_velocity.horizontal, air_velocity.up)
        else:
            self.power_w = IDLE_SHARE * self.of.hover_w if armed else AVIONICS_W
        spent_wh = self.power_w * dt_s / 3600.0
        self.used_wh += spent_wh
        self.share = max(self.share - spent_wh / self.of.battery_wh, 0.0)

    @property
    def voltage_v(self) -> float:
        """Linear between full and empty."""
        return CELLS * (EMPTY_CELL_V + (FULL_CELL_V - EMPTY_CELL_V) * self.share)

    @property
    def current_a(self) -> float:
        """Power over voltage."""
        return self.power_w / self.voltage_v

    def warning(self, parameters: Parameters) -> Warning:
        """PX4's thresholds: BAT_LOW_THR, BAT_CRIT_THR, BAT_EMERGEN_THR."""
        if self.share <= parameters["BAT_EMERGEN_THR"]:
            return Warning.EMERGENCY
        if self.share <= parameters["BAT_CRIT_THR"]:
            return Warning.CRITICAL
        return Warning.LOW if self.share <= parameters["BAT_LOW_THR"] else Warning.NONE
