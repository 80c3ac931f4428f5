"""From frame to finding: frame -> pose -> detections -> places on the ground -> tracks -> outbox.

While one thread looks at a frame, another follows what was seen in the one before; the camera decodes the next in a third.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from edge_agent.config import Accuracy, Model, Tracking
from edge_agent.evidence.proving import Prover
from edge_agent.flight_tracks import FlightTracks, close_track
from edge_agent.looking import Eyes, Look, Looking, Scene
from edge_agent.outbox import Outbox
from edge_agent.placement.boresight import Boresight
from edge_agent.placing import place
from edge_agent.ports import Detector, FlightView, Frame, FrameSource
from edge_agent.survey import Survey
from edge_agent.telemetry import MovementHistory
from edge_agent.track import Provenance
from edge_agent.visibility import visibility_of
from missions.flight import GroundSeen

logger = logging.getLogger(__name__)

FRAME_WAIT_S = 0.5
STOP_WITHIN_S = 10.0

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class StageSettings:
    """The settings of the stages."""

    model: Model
    tracking: Tracking
    accuracy: Accuracy
    boresight: Boresight | None = None


@dataclass(frozen=True, slots=True)
class Stages:
    """What the pipeline is made of."""

    source: FrameSource
    history: MovementHistory
    detector: Detector
    outbox: Outbox
    view: FlightView
    provenance: Provenance
    prover: Prover


@dataclass(slots=True)
class Counts:
    """What became of frames."""

    processed: int = 0
    not_seen: int = 0
    private: int = 0
    failed: int = 0
    findings: int = 0


class Pipeline:
    """Looks at frames and follows what is in them, in threads of its own from `start` to `stop`."""

    def __init__(self, stages: Stages, settings: StageSettings) -> None:
        self._stages = stages
        self._settings = settings
        eyes = Eyes(stages.history, stages.detector, stages.view, settings.accuracy.of_pose(), settings.boresight)
        self._looking = Looking(eyes, settings.model, settings.tracking)
        self._looks: queue.Queue[Look | None] = queue.Queue(maxsize=1)
        self._tracks: FlightTracks | None = None
        self._ended: list[FlightTracks] = []
        self._survey: Survey | None = None
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=run, name=name, daemon=True)
            for run, name in ((self._look_on, "looking"), (self._follow_on, "following"))
        ]
        self._failing = threading.Lock()
        self.counts = Counts()
        self.last_failure = ""

    @property
    def without_pose(self) -> int:
        """Frames left out for want of a pose."""
        return self._looking.without_pose

    def ground_seen(self, flight_id: str) -> GroundSeen | None:
        """What the frames of a flight showed by now; None unless it is the last one that was observed. From any thread."""
        survey = self._survey
        return survey.sum() if survey is not None and survey.flight_id == flight_id else None

    def start(self) -> None:
        """Begins to look."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends after the frames under way; open tracks stay on disk for the next start."""
        self._stopping.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=STOP_WITHIN_S)
        self._looking.close()

    def step(self, frame: Frame | None) -> None:
        """Looks at one frame (None: none came) and follows what is in it, without threads."""
        self._follow(self._looking.look(frame))

    def close_tracks_of_earlier_session(self, classes: dict[str, str]) -> int:
        """Makes findings of the tracks that an earlier process left open; gives how many."""
        tracking = self._settings.tracking
        provenance, outbox = self._stages.provenance, self._stages.outbox
        tracks = outbox.open_tracks()
        return sum(close_track(track, classes, tracking, provenance, outbox) for track in tracks)

    def _look_on(self) -> None:
        while not self._stopping.is_set():
            frame = self._stages.source.next(FRAME_WAIT_S)
            look = self._guarded(self._looking.look, frame, frame.time_boot_ms if frame else None)
            self._looks.put(look or Look())
        self._looks.put(None)

    def _follow_on(self) -> None:
        while (look := self._looks.get()) is not None:
            self._guarded(self._follow, look, look.time_boot_ms)

    def _guarded(self, work: Callable[[T], R], given: T, time_boot_ms: float | None) -> R | None:
        """What `work` gives; None where it failed: one bad frame must not end the watch."""
        try:
            return work(given)
        except Exception as error:  # the outermost loop of either thread
            with self._failing:
                self.counts.failed += 1
                self.last_failure = str(error)
            logger.exception("pipeline: the frame at %s ms failed", time_boot_ms)
            return None

    def _follow(self, look: Look) -> None:
        """Follows what was seen, and ends what has ended."""
        self._change_flight()
        self._retry_ended()
        if look.time_boot_ms is None or self._tracks is None:
            return
        self.counts.findings += self._tracks.close_unseen(look.time_boot_ms, self._stages.provenance)
        if look.private_of is not None and look.private_of == self._tracks.observing.flight_id:
            self._pass_over()
        scene = look.scene.result() if look.scene else None
        if scene is not None and scene.flight_id == self._tracks.observing.flight_id:
            self._take(scene, self._tracks)

    def _take(self, scene: Scene, tracks: FlightTracks) -> None:
        """A frame that shows nothing is counted, and what the network makes of it passed over."""
        unseen = visibility_of(scene.view.frame.image).unseen()
        if self._survey is not None:
            self._survey.take(scene.view, is_seen=unseen is None)
        if unseen is not None:
            self.counts.not_seen += 1
            return
        sightings = place(scene.seen.detections, scene.view, self._settings.accuracy.max_error_m)
        tracks.follow(sightings, scene.view.frame, scene.seen.auxiliary)
        self.counts.processed += 1

    def _pass_over(self) -> None:
        """A frame that shows private ground: it is counted."""
        self.counts.private += 1
        if self._survey is not None:
            self._survey.pass_over()

    def _change_flight(self) -> None:
        """Ends the tracks of a flight that is observed no more, and gets ready for the next."""
        now = self._stages.view.observing(None)
        held = self._tracks
        if held is not None and (now is None or now.flight_id != held.observing.flight_id):
            self._ended.append(held)
            self._tracks = held = None
        if now is not None and held is None:
            self._begin_survey(now.flight_id)
            model, tracking = self._settings.model, self._settings.tracking
            self._tracks = FlightTracks(now, tracking, model.min_confidence, self._stages.outbox, self._stages.prover)

    def _begin_survey(self, flight_id: str) -> None:
        """A flight that was only held, and goes on, keeps its own."""
        if self._survey is None or self._survey.flight_id != flight_id:
            self._survey = Survey(flight_id, self._settings.accuracy.max_error_m)

    def _retry_ended(self) -> None:
        """Closes what is left of flights that ended; again and again while the disk refuses."""
        for tracks in self._ended:
            self.counts.findings += tracks.close_all(self._stages.provenance)
        self._ended = [tracks for tracks in self._ended if tracks.open]
