"""A contender: the network's runtime alone, on frames that are decoded already.

python -m edge_agent.bench.bare FOOTAGE MODEL THREADS
"""

import sys
import time
from pathlib import Path

import cv2

from edge_agent.bench.footage import Footage, read_footage
from edge_agent.bench.passes import Pass, serve
from edge_agent.bench.whole_path import peak_rss_mb
from edge_agent.camera import open_capture
from edge_agent.detector import AUXILIARY_MIN_CONFIDENCE
from models.letterbox import Picture
from models.registry import load
from models.runtime import RuntimeSettings

KEPT = 24
"""Frames held in memory, spread over the video; a pass shows them again and again, as many as the video has."""


class Bare:
    """The runtime, and frames."""

    def __init__(self, footage: Footage, reference: str, threads: int) -> None:
        self._runtime = load(reference, RuntimeSettings(threads=threads, min_score=AUXILIARY_MIN_CONFIDENCE)).runtime
        self._frames = len(footage.poses)
        self._kept = _spread(footage.video, self._frames)

    def once(self) -> Pass:
        """As many frames as the video has, from picture to boxes."""
        started = time.perf_counter()
        for number in range(self._frames):
            self._runtime.infer(self._kept[number % len(self._kept)])
        return Pass(seconds=time.perf_counter() - started, frames=self._frames, rss_mb=peak_rss_mb())


def _spread(video: Path, frames: int) -> list[Picture]:
    capture = open_capture(str(video))
    every, kept = max(1, frames // KEPT), []
    for number in range(frames):
        got, image = capture.read()
        if got and number % every == 0:
            kept.append(image)
    capture.release()
    return kept  # type: ignore[return-value]  # OpenCV's stubs do not tell 8 bits


def main(folder: str, reference: str, threads: str) -> None:
    """Serves passes until standard input ends."""
    cv2.setNumThreads(1)
    serve(Bare(read_footage(Path(folder)), reference, int(threads)).once)


if __name__ == "__main__":
    main(*sys.argv[1:])
