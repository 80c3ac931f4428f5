"""The objects followed during one flight: sightings go in, and what is out of sight becomes a finding in the outbox."""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial

from edge_agent.config import Tracking
from edge_agent.evidence.crop import EvidenceError
from edge_agent.evidence.exposure import Exposure
from edge_agent.evidence.proving import Claim, Prover
from edge_agent.following import Following, Proof, Watch
from edge_agent.outbox import Outbox, StorageError
from edge_agent.ports import Frame, Observing
from edge_agent.track import BestFrame, Provenance, Sighting, Track, finding_of
from edge_agent.tracker import GroundTracker
from missions.aircraft import Camera
from missions.finding import Detection
from missions.geometry import LocalFrame
from missions.optics import Intrinsics

logger = logging.getLogger(__name__)


class FlightTracks:
    """Tracks of one flight, each written to the disk after every frame it is seen in."""

    def __init__(self, observing: Observing, tracking: Tracking, min_confidence: float, outbox: Outbox, prover: Prover) -> None:
        plan = observing.plan
        self.observing = observing
        self.plane = LocalFrame(plan.home)
        self._tracking = tracking
        self._outbox = outbox
        self._prover = prover
        watch = Watch(observing.flight_id, plan.drone_id, plan.home, plan.classes)
        tracker = GroundTracker[Sighting](tracking.margin_m, tracking.close_after_s, min_confidence)
        self._following = Following(watch, tracker)
        self._tracks = self._following.tracks
        self._unsaved: dict[int, Proof | None] = {}
        self.storage_failures = 0

    def follow(self, sightings: list[Sighting], frame: Frame, bystanders: Sequence[Detection] = ()) -> None:
        """Takes the sightings of a frame, and what else was seen in it that is to be masked."""
        changed = self._following.follow(sightings, frame.time_boot_ms / 1000.0, partial(self._prove, frame, tuple(bystanders)))
        for number, _, proof in changed:
            self._unsaved[number] = proof or self._unsaved.get(number)
        self._save()

    def _prove(self, frame: Frame, bystanders: tuple[Detection, ...], track_id: str, sighting: Sighting) -> Proof | None:
        """The proof of a sighting from its own frame; None for a sighting of an earlier frame, or where it cannot be cut."""
        if sighting.pose.time_boot_ms != frame.time_boot_ms:
            return None
        plan = self.observing.plan
        exposure = Exposure(frame.image, frame.at, sighting.pose, _lens(plan.camera, frame))
        asks_for_people = sighting.detection.class_key in plan.people_classes
        claim = Claim(track_id, self.observing.flight_id, sighting.detection, asks_for_people, bystanders)
        return cut_proof(self._prover, exposure, claim, sighting)

    def close_unseen(self, now_ms: float, provenance: Provenance) -> int:
        """Ends the tracks that are out of sight for long enough; gives how many findings came of them."""
        limit_ms = self._tracking.close_after_s * 1000.0
        ended = [number for number, track in self._tracks.items() if now_ms - track.last_seen_ms > limit_ms]
        return self._close(ended, provenance)

    def close_all(self, provenance: Provenance) -> int:
        """Ends every track; gives how many findings came of them."""
        return self._close(list(self._tracks), provenance)

    @property
    def open(self) -> int:
        """How many tracks have not ended, or could not yet be stored."""
        return len(self._tracks)

    def _save(self) -> None:
        """Writes what has changed; what the disk refuses is written with the next frame."""
        if not self._unsaved:
            return
        try:
            self._outbox.save_tracks((self._tracks[number], proof) for number, proof in self._unsaved.items())
        except StorageError:
            self.storage_failures += 1
            logger.exception("flight %s: %d tracks are not on disk yet", self.observing.flight_id, len(self._unsaved))
        else:
            self._unsaved.clear()

    def _close(self, numbers: Iterable[int], provenance: Provenance) -> int:
        findings = 0
        for number in numbers:
            try:
                if number in self._unsaved:
                    self._outbox.save_tracks([(self._tracks[number], self._unsaved[number])])
                    del self._unsaved[number]
                track, classes = self._tracks[number], self.observing.plan.classes
                findings += close_track(track, classes, self._tracking, provenance, self._outbox)
            except StorageError:
                self.storage_failures += 1
                logger.exception("flight %s: a finding waits for the disk", self.observing.flight_id)
            else:
                del self._tracks[number]
        return findings


def close_track(track: Track, classes: dict[str, str], tracking: Tracking, provenance: Provenance, outbox: Outbox) -> bool:
    """Makes a finding of a finished track and puts it into the outbox; False where it was seen too seldom to count."""
    finding = finding_of(track, classes, provenance) if track.frames >= tracking.min_frames else None
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


def cut_proof(prover: Prover, exposure: Exposure, claim: Claim, sighting: Sighting) -> Proof | None:
    """The proof of a sighting; None where its frame shows nothing there."""
    try:
        proven = prover.prove(exposure, claim)
    except EvidenceError as error:
        logger.warning("evidence left out: %s", error)
        return None
    with_people = proven.with_people
    best = BestFrame(
        pose=sighting.pose,
        box=sighting.detection.box,
        frame_sha256=proven.frame_sha256,
        evidence_sha256=proven.evidence.sha256,
        people_evidence_sha256=with_people.sha256 if with_people else None,
        evidence_crop=proven.crop,
        route_id=sighting.route_id,
        quality=sighting.quality,
    )
    return Proof(best, proven.evidence.jpeg, with_people.jpeg if with_people else None)


def _lens(planned: Camera, frame: Frame) -> Intrinsics:
    height, width = frame.image.shape[:2]
    return Intrinsics.of(planned).scaled(width, height)
