"""The live video: every client gets MJPEG in Matroska from the frame that is newest when it comes. Slow clients lose frames."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Protocol

from simulator.camera.matroska import cluster, head

logger = logging.getLogger(__name__)

PATH = "/video.mkv"
_WAITING_FRAMES = 3
_SEND_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A JPEG and when it was exposed, on the autopilot's clock."""

    time_boot_ms: int
    jpeg: bytes
    width_px: int
    height_px: int


class LiveVideo:
    """Hands each published frame to every client; never waits for any."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clients: set[Queue[Frame | None]] = set()
        self._newest: Frame | None = None
        self._closed = False
        self.dropped = 0

    @property
    def clients(self) -> int:
        """How many are watching."""
        with self._lock:
            return len(self._clients)

    def publish(self, frame: Frame) -> None:
        """Queues a frame for every client; one that is behind loses its oldest."""
        with self._lock:
            self._newest = frame
            for client in self._clients:
                self._offer(client, frame)

    def close(self) -> None:
        """Ends every client's stream."""
        with self._lock:
            self._closed = True
            for client in self._clients:
                self._offer(client, None)

    def _offer(self, client: "Queue[Frame | None]", frame: Frame | None) -> None:
        try:
            client.put_nowait(frame)
        except Full:
            self.dropped += 1
            with suppress(Empty):  # the client may just have taken one itself
                client.get_nowait()
            client.put_nowait(frame)

    @contextmanager
    def watch(self) -> Iterator["Queue[Frame | None]"]:
        """A client's queue, the newest frame already in it; None in it ends the stream."""
        client: Queue[Frame | None] = Queue(_WAITING_FRAMES)
        with self._lock:
            if self._closed:
                client.put_nowait(None)
            elif self._newest is not None:
                client.put_nowait(self._newest)
            self._clients.add(client)
        try:
            yield client
        finally:
            with self._lock:
                self._clients.discard(client)


class VideoServer:
    """Serves a LiveVideo over HTTP on the loopback interface."""

    def __init__(self, video: LiveVideo, port: int) -> None:
        self._video = video
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(video))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, name="video", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Ends all streams and frees the port."""
        self._video.close()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(video: LiveVideo) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SEND_TIMEOUT_S

        def do_GET(self) -> None:
            if self.path.split("?")[0] != PATH:
                self.send_error(404, f"the video is at {PATH}")
                return
            self.send_response(200)
            self.send_header("Content-Type", "video/x-matroska")
            self.end_headers()
            try:
                send(video, self.wfile)
            except OSError as error:
                logger.info("client %s has gone: %s", self.client_address, error)

        def log_message(self, format: str, *args: object) -> None:
            logger.debug(format, *args)

    return Handler


class _Writable(Protocol):
    def write(self, data: bytes, /) -> int: ...


def send(video: LiveVideo, out: _Writable) -> None:
    """Writes frames until the video ends or its clock runs back (a restarted autopilot). Raises OSError when `out` fails."""
    with video.watch() as frames:
        frame = _next(frames)
        if frame is None:
            return
        out.write(head(frame.width_px, frame.height_px))
        newest_ms = -1
        while frame is not None and frame.time_boot_ms > newest_ms:
            newest_ms = frame.time_boot_ms
            out.write(cluster(newest_ms, frame.jpeg))
            frame = _next(frames)


def _next(frames: "Queue[Frame | None]") -> Frame | None:
    while True:
        try:
            return frames.get(timeout=5.0)
        except Empty:
            continue
