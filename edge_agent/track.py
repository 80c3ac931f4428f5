"""One object followed over frames: what is kept of its sightings, and the Finding it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, model_validator

from edge_agent.placement.views import Bearing, Bearings, Combined, bearing_of_sums
from missions.finding import Detection, Finding, ModelRef, Sha256
from missions.geometry import Array, ErrorEllipse, GeoPoint, LocalFrame, PixelBox
from missions.noun import Instant, Noun
from missions.telemetry import Pose


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object in one frame, placed. `bearing` and `box_m` (x_min, y_min, x_max, y_max) are in the flight's plane round its
    home. `quality` orders sightings by how well they show the object.
    """

    detection: Detection
    pose: Pose
    bearing: Bearing
    box_m: Array
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
    """All that is known of an object so far, small, so that it survives on disk after each frame.

    `bearings` are in metres east and north of `home`.
    """

    id: str
    flight_id: str
    drone_id: str
    home: GeoPoint
    frames: Annotated[int, Field(ge=0)] = 0
    votes: dict[str, ClassVotes]
    bearings: Bearings = Bearings()
    first_seen_at: Instant
    last_seen_at: Instant
    last_seen_ms: float
    best: BestFrame | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_older(cls, data: Any) -> Any:
        """Tracks that an older version left on the disk kept sums over their places alone."""
        if isinstance(data, dict) and "bearings" not in data and "information" in data:
            return {**data, "bearings": {"kept": (bearing_of_sums(data["information"], data["weighted"]),), "seen": 1}}
        return data

    @property
    def class_key(self) -> str:
        """The class with the greatest sum of confidences."""
        return max(self.votes, key=lambda key: self.votes[key].confidence)

    def seen(self, sighting: Sighting, best: BestFrame | None) -> "Track":
        """The track with one more sighting, and `best` in place of its best frame where one is given."""
        key = sighting.detection.class_key
        before = self.votes.get(key, ClassVotes())
        vote = ClassVotes(frames=before.frames + 1, confidence=before.confidence + sighting.detection.confidence)
        return self.model_copy(
            update={
                "frames": self.frames + 1,
                "votes": {**self.votes, key: vote},
                "bearings": self.bearings.with_view(sighting.bearing),
                "first_seen_at": min(self.first_seen_at, sighting.at),
                "last_seen_at": max(self.last_seen_at, sighting.at),
                "last_seen_ms": max(self.last_seen_ms, sighting.pose.time_boot_ms),
                "best": best or self.best,
            }
        )

    def place(self) -> Combined:
        """Where the object stands, from all its sightings."""
        return self.bearings.combined()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What saw it. `review_below`: class -> confidence below which its findings wait for a person."""

    model: ModelRef
    software_version: str
    review_below: Mapping[str, float] = field(default_factory=dict)


def finding_of(track: Track, classes: dict[str, str], provenance: Provenance) -> Finding | None:
    """The finding that a finished track becomes; None where nothing proves it. `classes` are the plan's.

    Its confidence is the mean confidence of its class, times that class's share of the frames: a flickering class counts less.
    Of a calibrated model that is a lower estimate of the probability that the object is there: no frame is counted as
    independent proof, as a false report is often repeated in the next frames.
    """
    if track.best is None or track.class_key not in classes:
        return None
    vote = track.votes[track.class_key]
    place = track.place()
    east_m, north_m = place.xy_m.tolist()
    return Finding(
        id=track.id,
        flight_id=track.flight_id,
        drone_id=track.drone_id,
        route_id=track.best.route_id,
        class_key=track.class_key,
        category=classes[track.class_key],
        confidence=min(vote.confidence / vote.frames * (vote.frames / track.frames), 1.0),
        review_below=provenance.review_below.get(track.class_key),
        position=LocalFrame(track.home).to_geo(east_m, north_m),
        ellipse=ErrorEllipse.from_covariance(place.covariance_m2),
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
