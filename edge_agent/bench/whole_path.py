"""A contender: the agent's own camera, pipeline and outbox, on a video as fast as they take it.

python -m edge_agent.bench.whole_path FOOTAGE MODEL THREADS
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import cv2

from edge_agent.bench.footage import Footage, read_footage
from edge_agent.bench.passes import Pass, serve
from edge_agent.camera import Camera
from edge_agent.config import Accuracy, CameraSource, Model, Tracking
from edge_agent.detector import NetworkDetector
from edge_agent.evidence.masking import Masker
from edge_agent.evidence.proving import Origin, Prover
from edge_agent.outbox import Outbox
from edge_agent.pipeline import Pipeline, Stages, StageSettings
from edge_agent.ports import Observing
from edge_agent.telemetry import MovementHistory
from edge_agent.track import Provenance
from missions.evidence.keys import SigningKey

TIMEOUT_S = 600.0


class OneFlight:
    """The same flight's one leg at all times, until `over`."""

    def __init__(self, observing: Observing) -> None:
        self._observing = observing
        self.over = False

    def observing(self, time_boot_ms: float | None) -> Observing | None:
        """What is flown."""
        return None if self.over else self._observing


class WholePath:
    """One detector and one outbox for all passes, as in an agent; a flight, a camera and a pipeline a pass."""

    def __init__(self, footage: Footage, model: Model, directory: Path) -> None:
        self._footage = footage
        self._settings = StageSettings(model, Tracking(), Accuracy())
        self._detector = NetworkDetector.load(model)
        self._plan = footage.plan(dict.fromkeys(self._detector.classes, "bench"))
        self._outbox = Outbox(directory)
        self._prover = Prover(Origin("bench", self._detector.model, "bench"), SigningKey.generate(), Masker())
        self.passes = 0
        self.findings = 0

    def once(self) -> Pass:
        """Sees the whole video, and ends its tracks."""
        self.passes += 1
        flight = OneFlight(Observing(f"bench-{self.passes}", self._plan, 0))
        camera = Camera(CameraSource(source=str(self._footage.video), pace="file"), lambda _: None)
        pipeline = Pipeline(self._stages(camera, flight), self._settings)
        started = time.perf_counter()
        camera.start()
        pipeline.start()
        camera.wait_until_ended(TIMEOUT_S)
        camera.stop()
        pipeline.stop()
        flight.over = True
        pipeline.step(None)
        seconds = time.perf_counter() - started
        self._acknowledge()
        self.findings = pipeline.counts.findings
        return Pass(seconds=seconds, frames=pipeline.counts.processed, rss_mb=peak_rss_mb())

    def _stages(self, camera: Camera, flight: OneFlight) -> Stages:
        history = MovementHistory()
        self._footage.tell(history)
        provenance = Provenance(self._detector.model, "bench", self._detector.review_below)
        return Stages(camera, history, self._detector, self._outbox, flight, provenance, self._prover)

    def _acknowledge(self) -> None:
        """Empties the outbox, as the ground's answers do."""
        while waiting := self._outbox.waiting(100):
            for message in waiting:
                self._outbox.acknowledge(message.id)


def peak_rss_mb() -> float:
    """The most memory that this process has held, in megabytes of 10^6 bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(folder: str, reference: str, threads: str) -> None:
    """Serves passes until standard input ends."""
    cv2.setNumThreads(1)
    model = Model(reference=reference, threads=int(threads), max_frames_per_s=0)
    with tempfile.TemporaryDirectory() as directory:
        serve(WholePath(read_footage(Path(folder)), model, Path(directory)).once)


if __name__ == "__main__":
    main(*sys.argv[1:])
