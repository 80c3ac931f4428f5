"""A MAVLink log (.tlog: each packet behind its time in microseconds since 1970) of a flight that took photos."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from missions.geometry import Attitude
from simulator.aircraft.dialect import Message, mavlink
from simulator.footage.told import BEGAN, Told

TELEMETRY_PER_S = 10.0
_VEHICLE, _AUTOPILOT, _CAMERA, _GIMBAL = 1, 1, 100, 154
_EARTH_FRAME_FLAGS = 4 | 8 | 64
"""GIMBAL_DEVICE_FLAGS: roll and pitch held against the horizon, yaw counted from north."""


@dataclass(frozen=True, slots=True)
class Image:
    """A photo that the log tells of."""

    name: str
    told: Told


def write_log(path: Path, telemetry: Iterable[Told], images: Iterable[Image]) -> None:
    """Writes telemetry and photos in the order of their times."""
    events = [(told.at, told) for told in telemetry] + [(image.told.at, image) for image in images]
    with path.open("wb") as file:
        writer = _Writer(file)
        for number, (_, event) in enumerate(sorted(events, key=lambda pair: pair[0])):
            if isinstance(event, Image):
                writer.image(event)
            else:
                writer.telemetry(event, number)


class _Writer:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packers = {part: mavlink.MAVLink(None, _VEHICLE, part) for part in (_AUTOPILOT, _CAMERA, _GIMBAL)}
        self._images = 0

    def telemetry(self, told: Told, number: int) -> None:
        boot_ms = _boot_ms(told.at)
        if number % round(TELEMETRY_PER_S) == 0:
            self._put(told.at, _AUTOPILOT, mavlink.MAVLink_heartbeat_message(2, 12, 81, 4 << 16, 4, 3))
            self._put(told.at, _AUTOPILOT, mavlink.MAVLink_system_time_message(round(told.at.timestamp() * 1e6), boot_ms))
        q = _quaternion(Attitude.from_euler(0.0, 0.0, told.heading_deg))
        self._put(told.at, _AUTOPILOT, mavlink.MAVLink_attitude_quaternion_message(boot_ms, *q, 0.0, 0.0, 0.0))
        self._put(told.at, _AUTOPILOT, mavlink.MAVLink_global_position_int_message(boot_ms, *_position(told)))
        status = mavlink.MAVLink_gimbal_device_attitude_status_message(
            0, 0, boot_ms, _EARTH_FRAME_FLAGS, _quaternion(told.camera), 0.0, 0.0, 0.0, 0
        )
        self._put(told.at, _GIMBAL, status)

    def image(self, image: Image) -> None:
        told, point = image.told, image.told.point
        message = mavlink.MAVLink_camera_image_captured_message(
            _boot_ms(told.at),
            round(told.at.timestamp() * 1e6),
            1,
            round(point.lat_deg * 1e7),
            round(point.lon_deg * 1e7),
            round(told.altitude_m * 1000),
            round(told.relative_altitude_m * 1000),
            _quaternion(told.camera),
            self._images,
            1,
            image.name.encode(),
        )
        self._images += 1
        self._put(told.at, _CAMERA, message)

    def _put(self, at: datetime, component: int, message: Message) -> None:
        packer = self._packers[component]
        packet: bytes = message.pack(packer)
        packer.seq = (packer.seq + 1) % 256
        self._file.write(struct.pack(">Q", round(at.timestamp() * 1e6)) + packet)


def _boot_ms(at: datetime) -> int:
    return round((at - BEGAN).total_seconds() * 1000)


def _quaternion(attitude: Attitude) -> tuple[float, float, float, float]:
    return attitude.w, attitude.x, attitude.y, attitude.z


def _position(told: Told) -> tuple[int, int, int, int, int, int, int, int]:
    """Latitude to heading, as GLOBAL_POSITION_INT has them."""
    return (
        round(told.point.lat_deg * 1e7),
        round(told.point.lon_deg * 1e7),
        round(told.altitude_m * 1000),
        round(told.relative_altitude_m * 1000),
        *(round(100 * speed) for speed in told.velocity_mps),  # type: ignore[return-value]
        round(100 * told.heading_deg) % 36000,
    )
