"""The gimbal as the autopilot manages it: what attitude is asked for, and whether a gimbal on the payload link answers."""

from dataclasses import dataclass
from math import isfinite

from missions.geometry import Attitude
from simulator.aircraft.action import Action
from simulator.aircraft.mission_item import Cmd
from simulator.aircraft.vector import clamp

ROLL_LOCK, PITCH_LOCK, YAW_LOCK = 4, 8, 16
"""GIMBAL_DEVICE_FLAGS: against the horizon for roll and pitch, against north for yaw."""

SILENT_AFTER_S = 3.0
"""Without a status from a gimbal for this long (wall clock) the autopilot reports the attitude it asks for."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Pitch (negative down) and yaw in degrees; yaw is from the nose, or from north where `yaw_lock`."""

    pitch_deg: float = 0.0
    yaw_deg: float = 0.0
    yaw_lock: bool = False

    @property
    def flags(self) -> int:
        """As GIMBAL_DEVICE_FLAGS."""
        return ROLL_LOCK | PITCH_LOCK | (YAW_LOCK if self.yaw_lock else 0)

    @property
    def attitude(self) -> Attitude:
        """In the frame that `flags` name."""
        return Attitude.from_euler(0.0, self.pitch_deg, self.yaw_deg)

    def camera(self, heading_deg: float) -> Attitude:
        """Camera to north-east-down, given the aircraft's heading."""
        return Attitude.from_euler(0.0, self.pitch_deg, self.yaw_deg + (0.0 if self.yaw_lock else heading_deg))


class Gimbal:
    """Keeps what is asked for."""

    def __init__(self) -> None:
        self.pointing = Pointing()
        self.is_commanded = False
        self._answered_at_s: float | None = None

    def order(self, action: Action) -> None:
        """Carries out DO_GIMBAL_MANAGER_PITCHYAW or DO_MOUNT_CONTROL."""
        pitch, yaw = action.params[0], action.params[1]
        flags = 0
        if action.command == Cmd.DO_GIMBAL_MANAGER_PITCHYAW:
            flags = int(action.params[4]) if isfinite(action.params[4]) else 0
        else:
            yaw = action.params[2]
        before = self.pointing
        self.is_commanded = True
        self.pointing = Pointing(
            clamp(pitch, -90.0, 30.0) if isfinite(pitch) else before.pitch_deg,
            yaw if isfinite(yaw) else before.yaw_deg,
            bool(flags & YAW_LOCK),
        )

    def heard(self, time_s: float) -> None:
        """A gimbal on a link has told its attitude."""
        self._answered_at_s = time_s

    def is_silent(self, time_s: float) -> bool:
        """Whether no gimbal is there."""
        return self._answered_at_s is None or time_s - self._answered_at_s > SILENT_AFTER_S
