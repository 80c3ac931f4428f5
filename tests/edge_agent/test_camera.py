import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from edge_agent.camera import Camera
from edge_agent.config import CameraSource
from edge_agent.ports import Frame


def write_video(path: Path, times_ms: list[int]) -> None:
    """MJPEG in Matroska with a time base of 1 ms and a rate of 1000, as docs/architecture.md says; PTS are `times_ms`."""
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("mjpeg", rate=1000)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for number, time_ms in enumerate(times_ms):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 20 * number, np.uint8), format="bgr24").reformat(
                format="yuvj420p"
            )
            frame.pts, frame.time_base = time_ms, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def frames_of(camera: Camera, count: int) -> list[Frame]:
    frames: list[Frame] = []
    end_s = time.monotonic() + 20
    while len(frames) < count and time.monotonic() < end_s:
        frame = camera.next(0.5)
        frames += [frame] if frame is not None else []
    return frames


def test_a_frames_time_is_the_streams(tmp_path: Path) -> None:
    """The frame's time is its PTS in the stream, the autopilot's clock, to the millisecond, however irregular."""
    times_ms = [60_000, 60_251, 60_499, 61_000]
    write_video(tmp_path / "video.mkv", times_ms)
    camera = Camera(CameraSource(source=str(tmp_path / "video.mkv"), queue=8), lambda _: None)
    camera.start()
    frames = frames_of(camera, 4)
    camera.stop()
    assert [frame.time_boot_ms for frame in frames] == pytest.approx(times_ms, abs=0.01)
    assert [int(frame.image.mean()) for frame in frames] == pytest.approx([0, 20, 40, 60], abs=4)


def test_a_source_that_ends_is_opened_again(tmp_path: Path) -> None:
    """After the last frame the source is opened again, and frames go on."""
    write_video(tmp_path / "video.mkv", [1000, 1100])
    camera = Camera(CameraSource(source=str(tmp_path / "video.mkv"), queue=8), lambda _: None)
    camera.start()
    frames = frames_of(camera, 4)
    camera.stop()
    assert [frame.time_boot_ms for frame in frames] == pytest.approx([1000, 1100, 1000, 1100])


def test_only_the_newest_frames_wait(tmp_path: Path) -> None:
    """While nobody looks, the oldest frames are dropped and counted."""
    write_video(tmp_path / "video.mkv", list(range(1000, 2000, 100)))
    camera = Camera(CameraSource(source=str(tmp_path / "video.mkv"), queue=3), lambda _: None)
    camera.start()
    end_s = time.monotonic() + 20
    while camera.dropped < 7 and time.monotonic() < end_s:
        camera._stopping.wait(0.01)
    camera.stop()
    assert [frame.time_boot_ms for frame in camera._frames] == pytest.approx([1700, 1800, 1900])


def test_without_a_clock_of_its_own_a_frame_is_as_old_as_its_way(tmp_path: Path) -> None:
    """Arrival less latency, on the autopilot's clock; frames before that clock is known are left out and counted."""
    write_video(tmp_path / "video.mkv", [0, 100])
    clock: list[float] = []

    def boot_ms_at(monotonic_s: float) -> float | None:
        return 5000.0 + 1000 * (monotonic_s - clock[0]) if clock else None

    source = CameraSource(source=str(tmp_path / "video.mkv"), frame_time="arrival", latency_s=0.25)
    camera = Camera(source, boot_ms_at)
    camera.start()
    end_s = time.monotonic() + 20
    while camera.broken < 2 and time.monotonic() < end_s:
        camera._stopping.wait(0.01)
    clock.append(time.monotonic())
    frame = frames_of(camera, 1)[0]
    arrived_ms = 5000 + 1000 * (time.monotonic() - clock[0])
    camera.stop()
    assert 5000 - 250 <= frame.time_boot_ms <= arrived_ms - 250


def test_a_missing_source_does_no_harm(tmp_path: Path) -> None:
    """A source that is not there gives no frames, and the camera still ends when it is told to."""
    camera = Camera(CameraSource(source=str(tmp_path / "nothing.mkv")), lambda _: None)
    camera.start()
    assert camera.next(0.1) is None
    assert camera.silent_for_s() is None
    camera.stop()
