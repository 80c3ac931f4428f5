"""What the autopilot says of itself, read off its own messages: nothing is believed that was not received."""

from dataclasses import dataclass, field, replace
from enum import IntFlag
from typing import Any

from edge_agent.telemetry import AttitudeSample, MovementHistory, PositionSample
from missions.geometry import Attitude, GeoPoint

MOVEMENT = ("GLOBAL_POSITION_INT", "ATTITUDE_QUATERNION", "GIMBAL_DEVICE_ATTITUDE_STATUS")
"""The frequent ones: they go into the history."""

LISTENED = (
    *MOVEMENT,
    "HEARTBEAT",
    "BATTERY_STATUS",
    "SYS_STATUS",
    "EXTENDED_SYS_STATE",
    "MISSION_CURRENT",
    "MISSION_ITEM_REACHED",
    "STATUSTEXT",
)
"""The MAVLink messages that are listened to."""

WARNING = 4
"""MAV_SEVERITY_WARNING: what the autopilot says less gravely explains nothing, and is not kept."""

MODES = {
    (1, 0): "MANUAL",
    (2, 0): "ALTITUDE",
    (3, 0): "POSITION",
    (4, 1): "READY",
    (4, 2): "TAKEOFF",
    (4, 3): "HOLD",
    (4, 4): "MISSION",
    (4, 5): "RETURN",
    (4, 6): "LAND",
    (4, 8): "FOLLOW",
    (4, 9): "PRECISION_LAND",
    (5, 0): "ACRO",
    (6, 0): "OFFBOARD",
    (7, 0): "STABILIZED",
}
"""PX4's (main mode, sub mode) from HEARTBEAT.custom_mode (px4_custom_mode.h)."""

AUTOPILOT_COMPONENT = 1
ARMED_FLAG = 128
ON_GROUND, IN_AIR, TAKING_OFF, LANDING = 1, 2, 3, 4
MISSION_COMPLETE = 5
TEXTS_KEPT = 5


class _GimbalFlag(IntFlag):
    """GIMBAL_DEVICE_FLAGS that say what yaw is measured from."""

    YAW_LOCK = 16
    YAW_IN_VEHICLE_FRAME = 32
    YAW_IN_EARTH_FRAME = 64


@dataclass(frozen=True, slots=True)
class AircraftState:
    """The last of each thing the autopilot said; None: not heard yet. Times are of `time.monotonic()`."""

    heard_s: float | None = None
    armed: bool | None = None
    mode: str | None = None
    landed_state: int | None = None
    point: GeoPoint | None = None
    height_m: float | None = None
    altitude_m: float | None = None
    heading_deg: float | None = None
    ground_speed_mps: float | None = None
    battery_share: float | None = None
    mission_item: int | None = None
    item_reached: int | None = None
    mission_complete: bool = False
    texts: tuple[str, ...] = field(default=())

    @property
    def is_known(self) -> bool:
        """Whether enough was heard to judge where a flight stands."""
        return None not in (self.armed, self.mode, self.landed_state, self.point)

    @property
    def is_in_air(self) -> bool:
        """Armed, and not standing on the ground."""
        return bool(self.armed) and self.landed_state in (IN_AIR, TAKING_OFF, LANDING)

    @property
    def has_landed(self) -> bool:
        """Disarmed, and standing on the ground."""
        return self.armed is False and self.landed_state == ON_GROUND


def read_message(
    state: AircraftState, history: MovementHistory, name: str, fields: dict[str, Any], now_s: float
) -> AircraftState:
    """The state after a message (`fields` as MAVLink names them), with movement added to `history`.

    Raises KeyError, TypeError or ValueError where fields are missing or absurd.
    """
    match name:
        case "HEARTBEAT":
            return _heartbeat(state, fields, now_s)
        case "GLOBAL_POSITION_INT":
            return _position(state, history, fields)
        case "ATTITUDE_QUATERNION":
            sample = AttitudeSample(
                float(fields["time_boot_ms"]), _attitude(fields["q1"], fields["q2"], fields["q3"], fields["q4"])
            )
            history.add_attitude(sample)
        case "GIMBAL_DEVICE_ATTITUDE_STATUS":
            history.add_gimbal(_gimbal(fields))
        case "BATTERY_STATUS" | "SYS_STATUS":
            share = fields["battery_remaining"]
            return replace(state, battery_share=share / 100) if 0 <= share <= 100 else state
        case "EXTENDED_SYS_STATE":
            return replace(state, landed_state=int(fields["landed_state"]) or state.landed_state)
        case "MISSION_CURRENT":
            complete = fields.get("mission_state") == MISSION_COMPLETE
            return replace(state, mission_item=int(fields["seq"]), mission_complete=complete)
        case "MISSION_ITEM_REACHED":
            return replace(state, item_reached=int(fields["seq"]))
        case "STATUSTEXT" if int(fields["severity"]) <= WARNING:
            return replace(state, texts=(*state.texts, str(fields["text"]).rstrip("\0"))[-TEXTS_KEPT:])
    return state


def _heartbeat(state: AircraftState, fields: dict[str, Any], now_s: float) -> AircraftState:
    custom = int(fields["custom_mode"])
    main, sub = (custom >> 16) & 0xFF, (custom >> 24) & 0xFF
    mode = MODES.get((main, sub)) or MODES.get((main, 0)) or f"MODE_{main}_{sub}"
    return replace(state, heard_s=now_s, armed=bool(int(fields["base_mode"]) & ARMED_FLAG), mode=mode)


def _position(state: AircraftState, history: MovementHistory, fields: dict[str, Any]) -> AircraftState:
    lat_deg, lon_deg = fields["lat"] / 1e7, fields["lon"] / 1e7
    if lat_deg == 0.0 and lon_deg == 0.0:
        return state
    height_m = fields["relative_alt"] / 1e3
    velocity_mps = (fields["vx"] / 100, fields["vy"] / 100, fields["vz"] / 100)
    sample = PositionSample(float(fields["time_boot_ms"]), lat_deg, lon_deg, height_m, velocity_mps)
    history.add_position(sample)
    return replace(
        state,
        point=GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg),
        height_m=height_m,
        altitude_m=fields["alt"] / 1e3,
        ground_speed_mps=sample.ground_speed_mps,
        heading_deg=fields["hdg"] / 100 if fields["hdg"] != 65535 else None,
    )


def _gimbal(fields: dict[str, Any]) -> AttitudeSample:
    """Yaw is the earth's where a flag says so; with neither frame flag, yaw lock says it (MAVLink, gimbal protocol v2)."""
    flags = _GimbalFlag(int(fields["flags"]) & 0b1110000)
    says_frame = flags & (_GimbalFlag.YAW_IN_EARTH_FRAME | _GimbalFlag.YAW_IN_VEHICLE_FRAME)
    earth_yaw = bool(flags & (_GimbalFlag.YAW_IN_EARTH_FRAME if says_frame else _GimbalFlag.YAW_LOCK))
    return AttitudeSample(float(fields["time_boot_ms"]), _attitude(*fields["q"]), earth_yaw)


def _attitude(w: float, x: float, y: float, z: float) -> Attitude:
    if w * w + x * x + y * y + z * z < 0.5:
        raise ValueError("a quaternion of no length")
    return Attitude(w=w, x=x, y=y, z=z)
