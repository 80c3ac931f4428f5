"""Frames from anything OpenCV reads. A thread keeps the newest few; a source that ends or breaks is opened again.

A file to be seen whole (`pace` of file) is read once, and waits for whoever takes its frames.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

import cv2
import numpy as np

from edge_agent.config import CameraSource
from edge_agent.ports import Frame

logger = logging.getLogger(__name__)

REOPEN_AFTER_S = (0.5, 1.0, 2.0, 5.0)
"""Pauses before a source is opened again; the last one repeats."""

OPEN_TIMEOUT_MS = 5000
READ_TIMEOUT_MS = 5000

FFMPEG_OPTIONS = "rtsp_transport;tcp|fpsprobesize;0"
"""Without the second, FFmpeg waits for 20 frames to guess a frame rate before it gives the first. The first is OpenCV's own."""


class Camera:
    """Reads a source in its own thread from `start` to `stop`.

    `boot_ms_at` gives the autopilot's clock at a monotonic time, for sources without a clock of their own.
    """

    def __init__(self, settings: CameraSource, boot_ms_at: Callable[[float], float | None]) -> None:
        self._settings = settings
        self._boot_ms_at = boot_ms_at
        self._frames: deque[Frame] = deque(maxlen=settings.queue)
        self._arrived = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._last_frame_s: float | None = None
        self._is_at_end = False
        self.dropped = 0
        self.broken = 0

    def start(self) -> None:
        """Begins to read."""
        if self._settings.source is not None:
            self._thread.start()

    def stop(self) -> None:
        """Ends reading; waits for the thread, which a hanging source may delay by READ_TIMEOUT_MS."""
        self._stopping.set()
        with self._arrived:
            self._arrived.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=READ_TIMEOUT_MS / 1000 + 1)

    def next(self, timeout_s: float) -> Frame | None:
        """The oldest frame waiting; None where none comes in time."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._frames or self._stopping.is_set(), timeout_s)
            frame = self._frames.popleft() if self._frames else None
            self._arrived.notify_all()
            return frame

    def wait_until_ended(self, timeout_s: float) -> bool:
        """Whether a source that is read once has, by then, given its last frame and somebody has taken it."""
        with self._arrived:
            return self._arrived.wait_for(lambda: self._is_at_end and not self._frames, timeout_s)

    def silent_for_s(self) -> float | None:
        """Seconds since the last frame; None where there was none yet."""
        return None if self._last_frame_s is None else time.monotonic() - self._last_frame_s

    def _run(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            frames = self._read_until_it_ends()
            if self._stopping.is_set() or self._settings.pace == "file":
                break
            attempt = 0 if frames else attempt + 1
            pause_s = REOPEN_AFTER_S[min(attempt, len(REOPEN_AFTER_S) - 1)]
            logger.warning("camera: %s gave %d frames and ended; opened again in %g s", self._settings.source, frames, pause_s)
            self._stopping.wait(pause_s)
        with self._arrived:
            self._is_at_end = True
            self._arrived.notify_all()

    def _read_until_it_ends(self) -> int:
        """How many frames came."""
        capture = open_capture(self._settings.source or "")
        frames = 0
        try:
            while not self._stopping.is_set():
                try:
                    got, image = capture.read()
                except cv2.error as error:
                    self.broken += 1
                    logger.warning("camera: a frame of %s cannot be decoded: %s", self._settings.source, error)
                    continue
                if not got:
                    return frames
                frames += 1
                self._take(capture, image)
        finally:
            capture.release()
        return frames

    def _take(self, capture: cv2.VideoCapture, image: object) -> None:
        arrived_s, at = time.monotonic(), datetime.now(UTC)
        time_boot_ms = self._frame_time_ms(capture, arrived_s)
        if not isinstance(image, np.ndarray) or image.ndim != 3 or image.shape[2] != 3 or time_boot_ms is None:
            self.broken += 1
            return
        with self._arrived:
            self._last_frame_s = arrived_s
            if self._settings.pace == "file":
                self._arrived.wait_for(lambda: len(self._frames) < self._settings.queue or self._stopping.is_set())
            if len(self._frames) == self._frames.maxlen:
                self.dropped += 1
            self._frames.append(Frame(image.astype(np.uint8, copy=False), time_boot_ms, at))
            self._arrived.notify_all()

    def _frame_time_ms(self, capture: cv2.VideoCapture, arrived_s: float) -> float | None:
        """Exposure on the autopilot's clock (docs/architecture.md, Video)."""
        if self._settings.frame_time == "arrival":
            return self._boot_ms_at(arrived_s - self._settings.latency_s)
        rate = capture.get(cv2.CAP_PROP_FPS)
        return capture.get(cv2.CAP_PROP_PTS) * 1000.0 / rate if rate > 0 else None


def open_capture(source: str) -> cv2.VideoCapture:
    """The source opened: a number is a device, anything else a file or URL. It may not be open: the first read tells."""
    if source.isdecimal():
        return cv2.VideoCapture(int(source))
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", FFMPEG_OPTIONS)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS]
    return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
