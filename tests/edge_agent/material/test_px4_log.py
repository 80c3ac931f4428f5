"""PX4 logs: captures and telemetry of a log that the test writes in the format's own words."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags

from edge_agent.material.given import Given
from edge_agent.material.material import open_material
from edge_agent.material.px4_log import read_px4_log
from missions.errors import FormatError
from missions.geometry import Attitude
from tests.edge_agent.material.conftest import Photo

UTC_US = 1_780_000_000_000_000
DOWN = Attitude.from_euler(0.0, -90.0, 90.0)
CAPTURE = "uint64_t timestamp;uint64_t timestamp_utc;double lat;double lon;float alt;float[4] q;uint32_t seq;int8_t result;"
POSITION = "uint64_t timestamp;double lat;double lon;float alt;"
ATTITUDE = "uint64_t timestamp;float[4] q;"
GPS = "uint64_t timestamp;uint64_t time_utc_usec;"


class Log:
    """The file format's messages (PX4 user guide, ULog): flags, formats, subscriptions and data."""

    def __init__(self) -> None:
        self.content = b"ULog\x01\x12\x35\x01" + struct.pack("<Q", 0)
        self._put("B", bytes(40))
        self._ids: dict[str, int] = {}

    def topics(self, **formats: str) -> None:
        for name, fields in formats.items():
            self._put("F", f"{name}:{fields}".encode())
        for number, name in enumerate(formats):
            self._ids[name] = number
            self._put("A", struct.pack("<BH", 0, number) + name.encode())

    def row(self, topic: str, layout: str, *values: float) -> None:
        self._put("D", struct.pack("<H", self._ids[topic]) + struct.pack(f"<{layout}", *values))

    def _put(self, kind: str, body: bytes) -> None:
        self.content += struct.pack("<HB", len(body), ord(kind)) + body


def flown(path: Path, captures: bool = True) -> Path:
    """Ten seconds north at 1e-4 degrees a second and 105 m, heading east; captures at 2 and 4 s, and one that failed."""
    log = Log()
    log.topics(camera_capture=CAPTURE, vehicle_global_position=POSITION, vehicle_attitude=ATTITUDE, vehicle_gps_position=GPS)
    heading = Attitude.from_euler(0.0, 0.0, 90.0)
    for second in range(10):
        us = second * 1_000_000
        log.row("vehicle_gps_position", "QQ", us, UTC_US + us)
        log.row("vehicle_global_position", "Qddf", us, 31.78 + 1e-4 * second, 119.95, 105.0)
        log.row("vehicle_attitude", "Qffff", us, heading.w, heading.x, heading.y, heading.z)
        if captures and second in (2, 3, 4):
            q = (DOWN.w, DOWN.x, DOWN.y, DOWN.z)
            log.row("camera_capture", "QQddfffffIb", us, 0, 31.78 + 1e-4 * second, 119.95, 105.0, *q, second, int(second != 3))
    path.write_bytes(log.content)
    return path


def bare(make_photo: Photo, name: str, **exif: Any) -> Path:
    lens = {ExifTags.Base.FocalLengthIn35mmFilm: 24, ExifTags.Base.DateTime: ""}
    return make_photo(name, at=None, xmp={}, exif=lens | {ExifTags.Base[tag]: value for tag, value in exif.items()})


def test_captures_are_matched_by_number(make_photo: Photo, tmp_path: Path) -> None:
    """Two pictures, two captures that succeeded: position, attitude and UTC of each."""
    for name in ("1.JPG", "2.JPG"):
        bare(make_photo, name)
    flown(tmp_path / "flight.ulg")
    shots = open_material(tmp_path).shots
    poses = [shot.pose.value for shot in shots if shot.pose is not None]
    assert [pose.point.lat_deg for pose in poses] == pytest.approx([31.7802, 31.7804])
    assert np.allclose(poses[0].attitude.matrix(), DOWN.matrix(), atol=1e-6)
    assert [shot.time_s for shot in shots] == [UTC_US / 1e6 + 2, UTC_US / 1e6 + 4]


def test_telemetry_places_pictures_by_their_clock(make_photo: Photo, tmp_path: Path) -> None:
    """Without captures: 20:26:45 UTC is 5 s into the flight; a camera said to look down turns with the aircraft."""
    bare(make_photo, "1.JPG", DateTimeOriginal="2026:05:28 20:26:45", OffsetTimeOriginal="+00:00")
    flown(tmp_path / "flight.ulg", captures=False)
    pose = open_material(tmp_path, Given(assume_nadir=True)).shots[0].pose
    assert pose is not None
    assert pose.value.point.lat_deg == pytest.approx(31.7805)
    assert np.allclose(pose.value.attitude.matrix(), DOWN.matrix(), atol=1e-6)


@pytest.mark.parametrize("content", [b"", b"ULog", b"no log at all", b"ULog\x01\x12\x35\x01" + b"\xff" * 30])
def test_file_that_is_no_log_is_named(tmp_path: Path, content: bytes) -> None:
    """Empty, foreign and broken."""
    path = tmp_path / "x.ulg"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"x\.ulg"):
        read_px4_log(path)


def test_log_that_breaks_off_keeps_what_it_has(tmp_path: Path) -> None:
    """Cut in the middle of a row."""
    path = flown(tmp_path / "x.ulg")
    path.write_bytes(path.read_bytes()[:-40])
    assert len(read_px4_log(path).captures) == 2
