"""Live video over real sockets, read as an agent reads it."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from threading import Event, Thread

import cv2
import numpy as np
import pytest

from simulator.camera.stream import PATH, Frame, LiveVideo, VideoServer

READER = """
import os, sys
os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "fpsprobesize;0"
import cv2
video = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG)
for _ in range(3):
    ok, frame = video.read()
    print(ok, round(video.get(cv2.CAP_PROP_PTS) * 1000 / video.get(cv2.CAP_PROP_FPS)), frame.shape, flush=True)
"""


def _frame(time_boot_ms: int) -> Frame:
    picture = np.full((72, 128, 3), time_boot_ms % 251, np.uint8)
    return Frame(time_boot_ms, cv2.imencode(".jpg", picture)[1].tobytes(), 128, 72)


@pytest.fixture
def video() -> Iterator[tuple[LiveVideo, VideoServer]]:
    """A live video on a free port."""
    live = LiveVideo()
    server = VideoServer(live, 0)
    yield live, server
    server.close()


def test_opencv_gets_each_frame_with_its_time(video: tuple[LiveVideo, VideoServer]) -> None:
    """A client opens on the newest frame and reads the autopilot's times back exactly."""
    live, server = video
    live.publish(_frame(123_456))
    url = f"http://127.0.0.1:{server.port}{PATH}"
    with subprocess.Popen([sys.executable, "-c", READER, url], stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "True 123456 (72, 128, 3)\n"
        live.publish(_frame(124_456))
        live.publish(_frame(125_461))
        assert reader.stdout.readline() == "True 124456 (72, 128, 3)\n"
        assert reader.stdout.readline() == "True 125461 (72, 128, 3)\n"


def _connect(server: VideoServer) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", PATH)
    return connection.getresponse()


def test_a_client_that_leaves_is_forgotten_and_the_next_is_served(video: tuple[LiveVideo, VideoServer]) -> None:
    """After a disconnect the server drops the client on a later frame and goes on serving."""
    live, server = video
    live.publish(_frame(1))
    response = _connect(server)
    assert response.read(4) == b"\x1aE\xdf\xa3"
    assert live.clients == 1
    response.close()
    gone = Event()

    def publish_until_gone() -> None:
        time_boot_ms = 2
        while live.clients:
            live.publish(_frame(time_boot_ms))
            time_boot_ms += 1
        gone.set()

    Thread(target=publish_until_gone, daemon=True).start()
    assert gone.wait(20)
    live.publish(_frame(10_000_000))
    again = _connect(server)
    assert again.read(4) == b"\x1aE\xdf\xa3"
    again.close()


def test_a_slow_client_loses_frames_and_holds_up_nobody() -> None:
    """Publishing never waits; who is behind gets the newest frames."""
    live = LiveVideo()
    with live.watch() as frames:
        for time_boot_ms in range(100):
            live.publish(_frame(time_boot_ms))
        received = []
        while not frames.empty():
            frame = frames.get_nowait()
            assert frame is not None
            received.append(frame.time_boot_ms)
    assert received == [97, 98, 99]
    assert live.dropped == 97


def test_the_stream_ends_when_the_clock_runs_back(video: tuple[LiveVideo, VideoServer]) -> None:
    """A restarted autopilot counts from zero: its times cannot go on in the same stream."""
    live, server = video
    live.publish(_frame(50_000))
    response = _connect(server)
    assert response.read(4) == b"\x1aE\xdf\xa3"
    live.publish(_frame(10))
    response.read()
    assert response.isclosed()


def test_closing_ends_every_stream() -> None:
    """A client is not left waiting for a camera that has gone."""
    live = LiveVideo()
    server = VideoServer(live, 0)
    live.publish(_frame(1))
    response = _connect(server)
    assert response.read(4) == b"\x1aE\xdf\xa3"
    server.close()
    response.read()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)


def test_other_paths_are_not_found(video: tuple[LiveVideo, VideoServer]) -> None:
    """The answer names the path there is."""
    connection = http.client.HTTPConnection("127.0.0.1", video[1].port, timeout=10)
    connection.request("GET", "/other")
    response = connection.getresponse()
    assert response.status == 404
    assert PATH in response.read().decode()
    connection.close()
