"""Detection (one box in one frame), and Finding: one object in one flight, placed on the ground, with its proof."""

from typing import Annotated

from pydantic import Field

from missions.geometry import ErrorEllipse, GeoPoint, PixelBox
from missions.noun import Instant, Noun
from missions.telemetry import Pose

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Detection(Noun):
    """One object in one frame."""

    class_key: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    box: PixelBox


class ModelRef(Noun):
    """Which network saw it."""

    name: str
    version: str
    weights_sha256: Sha256
    calibrated: Annotated[bool, Field(description="its confidences are probabilities, not bare scores")] = False


class Finding(Noun):
    """One object seen in one flight. Immutable: it is raised once, when its track ends."""

    id: str
    flight_id: str
    drone_id: str
    route_id: str | None
    class_key: str
    category: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    review_below: Annotated[
        float | None, Field(ge=0, le=1, description="the model's threshold of the class: less confident ones wait for a person")
    ] = None
    position: GeoPoint
    ellipse: ErrorEllipse
    observations: Annotated[int, Field(ge=1, description="frames the object was seen in")]
    first_seen_at: Instant
    last_seen_at: Instant
    best_frame_pose: Pose
    best_frame_box: PixelBox
    best_frame_sha256: Sha256
    evidence_sha256: Sha256
    evidence_crop: Annotated[PixelBox | None, Field(description="the part of the best frame that the evidence shows")] = None
    people_evidence_sha256: Annotated[
        Sha256 | None, Field(description="a second picture, for those who may see people, where the category asks for them")
    ] = None
    model: ModelRef
    software_version: str
