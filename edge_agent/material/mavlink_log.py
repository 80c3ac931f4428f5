"""A MAVLink log (.tlog: before each packet the time in microseconds since 1970, big-endian) read for its pictures."""

import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from edge_agent.material.camera_log import CameraLog, Capture
from edge_agent.material.pose_track import PositionSample
from edge_agent.material.position_tags import geo_point
from edge_agent.material.rotation import attitude_of
from edge_agent.placement.gimbal import GimbalFrame, camera_attitude
from missions.errors import FormatError, InvalidInput
from missions.geometry import Attitude

os.environ.setdefault("MAVLINK20", "1")

from pymavlink.dialects.v20 import ardupilotmega as mavlink

_TIME = struct.Struct(">Q")
_V1, _V2 = 0xFE, 0xFD
_SIGNED = 1
YAW_LOCK, YAW_IN_VEHICLE_FRAME, YAW_IN_EARTH_FRAME = 16, 32, 64
"""GIMBAL_DEVICE_FLAGS; where neither frame is given, a locked yaw counts from north."""

SINCE_1970_US = 1_000_000_000_000_000
"""Times beyond this are of the calendar, smaller ones since the autopilot's start."""


def read_mavlink_log(path: Path) -> CameraLog:
    """Raises InvalidInput where the file cannot be read, FormatError where it holds no MAVLink packet."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error.strerror}") from error
    reading = _Reading()
    count = 0
    for at_s, message in _messages(content):
        count += 1
        reading.take(at_s, message)
    if not count:
        raise FormatError(str(path), "", "holds no MAVLink packet behind its time: is it a .tlog?")
    return reading.log(path.name)


def _messages(content: bytes) -> Iterator[tuple[float, Any]]:
    """Seconds since 1970 and message; what is no packet of a known message is passed over."""
    parser = mavlink.MAVLink(None)
    at = 0
    while at + _TIME.size + 8 <= len(content):
        length = _length(content, at + _TIME.size)
        message = _decoded(parser, content[at + _TIME.size : at + _TIME.size + length]) if length else None
        if message is None:
            at += 1
            continue
        yield _TIME.unpack_from(content, at)[0] / 1e6, message
        at += _TIME.size + length


def _decoded(parser: Any, packet: bytes) -> Any | None:
    """None for what is no packet, or of a message that is not known: its checksum cannot be verified."""
    try:
        message = parser.decode(bytearray(packet))
    except (mavlink.MAVError, struct.error):
        return None
    return None if isinstance(message, mavlink.MAVLink_unknown) else message


def _length(content: bytes, at: int) -> int:
    """Of the packet that begins there; 0 where none does."""
    if content[at] == _V1:
        return 8 + content[at + 1]
    if content[at] == _V2:
        return 12 + content[at + 1] + (13 if content[at + 2] & _SIGNED else 0)
    return 0


class _Reading:
    """Collects what counts, on the autopilot's clock, and the difference of that clock to UTC."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._triggers: list[Capture] = []
        self._positions: list[PositionSample] = []
        self._aircraft: list[tuple[float, Attitude]] = []
        self._cameras: list[tuple[float, Attitude]] = []
        self._offsets_s: list[float] = []
        self._arrivals_s: list[float] = []
        self._takers: dict[str, Callable[[Any], None]] = {
            "GLOBAL_POSITION_INT": self._take_position,
            "ATTITUDE_QUATERNION": self._take_attitude,
            "ATTITUDE": self._take_euler,
            "GIMBAL_DEVICE_ATTITUDE_STATUS": self._take_gimbal,
            "CAMERA_IMAGE_CAPTURED": self._take_image,
            "CAMERA_TRIGGER": self._take_trigger,
            "CAMERA_FEEDBACK": self._take_feedback,
            "SYSTEM_TIME": self._take_clock,
        }

    def take(self, at_s: float, message: Any) -> None:
        """One message, which arrived at a time of the recorder's clock."""
        taker = self._takers.get(message.get_type())
        if taker is None:
            return
        boot_ms = getattr(message, "time_boot_ms", 0)
        if boot_ms:
            self._arrivals_s.append(at_s - boot_ms / 1000)
        taker(message)

    def log(self, name: str) -> CameraLog:
        """What was collected, in UTC: by SYSTEM_TIME, else by the recorder's clock."""
        offsets = self._offsets_s or self._arrivals_s
        shift_s = median(offsets) if offsets else 0.0
        captures = [replace(one, time_s=one.time_s + shift_s) for one in (self._captures or self._triggers)]
        positions = [replace(one, time_s=one.time_s + shift_s) for one in self._positions]
        return CameraLog(
            name=name,
            captures=tuple(sorted(captures, key=lambda capture: capture.time_s)),
            positions=tuple(sorted(positions, key=lambda sample: sample.time_s)),
            aircraft=tuple((time_s + shift_s, attitude) for time_s, attitude in self._aircraft),
            cameras=tuple((time_s + shift_s, attitude) for time_s, attitude in self._cameras),
        )

    def _take_position(self, message: Any) -> None:
        point = geo_point(message.lat / 1e7, message.lon / 1e7)
        if point is not None:
            altitude_m, relative_m = message.alt / 1000, message.relative_alt / 1000
            self._positions.append(PositionSample(message.time_boot_ms / 1000, point, altitude_m, relative_m))

    def _take_attitude(self, message: Any) -> None:
        attitude = attitude_of((message.q1, message.q2, message.q3, message.q4))
        if attitude is not None:
            self._aircraft.append((message.time_boot_ms / 1000, attitude))

    def _take_euler(self, message: Any) -> None:
        roll, pitch, yaw = (angle * 57.29577951308232 for angle in (message.roll, message.pitch, message.yaw))
        self._aircraft.append((message.time_boot_ms / 1000, Attitude.from_euler(roll, pitch, yaw)))

    def _take_gimbal(self, message: Any) -> None:
        gimbal = attitude_of(message.q)
        aircraft = self._aircraft[-1][1] if self._aircraft else None
        is_earth = message.flags & YAW_IN_EARTH_FRAME or (not message.flags & YAW_IN_VEHICLE_FRAME and message.flags & YAW_LOCK)
        frame = GimbalFrame.EARTH if is_earth else GimbalFrame.HEADING
        if gimbal is not None and (is_earth or aircraft is not None):
            self._cameras.append((message.time_boot_ms / 1000, camera_attitude(gimbal, aircraft, frame)))

    def _take_image(self, message: Any) -> None:
        if message.capture_result != 1:
            return
        self._captures.append(
            Capture(
                time_s=message.time_boot_ms / 1000,
                name=message.file_url.strip("\0") or None,
                point=geo_point(message.lat / 1e7, message.lon / 1e7),
                altitude_m=message.alt / 1000,
                relative_altitude_m=message.relative_alt / 1000,
                attitude=attitude_of(message.q),
            )
        )

    def _take_trigger(self, message: Any) -> None:
        self._triggers.append(Capture(self._boot_s(message.time_usec)))

    def _take_feedback(self, message: Any) -> None:
        """ArduPilot's: angles of the camera, in degrees against the earth."""
        self._captures.append(
            Capture(
                time_s=self._boot_s(message.time_usec),
                point=geo_point(message.lat / 1e7, message.lng / 1e7),
                altitude_m=message.alt_msl,
                relative_altitude_m=message.alt_rel,
                attitude=Attitude.from_euler(message.roll, message.pitch, message.yaw),
            )
        )

    def _take_clock(self, message: Any) -> None:
        if message.time_unix_usec > SINCE_1970_US:
            self._offsets_s.append(message.time_unix_usec / 1e6 - message.time_boot_ms / 1000)

    def _boot_s(self, time_us: int) -> float:
        """On the autopilot's clock, of a time that may be of the calendar."""
        offsets = self._offsets_s or self._arrivals_s
        return time_us / 1e6 - (median(offsets) if time_us > SINCE_1970_US and offsets else 0.0)
