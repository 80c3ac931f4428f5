"""A gimbal that holds pitch and roll against the horizon, and yaw along the nose or against north."""

from dataclasses import dataclass
from math import atan2, degrees, isnan

from missions.geometry import Attitude

ROLL_LOCK, PITCH_LOCK, YAW_LOCK, YAW_IN_VEHICLE_FRAME, YAW_IN_EARTH_FRAME = 4, 8, 16, 32, 64
"""GIMBAL_DEVICE_FLAGS; those of GIMBAL_MANAGER_FLAGS have the same values."""

SLEW_DEG_PER_S = 60.0
PITCH_DEG = (-90.0, 30.0)
_CLOCK_JUMP_MS = 5000.0
"""A larger step of the clock is a restarted autopilot, or a link that was lost: no time to turn in."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked for: pitch (negative down) and yaw in degrees; yaw from north where `earth_yaw`, else from the nose."""

    pitch_deg: float = -90.0
    yaw_deg: float = 0.0
    earth_yaw: bool = False


class Gimbal:
    """Turns towards its aim at `SLEW_DEG_PER_S`, on the autopilot's clock. It starts looking straight down."""

    def __init__(self) -> None:
        self.aim = Aim()
        self._pitch_deg = self.aim.pitch_deg
        self._moved_at_ms: float | None = None

    def point(self, pitch_deg: float, yaw_deg: float, flags: int) -> None:
        """Takes a new aim in degrees; what is not a number stays as it is."""
        earth = bool(flags & YAW_IN_EARTH_FRAME) or (bool(flags & YAW_LOCK) and not flags & YAW_IN_VEHICLE_FRAME)
        pitch = self.aim.pitch_deg if isnan(pitch_deg) else min(max(pitch_deg, PITCH_DEG[0]), PITCH_DEG[1])
        self.aim = Aim(pitch, self.aim.yaw_deg if isnan(yaw_deg) else yaw_deg, earth)

    def point_by_quaternion(self, q: tuple[float, float, float, float], flags: int) -> None:
        """Takes a new aim as GIMBAL_DEVICE_SET_ATTITUDE gives it; one that is not a number changes nothing."""
        if any(isnan(part) for part in q):
            return
        pitch_deg, yaw_deg = pitch_and_yaw(Attitude(w=q[0], x=q[1], y=q[2], z=q[3]))
        self.point(pitch_deg, yaw_deg, flags)

    def advance(self, time_boot_ms: float) -> None:
        """Turns towards the aim for the time that has passed."""
        if self._moved_at_ms is None or abs(time_boot_ms - self._moved_at_ms) > _CLOCK_JUMP_MS:
            self._moved_at_ms = time_boot_ms
        passed_s = max(0.0, time_boot_ms - self._moved_at_ms) / 1000
        self._moved_at_ms = max(self._moved_at_ms, time_boot_ms)
        step = min(max(self.aim.pitch_deg - self._pitch_deg, -SLEW_DEG_PER_S * passed_s), SLEW_DEG_PER_S * passed_s)
        self._pitch_deg += step

    def attitude(self, aircraft: Attitude) -> Attitude:
        """Camera to north-east-down, with the aircraft's attitude given."""
        heading_deg = 0.0 if self.aim.earth_yaw else aircraft.euler_deg()[2]
        return Attitude.from_euler(0.0, self._pitch_deg, heading_deg + self.aim.yaw_deg)

    @property
    def status_flags(self) -> int:
        """As GIMBAL_DEVICE_ATTITUDE_STATUS names how its quaternion is to be read: always against north."""
        return ROLL_LOCK | PITCH_LOCK | YAW_IN_EARTH_FRAME | (YAW_LOCK if self.aim.earth_yaw else 0)


def pitch_and_yaw(attitude: Attitude) -> tuple[float, float]:
    """Degrees. Straight down has no yaw of its own: the image's top is taken, as `Attitude.from_euler(0, -90, yaw)` has it."""
    _, pitch, yaw = attitude.euler_deg()
    if abs(pitch) > 89.0:
        top = -attitude.matrix()[:, 2] if pitch < 0 else attitude.matrix()[:, 2]
        yaw = degrees(atan2(top[1], top[0])) % 360.0
    return pitch, yaw
