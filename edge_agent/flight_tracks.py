"""The objects followed during one flight: sightings go in, and what is out of sight becomes a finding in the outbox."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np

from edge_agent.config import Accuracy, Tracking
from edge_agent.evidence import EvidenceError, cut_evidence, frame_sha256
from edge_agent.outbox import Outbox, StorageError
from edge_agent.ports import Frame, Observing
from edge_agent.track import BestFrame, Provenance, Sighting, Track, finding_of
from edge_agent.tracker import GroundTracker
from missions.geometry import LocalFrame
from missions.noun import new_id

logger = logging.getLogger(__name__)

BETTER = 1.1
"""A frame replaces the best one when it is better by this factor: each replacement costs a JPEG and a write."""


class FlightTracks:
    """Tracks of one flight, each written to the disk after every frame it is seen in."""

    def __init__(self, observing: Observing, tracking: Tracking, min_confidence: float, outbox: Outbox) -> None:
        self.observing = observing
        self.plane = LocalFrame(observing.plan.home)
        self._tracking = tracking
        self._outbox = outbox
        self._tracker = GroundTracker[Sighting](tracking.margin_m, tracking.close_after_s, min_confidence)
        self._tracks: dict[int, Track] = {}
        self._unsaved: dict[int, bytes | None] = {}
        self.storage_failures = 0

    def follow(self, sightings: list[Sighting], frame: Frame) -> None:
        """Takes the sightings of a frame."""
        boxes = np.array([sighting.box_m for sighting in sightings]).reshape(-1, 4)
        confidences = np.array([sighting.detection.confidence for sighting in sightings])
        for number, sighting in self._tracker.update(boxes, confidences, sightings, frame.time_boot_ms / 1000.0):
            self._see(number, sighting, frame)
        self._save()

    def close_unseen(self, now_ms: float, accuracy: Accuracy, provenance: Provenance) -> int:
        """Ends the tracks that are out of sight for long enough; gives how many findings came of them."""
        limit_ms = self._tracking.close_after_s * 1000.0
        ended = [number for number, track in self._tracks.items() if now_ms - track.last_seen_ms > limit_ms]
        return self._close(ended, accuracy, provenance)

    def close_all(self, accuracy: Accuracy, provenance: Provenance) -> int:
        """Ends every track; gives how many findings came of them."""
        return self._close(list(self._tracks), accuracy, provenance)

    @property
    def open(self) -> int:
        """How many tracks have not ended, or could not yet be stored."""
        return len(self._tracks)

    def _see(self, number: int, sighting: Sighting, frame: Frame) -> None:
        track = self._tracks.get(number) or self._new_track(sighting)
        best, jpeg = None, None
        is_of_frame = sighting.pose.time_boot_ms == frame.time_boot_ms
        if is_of_frame and (track.best is None or sighting.quality > BETTER * track.best.quality):
            best, jpeg = _best_frame(sighting, frame)
        self._tracks[number] = track.seen(sighting, best)
        self._unsaved[number] = jpeg or self._unsaved.get(number)

    def _new_track(self, sighting: Sighting) -> Track:
        return Track(
            id=new_id(),
            flight_id=self.observing.flight_id,
            drone_id=self.observing.plan.drone_id,
            home=self.observing.plan.home,
            votes={},
            first_seen_at=sighting.at,
            last_seen_at=sighting.at,
            last_seen_ms=sighting.pose.time_boot_ms,
        )

    def _save(self) -> None:
        """Writes what has changed; what the disk refuses is written with the next frame."""
        if not self._unsaved:
            return
        try:
            self._outbox.save_tracks((self._tracks[number], jpeg) for number, jpeg in self._unsaved.items())
        except StorageError:
            self.storage_failures += 1
            logger.exception("flight %s: %d tracks are not on disk yet", self.observing.flight_id, len(self._unsaved))
        else:
            self._unsaved.clear()

    def _close(self, numbers: Iterable[int], accuracy: Accuracy, provenance: Provenance) -> int:
        findings = 0
        for number in numbers:
            try:
                if number in self._unsaved:
                    self._outbox.save_tracks([(self._tracks[number], self._unsaved[number])])
                    del self._unsaved[number]
                track, classes = self._tracks[number], self.observing.plan.classes
                findings += close_track(track, classes, self._tracking, accuracy, provenance, self._outbox)
            except StorageError:
                self.storage_failures += 1
                logger.exception("flight %s: a finding waits for the disk", self.observing.flight_id)
            else:
                del self._tracks[number]
        return findings


def close_track(
    track: Track, classes: dict[str, str], tracking: Tracking, accuracy: Accuracy, provenance: Provenance, outbox: Outbox
) -> bool:
    """Makes a finding of a finished track and puts it into the outbox; False where it was seen too seldom to count."""
    finding = finding_of(track, classes, accuracy.floor_m, provenance) if track.frames >= tracking.min_frames else None
    outbox.close_track(track.id, finding, datetime.now(UTC))
    if finding is not None:
        logger.info(
            "finding %s: %s at %.6f, %.6f, %.0f %%, seen in %d frames",
            finding.id,
            finding.class_key,
            finding.position.lat_deg,
            finding.position.lon_deg,
            100 * finding.confidence,
            finding.observations,
        )
    return finding is not None


def _best_frame(sighting: Sighting, frame: Frame) -> tuple[BestFrame | None, bytes | None]:
    box = sighting.detection.box
    try:
        evidence = cut_evidence(frame.image, box)
    except EvidenceError as error:
        logger.warning("evidence left out: %s", error)
        return None, None
    best = BestFrame(
        pose=sighting.pose,
        box=box,
        frame_sha256=frame_sha256(frame.image),
        evidence_sha256=evidence.sha256,
        route_id=sighting.route_id,
        quality=sighting.quality,
    )
    return best, evidence.jpeg
