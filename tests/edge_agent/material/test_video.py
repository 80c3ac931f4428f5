"""Videos with subtitles as shots: each frame has the pose of its moment; what breaks off is said."""

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
import pytest

from edge_agent.material.given import NOTHING, Given
from edge_agent.material.material import open_material
from edge_agent.material.video import read_video
from missions.errors import InvalidInput
from missions.geometry import GeoPoint

RATE = 10
LAT, LON = 31.78, 119.95
STEP = 0.0001 / 10
"""Degrees of latitude a frame: 11.12 m a second."""


def film(path: Path, frames: int = 40) -> Path:
    """Frames of 320 x 180; the left eighth is white in every tenth, else each is as light as its number."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.options = {"g": "10", "crf": "10"}
        for number in range(frames):
            picture = np.full((180, 320, 3), 40 + 4 * number, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode(None))
    return path


def clock(ms: int) -> str:
    return f"00:00:{ms // 1000:02d},{ms % 1000:03d}"


def subtitles(
    path: Path, numbers: Iterable[int], extra: str = "[gb_yaw: 90.0 gb_pitch: -90.0 gb_roll: 0.0]", stale: bool = False
) -> Path:
    lines = []
    for number in numbers:
        lat = LAT + STEP * (number if not stale or not 10 <= number < 30 else 10)
        place = f"[latitude: {lat:.7f}] [longitude: {LON:.7f}] [rel_alt: 100.0 abs_alt: 105.0]"
        moment = f"2026-06-01 10:00:{number // RATE:02d}.{number % RATE * 100:03d}"
        span = f"{clock(number * 100)} --> {clock(number * 100 + 100)}"
        lines.append(f"{number + 1}\n{span}\n{moment}\n[focal_len: 24.00] {place} {extra}\n")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Four seconds of film, flown north."""
    return film(tmp_path / "A.MP4")


def test_frames_have_the_pose_of_their_moment(video: Path) -> None:
    """Two a second: frame 26 is 25 steps north, 100 m over the take-off point, at 11.1 m/s to the north, looking down."""
    subtitles(video.with_suffix(".SRT"), range(40))
    shots = read_video(video, Given(frames_per_s=2.0))
    assert [shot.name for shot in shots[:3]] == ["A.MP4#000001", "A.MP4#000006", "A.MP4#000011"]
    shot = shots[5]
    assert shot.unplaced is None
    assert shot.pose is not None
    assert shot.pose.value.point.lat_deg == pytest.approx(LAT + 25 * STEP, abs=1e-9)
    assert (shot.pose.value.relative_altitude_m, shot.pose.value.altitude_m) == (100.0, 105.0)
    assert shot.pose.value.velocity_mps == pytest.approx((11.09, 0.0, 0.0), abs=0.05)
    assert np.allclose(shot.pose.value.attitude.matrix()[:, 0], [0, 0, 1], atol=1e-9)
    assert shot.at is not None
    assert (shot.at.second, shot.at.microsecond) == (2, 500_000)


def test_lens_comes_from_the_subtitles_focal_length(video: Path) -> None:
    """24 mm of 43.27 mm, of the 400 pixels' diagonal of the 4:3 sensor that 320 pixels are the width of: 221.9."""
    subtitles(video.with_suffix(".SRT"), range(40))
    lens = read_video(video, NOTHING)[0].intrinsics
    assert lens is not None
    assert lens.value.fx_px == pytest.approx(221.9, abs=0.1)
    assert "subtitles" in lens.source


def test_subtitles_between_frames_are_interpolated_and_never_extrapolated(video: Path) -> None:
    """Telemetry from 1.0 s to 2.1 s, every half second: 1.2 s lies between two; 0.5 s and 3 s have no pose."""
    subtitles(video.with_suffix(".srt"), [10, 15, 20])
    shots = {shot.name: shot for shot in read_video(video, Given(frames_per_s=10.0))}
    between = shots["A.MP4#000013"].pose
    assert between is not None
    assert between.value.point.lat_deg == pytest.approx(LAT + 12 * STEP, abs=1e-9)
    for name in ("A.MP4#000006", "A.MP4#000031"):
        assert shots[name].pose is None
        assert "no telemetry at" in (shots[name].unplaced or "")


def test_video_without_subtitles_or_angles_is_not_placed(video: Path) -> None:
    """Each says what is missing; a pitch that a person gives places it along the way, with wide doubts."""
    assert ".SRT" in (read_video(video, NOTHING)[0].unplaced or "")
    subtitles(video.with_suffix(".SRT"), range(40), extra="")
    assert "gimbal-pitch" in (read_video(video, NOTHING)[1].unplaced or "")
    shot = read_video(video, Given(gimbal_pitch_deg=-45.0))[1]
    assert shot.pose is not None
    assert np.allclose(shot.pose.value.attitude.matrix()[:, 0], [np.sqrt(0.5), 0, np.sqrt(0.5)], atol=1e-3)
    assert (shot.accuracy.value.heading_deg, shot.accuracy.value.tilt_deg) == (15.0, 2.0)


def test_stale_telemetry_widens_the_doubt_and_is_flagged(video: Path) -> None:
    """Two seconds of one repeated position at 11 m/s: up to 20 m of further doubt; none where it was fresh."""
    subtitles(video.with_suffix(".SRT"), range(40), stale=True)
    shots = {shot.name: shot for shot in read_video(video, Given(frames_per_s=10.0))}
    assert any("stale" in flag for flag in shots["A.MP4#000029"].flags)
    assert shots["A.MP4#000029"].accuracy.value.jitter_m > 10
    assert shots["A.MP4#000004"].accuracy.value.jitter_m < 1


def test_frames_may_be_chosen_by_distance(video: Path) -> None:
    """11.1 m/s for 4 s and one every 10 m: at 0, 10, 20, 30 and 40 m."""
    subtitles(video.with_suffix(".SRT"), range(40))
    assert [shot.name[-3:] for shot in read_video(video, Given(every_m=10.0))] == ["001", "011", "020", "029", "038"]


def test_swapped_subtitles_are_recognised_and_ambiguous_ones_refused(video: Path) -> None:
    """Longitude 119.95 in the latitude's place is no latitude."""
    text = subtitles(video.with_suffix(".SRT"), range(40)).read_text(encoding="utf-8")
    swapped = text.replace("latitude", "?").replace("longitude", "latitude").replace("?", "longitude")
    video.with_suffix(".SRT").write_text(swapped, encoding="utf-8")
    shot = read_video(video, NOTHING)[0]
    assert shot.pose is not None
    assert shot.pose.value.point == GeoPoint(lat_deg=LAT, lon_deg=LON)
    assert any("swapped" in flag for flag in shot.flags)


def test_frames_are_loaded_in_any_order(video: Path) -> None:
    """Forwards, backwards and again: each picture is as light as its number says."""
    material = open_material(video, Given(frames_per_s=10.0))
    by_number = {int(shot.name[-6:]) - 1: shot for shot in material.shots}
    for number in (0, 3, 12, 39, 5, 5):
        assert abs(float(material.load(by_number[number]).mean()) - (40 + 4 * number)) < 3


def test_video_that_ends_early_gives_what_could_be_decoded(tmp_path: Path) -> None:
    """A Matroska film cut in the middle: the frames before it come, the rest is left out once, with the file's name."""
    path = film(tmp_path / "cut.mkv", frames=40)
    subtitles(tmp_path / "cut.srt", range(40))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 5])
    material = open_material(path, Given(frames_per_s=10.0))
    pictures = list(material.pictures())
    assert 5 < len(pictures) < 40
    assert [left.name for left in material.left_out] == ["cut.mkv"]
    assert "what follows is left out" in material.left_out[0].why


def test_damaged_stretch_of_a_video_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Bytes overwritten in the middle: no frame stands for another, and frames after the next key frame come again."""
    path = film(tmp_path / "A.MP4", frames=40)
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4 + (len(content) - content.index(b"mdat")) * 4 // 10
    content[start : start + 300] = bytes(300)
    path.write_bytes(bytes(content))
    material = open_material(path, Given(frames_per_s=10.0))
    light = {int(shot.name[-6:]) - 1: float(picture.mean()) for shot, picture in material.pictures()}
    assert 20 < len(light) < 40
    assert 39 in light
    assert [left.name for left in material.left_out] == ["A.MP4"]
    assert all(abs(mean - (40 + 4 * number)) < 8 for number, mean in light.items())


@pytest.mark.parametrize("content", [b"", b"no video", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64])
def test_file_that_is_no_video_is_named(tmp_path: Path, content: bytes) -> None:
    """Empty, foreign and headless files raise an error with the path."""
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"x\.mp4"):
        open_material(path)
