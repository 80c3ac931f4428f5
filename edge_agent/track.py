"""One object followed over frames: what is kept of its sightings, and the Finding it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from pydantic import Field

from edge_agent.geolocate import combine
from missions.finding import Detection, Finding, ModelRef, Sha256
from missions.geometry import Array, ErrorEllipse, GeoPoint, LocalFrame, PixelBox
from missions.noun import Instant, Noun
from missions.telemetry import Pose


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object in one frame, placed. `xy_m`, `box_m` (x_min, y_min, x_max, y_max) and `covariance_m2` are in the flight's
    plane round its home. `quality` orders sightings by how well they show the object.
    """

    detection: Detection
    pose: Pose
    xy_m: Array
    box_m: Array
    covariance_m2: Array
    at: Instant
    route_id: str | None
    quality: float


class BestFrame(Noun):
    """The frame that shows the object best, and its proof."""

    pose: Pose
    box: PixelBox
    frame_sha256: Sha256
    evidence_sha256: Sha256
    evidence_crop: PixelBox | None = None
    people_evidence_sha256: Sha256 | None = None
    route_id: str | None
    quality: float


class ClassVotes(Noun):
    """How often a class was given, and the sum of its confidences."""

    frames: int = 0
    confidence: float = 0.0


class Track(Noun):
    """All that is known of an object so far, as sums, so that it stays small and survives on disk after each frame.

    `information` (n00, n01, n11) and `weighted` are the sums of the inverse covariances and of inverse covariance times
    position, in metres east and north of `home`.
    """

    id: str
    flight_id: str
    drone_id: str
    home: GeoPoint
    frames: Annotated[int, Field(ge=0)] = 0
    votes: dict[str, ClassVotes]
    information: tuple[float, float, float] = (0.0, 0.0, 0.0)
    weighted: tuple[float, float] = (0.0, 0.0)
    first_seen_at: Instant
    last_seen_at: Instant
    last_seen_ms: float
    best: BestFrame | None = None

    @property
    def class_key(self) -> str:
        """The class with the greatest sum of confidences."""
        return max(self.votes, key=lambda key: self.votes[key].confidence)

    def seen(self, sighting: Sighting, best: BestFrame | None) -> "Track":
        """The track with one more sighting, and `best` in place of its best frame where one is given."""
        weight = np.linalg.inv(sighting.covariance_m2)
        pulled = weight @ sighting.xy_m
        key, n = sighting.detection.class_key, self.information
        before = self.votes.get(key, ClassVotes())
        vote = ClassVotes(frames=before.frames + 1, confidence=before.confidence + sighting.detection.confidence)
        return self.model_copy(
            update={
                "frames": self.frames + 1,
                "votes": {**self.votes, key: vote},
                "information": (n[0] + weight[0, 0], n[1] + weight[0, 1], n[2] + weight[1, 1]),
                "weighted": (self.weighted[0] + pulled[0], self.weighted[1] + pulled[1]),
                "first_seen_at": min(self.first_seen_at, sighting.at),
                "last_seen_at": max(self.last_seen_at, sighting.at),
                "last_seen_ms": max(self.last_seen_ms, sighting.pose.time_boot_ms),
                "best": best or self.best,
            }
        )

    def place(self, floor_m: float) -> tuple[GeoPoint, ErrorEllipse]:
        """Where the object stands, from all its sightings."""
        n00, n01, n11 = self.information
        position, covariance = combine(np.array([[n00, n01], [n01, n11]]), np.array(self.weighted), floor_m)
        return LocalFrame(self.home).to_geo(float(position[0]), float(position[1])), ErrorEllipse.from_covariance(covariance)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What saw it. `review_below`: class -> confidence below which its findings wait for a person."""

    model: ModelRef
    software_version: str
    review_below: Mapping[str, float] = field(default_factory=dict)


def finding_of(track: Track, classes: dict[str, str], floor_m: float, provenance: Provenance) -> Finding | None:
    """The finding that a finished track becomes; None where nothing proves it. `classes` are the plan's.

    Its confidence is the mean confidence of its class, times that class's share of the frames: a flickering class counts less.
    Of a calibrated model that is a lower estimate of the probability that the object is there: no frame is counted as
    independent proof, as a false report is often repeated in the next frames.
    """
    if track.best is None or track.class_key not in classes:
        return None
    vote = track.votes[track.class_key]
    position, ellipse = track.place(floor_m)
    return Finding(
        id=track.id,
        flight_id=track.flight_id,
        drone_id=track.drone_id,
        route_id=track.best.route_id,
        class_key=track.class_key,
        category=classes[track.class_key],
        confidence=min(vote.confidence / vote.frames * (vote.frames / track.frames), 1.0),
        review_below=provenance.review_below.get(track.class_key),
        position=position,
        ellipse=ellipse,
        observations=track.frames,
        first_seen_at=track.first_seen_at,
        last_seen_at=track.last_seen_at,
        best_frame_pose=track.best.pose,
        best_frame_box=track.best.box,
        best_frame_sha256=track.best.frame_sha256,
        evidence_sha256=track.best.evidence_sha256,
        evidence_crop=track.best.evidence_crop,
        people_evidence_sha256=track.best.people_evidence_sha256,
        model=provenance.model,
        software_version=provenance.software_version,
    )
