"""Whole small orders, read back with the libraries that others read them with."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from missions.catalog import load
from missions.errors import InvalidInput
from missions.geometry import Attitude
from simulator.aircraft.dialect import mavlink
from simulator.footage.order import Order, order_of
from simulator.footage.program import Footage
from simulator.footage.truth import TrueFrame, Truth


def taken(order: Order, out: Path) -> list[TrueFrame]:
    return list(Footage(order, load(None)).take(out, 1))


def small(**changes: object) -> Order:
    return Order.model_validate({"kind": "photos", "width_px": 320, "height_px": 180, "side_m": 30, "matters": 1, **changes})


def test_photos_tell_their_pose_and_lens(tmp_path: Path) -> None:
    """Without errors the XMP says where the truth is, and the lens; EXIF says the place to 3 mm."""
    order = small(pattern="aimed", flights=2, pitch_deg=-45)
    frames = taken(order, tmp_path / "out")
    with Image.open(tmp_path / "out" / "material" / frames[0].name) as picture:
        tags, xmp, size = picture.getexif(), picture.info["xmp"].decode(), picture.size
    assert size == (320, 180)
    degrees, minutes, seconds = tags.get_ifd(0x8825)[2]
    assert degrees + minutes / 60 + float(seconds) / 3600 == pytest.approx(frames[0].pose.point.lat_deg, abs=2e-8)
    assert 'drone-dji:GimbalPitchDegree="-45.00"' in xmp
    assert f'drone-dji:CalibratedFocalLength="{order.lens.fx_px:.6f}"' in xmp
    assert 'drone-dji:RelativeAltitude="+100.000"' in xmp
    assert frames[0].target in frames[0].boxes


def test_the_truth_is_written_beside_the_material(tmp_path: Path) -> None:
    """truth.json holds every picture, and reads as the noun it was written from; camera.toml holds the lens."""
    frames = taken(small(pattern="aimed", flights=2, errors="multirotor"), tmp_path / "out")
    truth = Truth.model_validate_json((tmp_path / "out" / "truth.json").read_text(encoding="utf-8"))
    assert list(truth.frames) == frames
    assert frames[0].error != frames[1].error
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"material", "truth.json", "camera.toml"}


def test_a_video_has_a_subtitle_for_each_frame(tmp_path: Path) -> None:
    """30 m at 10 m/s and 2 frames a second are 6 frames, half a second apart, each with its place in the .SRT."""
    frames = taken(small(kind="video", pattern="line", speed_mps=10, frames_per_s=2), tmp_path / "out")
    (video,) = (tmp_path / "out" / "material").glob("*.MP4")
    with av.open(str(video)) as container:
        times = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
    assert times == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0, 2.5])
    entries = video.with_suffix(".SRT").read_text(encoding="utf-8").strip().split("\n\n")
    assert len(entries) == len(frames) == 6
    assert f"[latitude: {frames[5].pose.point.lat_deg:.8f}]" in entries[5]
    assert "gb_pitch: -90.00" in entries[0]
    assert frames[5].name == f"{video.name}#000006"


def test_a_log_tells_of_each_photo(tmp_path: Path) -> None:
    """The .tlog has a CAMERA_IMAGE_CAPTURED with each photo's name and attitude, and telemetry from before the first."""
    frames = taken(small(kind="log", pattern="line", speed_mps=10, pitch_deg=-60), tmp_path / "out")
    (log,) = (tmp_path / "out" / "material").glob("*.tlog")
    messages = messages_of(log)
    captured = [message for _, message in messages if message.get_type() == "CAMERA_IMAGE_CAPTURED"]
    assert [message.file_url for message in captured] == [frame.name for frame in frames]
    w, x, y, z = captured[0].q
    assert np.allclose(Attitude(w=w, x=x, y=y, z=z).matrix(), frames[0].pose.camera.matrix(), atol=1e-6)
    times = [stamp for stamp, _ in messages]
    assert times == sorted(times)
    first = next(stamp for stamp, message in messages if message.get_type() == "GLOBAL_POSITION_INT")
    assert first < frames[0].at.timestamp() * 1e6


def messages_of(log: Path) -> list[tuple[int, mavlink.MAVLink_message]]:
    parser, data, found, at = mavlink.MAVLink(None), log.read_bytes(), [], 0
    while at < len(data):
        (stamp,) = struct.unpack_from(">Q", data, at)
        length = 12 + data[at + 9]
        message = parser.decode(bytearray(data[at + 8 : at + 8 + length]))
        found.append((stamp, message))
        at += 8 + length
    return found


def test_footage_is_never_written_over_other(tmp_path: Path) -> None:
    """A second order into the same folder is refused, by name."""
    taken(small(pattern="aimed"), tmp_path / "out")
    with pytest.raises(InvalidInput, match="material"):
        taken(small(pattern="aimed"), tmp_path / "out")


def test_an_order_that_makes_no_sense_names_its_option() -> None:
    """The camera cannot look up."""
    with pytest.raises(InvalidInput, match="--pitch-deg"):
        order_of(kind="photos", pitch_deg=20)


def test_aiming_needs_something_to_aim_at() -> None:
    """An aimed order without matters is refused."""
    with pytest.raises(InvalidInput, match="aimed"):
        Footage(small(pattern="aimed", matters=0), load(None))


def test_clutter_alone_is_nothing_to_find() -> None:
    """Things stand on the ground flown over, none of them in the truth."""
    world = Footage(small(clutter_only=True, matters=6, side_m=300), load(None)).world
    assert world.matters == ()
    assert len(world.bystanders) == 6
