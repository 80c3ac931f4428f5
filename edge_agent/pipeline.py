"""From frame to finding: frame -> pose -> detections -> places on the ground -> tracks -> outbox."""

import logging
import threading
import time
from dataclasses import dataclass

from edge_agent.config import Accuracy, Model, Tracking
from edge_agent.flight_tracks import FlightTracks, close_track
from edge_agent.outbox import Outbox
from edge_agent.placing import View, camera_of, place
from edge_agent.ports import Detector, FlightView, Frame, FrameSource
from edge_agent.telemetry import MovementHistory, NoPose
from edge_agent.track import Provenance

logger = logging.getLogger(__name__)

FRAME_WAIT_S = 0.5
POSE_WAIT_S = 2.0


@dataclass(frozen=True, slots=True)
class StageSettings:
    """The settings of the stages."""

    model: Model
    tracking: Tracking
    accuracy: Accuracy


@dataclass(frozen=True, slots=True)
class Stages:
    """What the pipeline is made of."""

    source: FrameSource
    history: MovementHistory
    detector: Detector
    outbox: Outbox
    view: FlightView
    provenance: Provenance


@dataclass(slots=True)
class Counts:
    """What became of frames."""

    processed: int = 0
    without_pose: int = 0
    failed: int = 0
    findings: int = 0


class Pipeline:
    """Looks at frames, in one thread of its own from `start` to `stop`."""

    def __init__(self, stages: Stages, settings: StageSettings) -> None:
        self._stages = stages
        self._settings = settings
        self._tracks: FlightTracks | None = None
        self._ended: list[FlightTracks] = []
        self._next_look_s = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pipeline", daemon=True)
        self.counts = Counts()
        self.last_failure = ""

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the present frame; open tracks stay on disk for the next start."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stopping.is_set():
            frame = self._stages.source.next(FRAME_WAIT_S)
            try:
                self.step(frame)
            except Exception as error:  # the outermost loop: one bad frame must not end the watch
                self.counts.failed += 1
                self.last_failure = str(error)
                logger.exception("pipeline: the frame at %s ms failed", frame.time_boot_ms if frame else None)

    def step(self, frame: Frame | None) -> None:
        """Looks at one frame (None: none came), and ends what has ended."""
        self._change_flight()
        self._retry_ended()
        if frame is None or self._tracks is None or time.monotonic() < self._next_look_s:
            return
        self._next_look_s = time.monotonic() + 1.0 / self._settings.model.max_frames_per_s
        self.counts.findings += self._tracks.close_unseen(frame.time_boot_ms, self._settings.accuracy, self._stages.provenance)
        seen = self._view_of(frame, self._tracks)
        if seen is None:
            return
        wanted = frozenset(self._tracks.observing.plan.classes)
        detections = self._stages.detector.detect(frame.image, wanted)
        sightings = place(detections, seen, self._settings.accuracy)
        self._tracks.follow(sightings, frame)
        self.counts.processed += 1

    def close_tracks_of_earlier_session(self, classes: dict[str, str]) -> int:
        """Makes findings of the tracks that an earlier process left open; gives how many."""
        tracking, accuracy = self._settings.tracking, self._settings.accuracy
        provenance, outbox = self._stages.provenance, self._stages.outbox
        tracks = outbox.open_tracks()
        return sum(close_track(track, classes, tracking, accuracy, provenance, outbox) for track in tracks)

    def _view_of(self, frame: Frame, tracks: FlightTracks) -> View | None:
        """The frame with its pose; None where it has none, is of no leg (the camera is then pointed at nothing in particular),
        or was taken near the ground.
        """
        observing = self._stages.view.observing(frame.time_boot_ms)
        if observing is None or observing.leg_index is None or observing.flight_id != tracks.observing.flight_id:
            return None
        pose = self._stages.history.pose_at(frame.time_boot_ms, observing.camera_pitch_deg, POSE_WAIT_S)
        if isinstance(pose, NoPose):
            self.counts.without_pose += 1
            logger.warning("pipeline: the frame at %.0f ms is left out: %s", frame.time_boot_ms, pose.reason)
            return None
        if pose.height_m < self._settings.tracking.min_height_m:
            return None
        return View(frame, pose, camera_of(frame, observing.plan.camera), tracks.plane, observing.route_id)

    def _change_flight(self) -> None:
        """Ends the tracks of a flight that is observed no more, and gets ready for the next."""
        now = self._stages.view.observing(None)
        held = self._tracks
        if held is not None and (now is None or now.flight_id != held.observing.flight_id):
            self._ended.append(held)
            self._tracks = held = None
        if now is not None and held is None:
            model, tracking = self._settings.model, self._settings.tracking
            self._tracks = FlightTracks(now, tracking, model.min_confidence, self._stages.outbox)

    def _retry_ended(self) -> None:
        """Closes what is left of flights that ended; again and again while the disk refuses."""
        for tracks in self._ended:
            self.counts.findings += tracks.close_all(self._settings.accuracy, self._stages.provenance)
        self._ended = [tracks for tracks in self._ended if tracks.open]
