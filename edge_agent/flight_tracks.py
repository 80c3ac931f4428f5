"""The objects followed during one flight: sightings go in, and what is out of sight becomes a finding in the outbox."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from edge_agent.config import Accuracy, Tracking
from edge_agent.evidence import EvidenceError, cut_evidence, frame_sha256
from edge_agent.following import Following, Proof, Watch
from edge_agent.outbox import Outbox, StorageError
from edge_agent.ports import Frame, Observing
from edge_agent.track import BestFrame, Provenance, Sighting, Track, finding_of
from edge_agent.tracker import GroundTracker
from missions.geometry import LocalFrame

logger = logging.getLogger(__name__)


class FlightTracks:
    """Tracks of one flight, each written to the disk after every frame it is seen in."""

    def __init__(self, observing: Observing, tracking: Tracking, min_confidence: float, outbox: Outbox) -> None:
        plan = observing.plan
        self.observing = observing
        self.plane = LocalFrame(plan.home)
        self._tracking = tracking
        self._outbox = outbox
        watch = Watch(observing.flight_id, plan.drone_id, plan.home, plan.classes)
        tracker = GroundTracker[Sighting](tracking.margin_m, tracking.close_after_s, min_confidence)
        self._following = Following(watch, tracker)
        self._tracks = self._following.tracks
        self._unsaved: dict[int, bytes | None] = {}
        self.storage_failures = 0

    def follow(self, sightings: list[Sighting], frame: Frame) -> None:
        """Takes the sightings of a frame."""
        changed = self._following.follow(sightings, frame.time_boot_ms / 1000.0, lambda sighting: cut_proof(sighting, frame))
        for number, _, jpeg in changed:
            self._unsaved[number] = jpeg or self._unsaved.get(number)
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


def cut_proof(sighting: Sighting, frame: Frame) -> Proof | None:
    """The proof of a sighting from its own frame; None for a sighting of an earlier frame, or where it cannot be cut."""
    if sighting.pose.time_boot_ms != frame.time_boot_ms:
        return None
    box = sighting.detection.box
    try:
        evidence = cut_evidence(frame.image, box)
    except EvidenceError as error:
        logger.warning("evidence left out: %s", error)
        return None
    best = BestFrame(
        pose=sighting.pose,
        box=box,
        frame_sha256=frame_sha256(frame.image),
        evidence_sha256=evidence.sha256,
        evidence_crop=evidence.crop,
        route_id=sighting.route_id,
        quality=sighting.quality,
    )
    return Proof(best, evidence.jpeg)
