"""One mission, fence or rally item as the autopilot stores it, and which ones it takes (PX4 v1.17's rules)."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from math import isfinite

from simulator.aircraft.dialect import Message, mavlink


class Kind(IntEnum):
    """The three lists (MAV_MISSION_TYPE)."""

    MISSION = 0
    FENCE = 1
    RALLY = 2


class Cmd(IntEnum):
    """The MAV_CMDs that are more than carried along here."""

    WAYPOINT = 16
    LOITER_UNLIMITED = 17
    LOITER_TIME = 19
    RETURN_TO_LAUNCH = 20
    LAND = 21
    TAKEOFF = 22
    DELAY = 93
    DO_JUMP = 177
    DO_CHANGE_SPEED = 178
    DO_MOUNT_CONTROL = 205
    DO_SET_CAM_TRIGG_DIST = 206
    DO_SET_CAM_TRIGG_INTERVAL = 214
    DO_GIMBAL_MANAGER_PITCHYAW = 1000
    IMAGE_START_CAPTURE = 2000
    IMAGE_STOP_CAPTURE = 2001
    DO_TRIGGER_CONTROL = 2003
    FENCE_INCLUSION = 5001
    FENCE_EXCLUSION = 5002
    CIRCLE_INCLUSION = 5003
    CIRCLE_EXCLUSION = 5004
    RALLY_POINT = 5100


RELATIVE_FRAMES = frozenset({3, 6})
"""MAV_FRAME_GLOBAL_RELATIVE_ALT and its _INT twin: height over home."""

ABSOLUTE_FRAMES = frozenset({0, 5})
"""MAV_FRAME_GLOBAL and its _INT twin: height above mean sea level."""

MISSION_FRAME = 2
"""MAV_FRAME_MISSION: an item without coordinates."""

MOST_VERTICES = 256
"""A polygon with more does not fit into the fence's store."""

_FENCE_COMMANDS = frozenset({Cmd.FENCE_INCLUSION, Cmd.FENCE_EXCLUSION, Cmd.CIRCLE_INCLUSION, Cmd.CIRCLE_EXCLUSION})
_MISSION_PLACES = frozenset({Cmd.WAYPOINT, Cmd.LOITER_UNLIMITED, Cmd.LOITER_TIME, Cmd.LAND, Cmd.TAKEOFF})
_PLACELESS = frozenset(
    {Cmd.RETURN_TO_LAUNCH, Cmd.DELAY, Cmd.DO_JUMP, Cmd.DO_CHANGE_SPEED, 179, 189, 195, 197, 202, 203, 204, 200}
    | {Cmd.DO_MOUNT_CONTROL, Cmd.DO_SET_CAM_TRIGG_DIST, Cmd.DO_SET_CAM_TRIGG_INTERVAL, Cmd.DO_GIMBAL_MANAGER_PITCHYAW}
    | {112, 114, 187, 196, 260, 400, 530, 534, 532, 1001, Cmd.IMAGE_START_CAPTURE, Cmd.IMAGE_STOP_CAPTURE}
    | {Cmd.DO_TRIGGER_CONTROL, 2500, 2501}
)
"""What PX4 v1.17 takes in MAV_FRAME_MISSION for a multirotor: camera, gimbal, speed, home, region of interest, delays."""


@dataclass(frozen=True, slots=True)
class Item:
    """One stored item. Degrees and metres; `z_m` over home or above mean sea level by `frame`."""

    seq: int
    frame: int
    command: int
    params: tuple[float, float, float, float]
    x: int
    y: int
    z_m: float
    autocontinue: bool = True
    current: bool = False

    @property
    def lat_deg(self) -> float:
        """Latitude, where the item has a place."""
        return self.x * 1e-7

    @property
    def lon_deg(self) -> float:
        """Longitude, where the item has a place."""
        return self.y * 1e-7

    @property
    def has_place(self) -> bool:
        """Whether the aircraft flies to it."""
        return self.command in _MISSION_PLACES

    def packed(self) -> bytes:
        """The bytes that the list's identifier is computed over."""
        return struct.pack("<BHBfffflif", self.frame, self.command, self.autocontinue, *self.params, self.x, self.y, self.z_m)


def read_item(message: Message) -> Item:
    """The item in a MISSION_ITEM_INT."""
    m = message
    params = (m.param1, m.param2, m.param3, m.param4)
    return Item(m.seq, m.frame, m.command, params, m.x, m.y, m.z, bool(m.autocontinue), bool(m.current))


def refusal(item: Item, kind: Kind) -> int:
    """MAV_MISSION_ACCEPTED, or the MAV_MISSION_RESULT that the item is refused with."""
    if item.frame == MISSION_FRAME:
        taken = kind is Kind.MISSION and item.command in _PLACELESS
        return int(mavlink.MAV_MISSION_ACCEPTED if taken else mavlink.MAV_MISSION_UNSUPPORTED)
    if item.frame not in RELATIVE_FRAMES | ABSOLUTE_FRAMES:
        return int(mavlink.MAV_MISSION_UNSUPPORTED_FRAME)
    return _refusal_with_place(item, kind)


def _refusal_with_place(item: Item, kind: Kind) -> int:
    known = _MISSION_PLACES | _FENCE_COMMANDS | {Cmd.RALLY_POINT}
    if item.command not in known:
        return int(mavlink.MAV_MISSION_UNSUPPORTED)
    fits = {
        Kind.MISSION: item.has_place,
        Kind.FENCE: item.command in _FENCE_COMMANDS,
        Kind.RALLY: item.command == Cmd.RALLY_POINT,
    }[kind]
    if item.command in (Cmd.FENCE_INCLUSION, Cmd.FENCE_EXCLUSION) and not 3 <= item.params[0] <= MOST_VERTICES:
        fits = False
    if not isfinite(item.z_m):
        return int(mavlink.MAV_MISSION_INVALID_PARAM7)
    if abs(item.x) > 900_000_000 or abs(item.y) > 1_800_000_000:
        return int(mavlink.MAV_MISSION_INVALID)
    return int(mavlink.MAV_MISSION_ACCEPTED if fits else mavlink.MAV_MISSION_ERROR)
