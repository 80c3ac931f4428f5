"""Frames of a video file by number, decoded forwards; what follows a break that cannot be decoded is said to be missing."""

from collections.abc import Iterator
from pathlib import Path

import av
import av.error
import numpy as np

from edge_agent.ports import Image
from missions.errors import InvalidInput

SEEK_AHEAD_S = 8.0
"""Frames further ahead than this are sought from the key frame before them, not decoded up to."""

LATE_FRAMES = 2.5
"""A frame that comes by more than this too late is another one: those before it are lost. Cameras skip one now and then."""


class VideoFrames:
    """One open video. `frames_per_s`, `size_px` (width, height) and `duration_s` (None: not told) are its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._container = _opened(path)
        if not self._container.streams.video:
            raise InvalidInput(str(path), "", "holds no video")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self.frames_per_s = float(self._stream.average_rate or self._stream.guessed_rate or 0) or 30.0
        self.size_px = (int(self._stream.width), int(self._stream.height))
        self.duration_s = _duration_s(self._container, self._stream)
        self._ends_s: float | None = None
        self._frames = self._decoded()
        self._reached_s = -1.0

    def read(self, number: int) -> Image:
        """Frame `number`, from 1; (height, width, 3), blue-green-red. Raises InvalidInput where it cannot be had."""
        wanted_s = (number - 1) / self.frames_per_s
        if self._ends_s is not None and wanted_s > self._ends_s:
            raise self._ended()
        if wanted_s <= self._reached_s or wanted_s > self._reached_s + SEEK_AHEAD_S:
            self._seek(wanted_s)
        for at_s, frame in self._frames:
            self._reached_s = at_s
            if at_s > wanted_s + LATE_FRAMES / self.frames_per_s:
                raise InvalidInput(str(self.path), "", f"is damaged: frames before {at_s:.1f} s are left out")
            if at_s >= wanted_s - 0.5 / self.frames_per_s:
                return np.ascontiguousarray(frame.to_ndarray(format="bgr24"))
        self._ends_s = max(self._reached_s, 0.0)
        raise self._ended()

    def close(self) -> None:
        """Closes the file."""
        self._container.close()

    def _ended(self) -> InvalidInput:
        told = f" of {self.duration_s:.1f} s" if self.duration_s is not None else ""
        return InvalidInput(
            str(self.path), "", f"cannot be decoded beyond {self._ends_s:.1f} s{told}; what follows is left out"
        )

    def _seek(self, time_s: float) -> None:
        self._container.seek(int(max(time_s, 0.0) * av.time_base), backward=True)
        self._frames, self._reached_s = self._decoded(), -1.0

    def _decoded(self) -> Iterator[tuple[float, av.VideoFrame]]:
        """Frames with their times; those that a damaged packet spoils are skipped up to the next key frame."""
        is_spoilt = False
        for packet in self._packets():
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                is_spoilt = True
                continue
            for frame in frames:
                is_spoilt = (is_spoilt or frame.is_corrupt) and not frame.key_frame
                if not is_spoilt and frame.time is not None:
                    yield float(frame.time), frame

    def _packets(self) -> Iterator[av.Packet]:
        packets = iter(self._container.demux(self._stream))
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.error.FFmpegError):
                return
            yield packet


def _opened(path: Path) -> av.container.InputContainer:
    try:
        return av.open(str(path))
    except (av.error.FFmpegError, OSError) as error:
        raise InvalidInput(str(path), "", f"cannot be opened as a video: {error}") from error


def _duration_s(container: av.container.InputContainer, stream: av.VideoStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration is not None else None
