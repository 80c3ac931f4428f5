"""What an aircraft signs of a picture: where it comes from, what saw it, and what was made unrecognisable in it."""

from typing import Annotated, Literal

from pydantic import Field

from missions.finding import Detection, ModelRef, Sha256
from missions.geometry import PixelBox
from missions.noun import Instant, Noun
from missions.telemetry import Pose


class Crop(Noun):
    """The part of the frame that the picture shows, in the frame's pixels, and the picture's own size."""

    window: PixelBox
    frame_width_px: Annotated[int, Field(gt=0)]
    frame_height_px: Annotated[int, Field(gt=0)]
    width_px: Annotated[int, Field(gt=0)]
    height_px: Annotated[int, Field(gt=0)]

    @property
    def scale(self) -> float:
        """Pixels of the picture to one of the frame."""
        return self.width_px / (self.window.x_max - self.window.x_min)


class MaskedRegion(Noun):
    """A part of the picture that was made unrecognisable, in the picture's pixels, and why ("person", "surroundings")."""

    box: PixelBox
    why: str
    confidence: Annotated[float | None, Field(ge=0, le=1, description="the network's; None: no network asked for it")] = None


class Mask(Noun):
    """What was done for the privacy of people.

    `rule` says in words why something, or nothing, was masked. `shows_people`: the category asks for them, so that the
    picture is only for those who may see people.
    """

    rule: str
    ground_cm_per_px: Annotated[float | None, Field(gt=0, description="finest in the picture; None: unknown")] = None
    looked_for: Annotated[tuple[str, ...], Field(description="classes that were looked for")] = ()
    regions: tuple[MaskedRegion, ...] = ()
    shows_people: bool = False


class EvidenceRecord(Noun):
    """One picture's record. `picture_sha256` is that of the file without the record; `key_id` that of the public key."""

    format: Literal["oneflight-evidence-1"] = "oneflight-evidence-1"
    finding_id: str
    flight_id: str | None
    aircraft_id: Annotated[str, Field(description="the drone, or the machine that looked through material of others")]
    key_id: Sha256
    taken_at: Annotated[Instant | None, Field(description="None: the material does not say")]
    pose: Annotated[Pose | None, Field(description="None: the material does not say")]
    frame_sha256: Sha256
    picture_sha256: Sha256
    crop: Crop
    seen: Annotated[Detection, Field(description="in this frame; the box in the frame's pixels")]
    model: ModelRef
    software_version: str
    mask: Mask
