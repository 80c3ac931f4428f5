"""How one simulated aircraft is set up."""

from dataclasses import dataclass, field

from missions.aircraft import AircraftType, Camera
from missions.geometry import GeoPoint
from simulator.aircraft.wind import STILL, Wind

QUADROTOR = AircraftType(
    id="built-in-quadrotor",
    name="Built-in quadrotor",
    camera=Camera(width_px=1280, height_px=720, hfov_deg=82.0),
    battery_wh=150.0,
    hover_w=230.0,
    cruise_w=240.0,
    climb_w=405.0,
    cruise_mps=10.0,
    max_speed_mps=15.0,
    climb_mps=4.0,
    descent_mps=3.0,
    max_wind_mps=12.0,
)
"""An inspection quadrotor of a dock that hovers for about 39 minutes (150 Wh at 230 W); used where no type is given."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One aircraft. `parameters` override the autopilot's defaults and the type's speeds."""

    home: GeoPoint
    home_altitude_m: float = 0.0
    instance: int = 0
    speed_factor: float = 1.0
    seed: int = 1
    wind: Wind = STILL
    battery_share: float = 1.0
    heading_deg: float = 0.0
    of: AircraftType = QUADROTOR
    parameters: dict[str, float] = field(default_factory=dict)

    @property
    def system_id(self) -> int:
        """MAVLink system id: instance + 1, as in PX4's SITL."""
        return self.instance + 1

    def autopilot_parameters(self) -> dict[str, float]:
        """What differs from the autopilot's defaults: identity, the type's speeds, and the overrides."""
        return {"MAV_SYS_ID": self.system_id, "COM_DL_LOSS_T": 10 * self.speed_factor} | self.flight_parameters()

    def flight_parameters(self) -> dict[str, float]:
        """The type's speeds and the overrides: what a real PX4 is told as well."""
        return speeds_of(self.of) | self.parameters


def speeds_of(aircraft: AircraftType) -> dict[str, float]:
    """The autopilot's parameters that follow from the aircraft's type."""
    return {
        "MPC_XY_CRUISE": aircraft.cruise_mps,
        "MPC_XY_VEL_MAX": aircraft.max_speed_mps,
        "MPC_Z_VEL_MAX_UP": aircraft.climb_mps,
        "MPC_Z_VEL_MAX_DN": aircraft.descent_mps,
        "MPC_Z_V_AUTO_UP": aircraft.climb_mps,
        "MPC_Z_V_AUTO_DN": aircraft.descent_mps,
    }
