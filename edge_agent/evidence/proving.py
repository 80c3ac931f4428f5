"""From a frame and what was seen in it to evidence: cut, mask, encode, sign. Live flights and inspections of files use this."""

import hashlib
from dataclasses import dataclass

from edge_agent.evidence.crop import crop_around, cut, frame_sha256, moved_into
from edge_agent.evidence.encoding import encode, fitted
from edge_agent.evidence.exposure import Exposure
from edge_agent.evidence.masking import Masked, Masker, Shown
from missions.evidence.keys import SigningKey
from missions.evidence.record import Crop, EvidenceRecord, Mask, MaskedRegion
from missions.evidence.sealing import seal
from missions.finding import Detection, ModelRef
from missions.geometry import PixelBox

MAX_BYTES = 60_000
"""An MQTT message of evidence, the record in it, stays below 64 KiB."""

_RECORD_BYTES = 4_000
_REGION_BYTES = 200
_PENDING = "0" * 64
"""In place of the hashes that `seal` fills in."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A JPEG and its name."""

    sha256: str
    jpeg: bytes

    @classmethod
    def of(cls, jpeg: bytes) -> "Evidence":
        """Named by its SHA-256."""
        return cls(hashlib.sha256(jpeg).hexdigest(), jpeg)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be proven. `asks_for_people`: the category does, so a second picture is made for those who may see them.
    `bystanders`: people and vehicles that were seen in the frame besides.
    """

    finding_id: str
    flight_id: str | None
    seen: Detection
    asks_for_people: bool = False
    bystanders: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True)
class Proven:
    """The evidence for everybody, what it shows of the frame, and that for those who may see people, where it differs."""

    evidence: Evidence
    frame_sha256: str
    crop: PixelBox
    with_people: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who looks, with what."""

    aircraft_id: str
    model: ModelRef
    software_version: str


class Prover:
    """Makes evidence in the name of one aircraft."""

    def __init__(self, origin: Origin, key: SigningKey, masker: Masker) -> None:
        self._origin = origin
        self._key = key
        self._masker = masker

    def prove(self, exposure: Exposure, claim: Claim) -> Proven:
        """Evidence of at most MAX_BYTES each; raises EvidenceError where the frame shows nothing there."""
        window = crop_around(claim.seen.box, (exposure.image.shape[1], exposure.image.shape[0]))
        image, scale = fitted(cut(exposure.image, window))
        finest = exposure.finest_cm_per_px(window)
        bystanders = tuple(one.model_copy(update={"box": moved_into(one.box, window, scale)}) for one in claim.bystanders)
        object_box = moved_into(claim.seen.box, window, scale)
        shown = Shown(image, finest / scale if finest else None, object_box, bystanders)
        template = self._template(exposure, claim, window)
        evidence = self._sealed(self._masker.mask(shown), template)
        people = claim.asks_for_people and shown.is_recognisable
        with_people = self._sealed(self._masker.spare(shown), template) if people else None
        return Proven(evidence, template.frame_sha256, window, with_people)

    def _template(self, exposure: Exposure, claim: Claim, window: PixelBox) -> EvidenceRecord:
        """The record without what is known only when the picture is made."""
        height, width = exposure.image.shape[:2]
        return EvidenceRecord(
            finding_id=claim.finding_id,
            flight_id=claim.flight_id,
            aircraft_id=self._origin.aircraft_id,
            key_id=_PENDING,
            taken_at=exposure.at,
            pose=exposure.pose,
            frame_sha256=frame_sha256(exposure.image),
            picture_sha256=_PENDING,
            crop=Crop(window=window, frame_width_px=width, frame_height_px=height, width_px=1, height_px=1),
            seen=claim.seen,
            model=self._origin.model,
            software_version=self._origin.software_version,
            mask=Mask(rule=""),
        )

    def _sealed(self, masked: Masked, template: EvidenceRecord) -> Evidence:
        room = MAX_BYTES - _RECORD_BYTES - _REGION_BYTES * len(masked.mask.regions)
        encoded = encode(masked.image, room)
        crop = template.crop.model_copy(update={"width_px": encoded.width_px, "height_px": encoded.height_px})
        mask = _scaled(masked.mask, encoded.width_px / masked.image.shape[1])
        record = template.model_copy(update={"crop": crop, "mask": mask})
        return Evidence.of(seal(encoded.jpeg, record, self._key))


def _scaled(mask: Mask, scale: float) -> Mask:
    """The mask's boxes in the pixels of the picture as it was encoded."""
    if scale == 1.0:
        return mask
    origin = PixelBox(x_min=0, y_min=0, x_max=0, y_max=0)
    regions = [MaskedRegion(box=moved_into(r.box, origin, scale), why=r.why, confidence=r.confidence) for r in mask.regions]
    cm = mask.ground_cm_per_px
    return mask.model_copy(update={"regions": tuple(regions), "ground_cm_per_px": cm / scale if cm else None})
