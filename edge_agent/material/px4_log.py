"""A PX4 log (.ulg) read for its pictures, through pyulog."""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from pyulog import ULog
from pyulog.exceptions import ULogException

from edge_agent.material.camera_log import CameraLog, Capture
from edge_agent.material.pose_track import PositionSample
from edge_agent.material.position_tags import geo_point
from edge_agent.material.rotation import attitude_of
from missions.errors import FormatError, InvalidInput
from missions.geometry import Attitude

TOPICS = [
    "camera_capture",
    "vehicle_global_position",
    "vehicle_attitude",
    "vehicle_gps_position",
    "sensor_gps",
    "home_position",
]
MALFORMED = (ULogException, TypeError, ValueError, KeyError, IndexError, EOFError, OSError, AttributeError, struct.error)
"""What pyulog raises for files that are not as they should be."""

READ_AGAIN = 30
"""How many times over a damaged file is read before it is given up."""

NOT_TAKEN = 0
"""Of camera_capture's `result`: 1 taken, 0 failed, -1 unknown."""


def read_px4_log(path: Path) -> CameraLog:
    """Raises InvalidInput where the file cannot be read, FormatError where it is no PX4 log."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(str(path), "", f"cannot be read: {error.strerror}") from error
    try:
        log = ULog(_Bounded(content), TOPICS)
    except MALFORMED as error:
        raise FormatError(str(path), "", f"is not a PX4 log (.ulg) that can be read: {error}") from error
    topics = {one.name: one.data for one in reversed(log.data_list)}
    return _Topics(topics).log(path.name)


class _Bounded(BytesIO):
    """A file that ends an endless reading: in damaged files pyulog seeks back by what they say, at times for ever."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._left = READ_AGAIN * len(content) + 1_000_000

    def read(self, size: int | None = -1) -> bytes:
        """Raises EOFError once the file was read many times over."""
        read = super().read(size)
        self._left -= len(read) + 1
        if self._left < 0:
            raise EOFError("it is damaged: what it says of its own length leads round in circles")
        return read


class _Topics:
    """A log's tables by name; times in seconds since 1970 where a receiver told them, else since the start."""

    def __init__(self, topics: dict[str, dict[str, Any]]) -> None:
        self._topics = topics
        self._shift_s = self._utc_shift_s()

    def log(self, name: str) -> CameraLog:
        """All that counts for pictures."""
        aircraft = tuple(
            (self._shift_s + row["timestamp"] / 1e6, attitude)
            for row in self._rows("vehicle_attitude")
            if (attitude := _quaternion(row)) is not None
        )
        return CameraLog(name, tuple(self._captures()), tuple(self._positions()), aircraft)

    def _captures(self) -> Iterator[Capture]:
        for row in self._rows("camera_capture"):
            if row.get("result", 1) == NOT_TAKEN:
                continue
            altitude_m = float(row["alt"]) if np.isfinite(row["alt"]) else None
            yield Capture(
                time_s=self._shift_s + row["timestamp"] / 1e6,
                point=geo_point(float(row["lat"]), float(row["lon"])),
                altitude_m=altitude_m,
                relative_altitude_m=self._over_home(altitude_m),
                attitude=_quaternion(row),
            )

    def _positions(self) -> Iterator[PositionSample]:
        """The estimator's, else the receiver's (older PX4: 1e-7 degrees and millimetres)."""
        for row in self._rows("vehicle_global_position"):
            yield from self._sample(row, float(row["lat"]), float(row["lon"]), float(row["alt"]))
        if "vehicle_global_position" in self._topics:
            return
        for row in self._rows("vehicle_gps_position"):
            if row.get("fix_type", 3) >= 3:
                yield from self._sample(row, row["lat"] / 1e7, row["lon"] / 1e7, row["alt"] / 1000)

    def _sample(self, row: dict[str, Any], lat_deg: float, lon_deg: float, altitude_m: float) -> Iterator[PositionSample]:
        point = geo_point(lat_deg, lon_deg)
        if point is not None:
            yield PositionSample(self._shift_s + row["timestamp"] / 1e6, point, altitude_m, self._over_home(altitude_m))

    def _over_home(self, altitude_m: float | None) -> float | None:
        home = next(self._rows("home_position"), None)
        return altitude_m - float(home["alt"]) if home is not None and altitude_m is not None else None

    def _utc_shift_s(self) -> float:
        for topic in ("vehicle_gps_position", "sensor_gps"):
            shifts = [
                (row["time_utc_usec"] - row["timestamp"]) / 1e6 for row in self._rows(topic) if row.get("time_utc_usec", 0) > 0
            ]
            if shifts:
                return float(np.median(shifts))
        return 0.0

    def _rows(self, topic: str) -> Iterator[dict[str, Any]]:
        table = self._topics.get(topic, {})
        for index in range(len(table.get("timestamp", ()))):
            yield {name: column[index].item() for name, column in table.items()}


def _quaternion(row: dict[str, Any]) -> Attitude | None:
    return attitude_of(tuple(float(row[f"q[{index}]"]) for index in range(4)))
