"""MAVLink logs: pictures named, numbered or timed find their pose; broken logs are named."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from edge_agent.material.given import NOTHING, Given
from edge_agent.material.material import open_material
from edge_agent.material.mavlink_log import read_mavlink_log
from edge_agent.shot import Shot
from missions.errors import FormatError
from missions.geometry import Attitude
from tests.edge_agent.material.conftest import Photo

START_S = 1_780_000_000.0
"""2026-05-28 20:26:40 UTC, when the autopilot was switched on."""

LAT, LON = 31.78, 119.95
DOWN = Attitude.from_euler(0.0, -90.0, 90.0)


def quaternion(attitude: Attitude) -> tuple[float, float, float, float]:
    return attitude.w, attitude.x, attitude.y, attitude.z


class Log:
    """Writes messages with the time at which they arrived: 40 ms after they were sent."""

    def __init__(self) -> None:
        self._packer = mavlink.MAVLink(None, 1, 1)
        self.content = b""

    def put(self, boot_s: float, message: Any) -> None:
        self.content += struct.pack(">Q", round((START_S + boot_s + 0.04) * 1e6)) + message.pack(self._packer)

    def telemetry(self, boot_s: float, gimbal: tuple[float, ...] | None = None, flags: int = 64) -> None:
        """Flying north by 1e-4 degrees a second, 100 m up, heading east and rolled by 3 degrees."""
        ms = round(boot_s * 1000)
        self.put(boot_s, mavlink.MAVLink_system_time_message(round((START_S + boot_s) * 1e6), ms))
        aircraft = Attitude.from_euler(3.0, 0.0, 90.0)
        self.put(boot_s, mavlink.MAVLink_attitude_quaternion_message(ms, *quaternion(aircraft), 0, 0, 0))
        place = (round((LAT + 1e-4 * boot_s) * 1e7), round(LON * 1e7), 105_000, 100_000)
        self.put(boot_s, mavlink.MAVLink_global_position_int_message(ms, *place, 0, 0, 0, 9000))
        if gimbal is not None:
            self.put(boot_s, mavlink.MAVLink_gimbal_device_attitude_status_message(0, 0, ms, flags, gimbal, 0, 0, 0, 0))

    def image(self, boot_s: float, name: str, q: Sequence[float]) -> None:
        place = (round((LAT + 1e-4 * boot_s) * 1e7), round(LON * 1e7), 105_000, 100_000)
        message = mavlink.MAVLink_camera_image_captured_message(round(boot_s * 1000), 0, 1, *place, q, 0, 1, name.encode())
        self.put(boot_s, message)

    def write(self, path: Path) -> Path:
        path.write_bytes(self.content)
        return path


def bare(make_photo: Photo, name: str, second: int | None = None) -> Path:
    """A photo of an ordinary camera: a lens, no pose, and a clock in UTC where a second is given."""
    exif: dict[int, Any] = {ExifTags.Base.FocalLengthIn35mmFilm: 24, ExifTags.Base.DateTime: ""}
    if second is not None:
        exif |= {ExifTags.Base.DateTimeOriginal: f"2026:05:28 20:26:{second:02d}", ExifTags.Base.OffsetTimeOriginal: "+00:00"}
    return make_photo(name, at=None, xmp={}, exif=exif)


def shots_of(folder: Path, given: Given = NOTHING) -> list[Shot]:
    return list(open_material(folder, given).shots)


def test_named_pictures_have_the_pose_of_their_capture(make_photo: Photo, tmp_path: Path) -> None:
    """By the file's name, whatever the order; the moment comes from the log's clock, in UTC."""
    for name in ("A.JPG", "B.JPG"):
        bare(make_photo, name)
    log = Log()
    for boot_s in range(10):
        log.telemetry(float(boot_s))
    log.image(2.5, "B.JPG", quaternion(DOWN))
    log.image(6.0, "/fs/A.JPG", quaternion(DOWN))
    log.write(tmp_path / "flight.tlog")
    shots = shots_of(tmp_path)
    assert [shot.name for shot in shots] == ["B.JPG", "A.JPG"]
    first = shots[0]
    assert first.unplaced is None
    assert first.pose is not None
    assert first.pose.value.point.lat_deg == pytest.approx(LAT + 2.5e-4, abs=1e-7)
    assert (first.pose.value.altitude_m, first.pose.value.relative_altitude_m) == (105.0, 100.0)
    assert np.allclose(first.pose.value.attitude.matrix(), DOWN.matrix(), atol=1e-6)
    assert first.pose.value.velocity_mps == pytest.approx((11.09, 0.0, 0.0), abs=0.05)
    assert first.at is not None
    assert first.at.timestamp() == pytest.approx(START_S + 2.5, abs=0.001)


def test_triggers_are_matched_by_number_and_posed_by_the_gimbal(make_photo: Photo, tmp_path: Path) -> None:
    """As many triggers as pictures: in order. A gimbal's yaw in the vehicle's frame counts from its heading (east)."""
    for name in ("1.JPG", "2.JPG"):
        bare(make_photo, name)
    log = Log()
    gimbal = quaternion(Attitude.from_euler(0.0, -45.0, 10.0))
    for boot_s in range(8):
        log.telemetry(float(boot_s), gimbal, flags=32)
    for boot_s in (3.5, 5.5):
        log.put(boot_s, mavlink.MAVLink_camera_trigger_message(round(boot_s * 1e6), 0))
    log.write(tmp_path / "flight.tlog")
    poses = [shot.pose.value for shot in shots_of(tmp_path) if shot.pose is not None]
    assert [pose.point.lat_deg for pose in poses] == pytest.approx([LAT + 3.5e-4, LAT + 5.5e-4], abs=1e-7)
    assert np.allclose(poses[0].attitude.matrix(), Attitude.from_euler(0.0, -45.0, 100.0).matrix(), atol=1e-6)


def test_pictures_that_do_not_fit_the_logs_intervals_are_not_matched_by_number(make_photo: Photo, tmp_path: Path) -> None:
    """Two pictures 9 s apart are not the two triggers 2 s apart."""
    bare(make_photo, "1.JPG", 43)
    bare(make_photo, "2.JPG", 52)
    log = Log()
    for boot_s in range(14):
        log.telemetry(float(boot_s), quaternion(DOWN))
    for boot_s in (3.5, 5.5):
        log.put(boot_s, mavlink.MAVLink_camera_trigger_message(round(boot_s * 1e6), 0))
    log.write(tmp_path / "flight.tlog")
    assert all("do not fit" in (shot.unplaced or "") for shot in shots_of(tmp_path))


def test_pictures_without_captures_are_posed_by_their_clock(make_photo: Photo, tmp_path: Path) -> None:
    """20:26:44 is 4 s after the start; the doubt about the moment is 0.3 s. Before the start there is no pose."""
    bare(make_photo, "in.JPG", 44)
    bare(make_photo, "before.JPG", 10)
    log = Log()
    for boot_s in range(8):
        log.telemetry(float(boot_s), quaternion(DOWN))
    log.write(tmp_path / "flight.tlog")
    shots = {shot.name: shot for shot in shots_of(tmp_path)}
    placed = shots["in.JPG"]
    assert placed.pose is not None
    assert placed.pose.value.point.lat_deg == pytest.approx(LAT + 4e-4, abs=1e-7)
    assert placed.accuracy.value.timing_s == 0.3
    assert shots["before.JPG"].pose is None
    assert "flight.tlog" in (shots["before.JPG"].unplaced or "")


@pytest.mark.parametrize(
    "q", [(0.0, 0.0, 0.0, 0.0), quaternion(Attitude.from_euler(3.0, 0.0, 90.0))], ids=["none", "aircraft's"]
)
def test_camera_without_gimbal_is_placed_only_when_said_to_look_down(
    make_photo: Photo, tmp_path: Path, q: tuple[float, ...]
) -> None:
    """Fixed under the aircraft it tilts with it: rolled by 3 degrees, heading east, it looks 3 degrees to the north. The
    aircraft's own attitude in the capture's place does not count as the camera's.
    """
    bare(make_photo, "A.JPG")
    log = Log()
    for boot_s in range(5):
        log.telemetry(float(boot_s))
    log.image(2.0, "A.JPG", q)
    log.write(tmp_path / "flight.tlog")
    assert "assume-nadir" in (shots_of(tmp_path)[0].unplaced or "")
    pose = shots_of(tmp_path, Given(assume_nadir=True))[0].pose
    assert pose is not None
    assert np.allclose(pose.value.attitude.matrix()[:, 0], [np.sin(np.radians(3)), 0, np.cos(np.radians(3))], atol=1e-6)


def test_photos_that_tell_their_own_pose_keep_it(make_photo: Photo, tmp_path: Path) -> None:
    """The log is for those that tell none."""
    make_photo("A.JPG", exif={ExifTags.Base.FocalLengthIn35mmFilm: 24})
    log = Log()
    log.telemetry(1.0)
    log.image(1.0, "A.JPG", quaternion(DOWN))
    log.write(tmp_path / "flight.tlog")
    pose = shots_of(tmp_path)[0].pose
    assert pose is not None
    assert pose.value.point.lat_deg == pytest.approx(46.8426, abs=1e-6)


def test_log_itself_may_be_named(make_photo: Photo, tmp_path: Path) -> None:
    """Its pictures lie beside it."""
    bare(make_photo, "A.JPG")
    log = Log()
    log.image(1.0, "A.JPG", quaternion(DOWN))
    assert open_material(log.write(tmp_path / "flight.tlog")).shots[0].unplaced is None


def test_bytes_between_packets_are_passed_over(tmp_path: Path) -> None:
    """A damaged stretch costs its own packets only; a log cut in the middle of one keeps the rest."""
    log = Log()
    log.image(1.0, "A.JPG", quaternion(DOWN))
    log.content += b"\xfd\x01garbage\xfe\xff" * 3
    log.image(2.0, "B.JPG", quaternion(DOWN))
    whole = len(log.content)
    log.image(3.0, "C.JPG", quaternion(DOWN))
    log.content = log.content[: whole + 30]
    captures = read_mavlink_log(log.write(tmp_path / "x.tlog")).captures
    assert [capture.name for capture in captures] == ["A.JPG", "B.JPG"]


def test_file_that_is_no_log_is_left_out_by_name(make_photo: Photo, tmp_path: Path) -> None:
    """The pictures go on, unplaced."""
    bare(make_photo, "A.JPG")
    (tmp_path / "x.tlog").write_bytes(b"nothing of the kind" * 10)
    material = open_material(tmp_path)
    assert [left.name for left in material.left_out] == ["x.tlog"]
    assert len(material.shots) == 1
    with pytest.raises(FormatError, match=r"x\.tlog"):
        read_mavlink_log(tmp_path / "x.tlog")


def test_failed_captures_do_not_count(tmp_path: Path) -> None:
    """capture_result 0: there is no picture."""
    log = Log()
    message = mavlink.MAVLink_camera_image_captured_message(
        1000, 0, 1, 317800000, 1199500000, 0, 0, quaternion(DOWN), 0, 0, b"A.JPG"
    )
    log.put(1.0, message)
    assert read_mavlink_log(log.write(tmp_path / "x.tlog")).captures == ()


def test_plain_picture_without_exif_is_named_by_the_log(tmp_path: Path) -> None:
    """Even a PNG that tells nothing has the log's pose; only its lens stays unknown."""
    Image.new("RGB", (40, 30)).save(tmp_path / "A.png")
    log = Log()
    log.image(1.0, "A.png", quaternion(DOWN))
    log.write(tmp_path / "flight.tlog")
    shot = shots_of(tmp_path)[0]
    assert shot.pose is not None
    assert "focal length" in (shot.unplaced or "")
