"""The evidence of what was found: the picture that shows an object best is read again, cut, masked and signed."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from edge_agent.evidence.crop import EvidenceError
from edge_agent.evidence.exposure import Exposure
from edge_agent.evidence.proving import Claim, Proven, Prover
from edge_agent.inspection.thing import Thing
from edge_agent.material.material import Material
from edge_agent.ports import Image
from edge_agent.shot import Shot
from edge_agent.track import BestFrame, Provenance, Track, finding_of
from missions.errors import InvalidInput
from missions.finding import Finding

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proved:
    """A finding, the object it came of, and the JPEG that proves it."""

    finding: Finding
    thing: Thing
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Proofs:
    """Makes findings of objects; `shots` are the pictures by their number, `classes` maps what is reported to its category."""

    material: Material
    shots: Sequence[Shot]
    prover: Prover
    provenance: Provenance
    classes: dict[str, str]

    def prove(self, things: Sequence[Thing]) -> Iterator[Proved]:
        """Picture after picture, so that each is read once. An object whose picture can no longer be read is left out."""
        in_order = sorted(things, key=lambda thing: thing.best.picture)
        for picture, group in groupby(in_order, key=lambda thing: thing.best.picture):
            try:
                image = self.material.load(self.shots[picture])
            except InvalidInput as error:
                logger.warning("%s: findings on it are left out: %s", self.shots[picture].name, error.cause)
                continue
            yield from (proved for thing in group if (proved := self._prove_one(thing, image)) is not None)

    def _prove_one(self, thing: Thing, image: Image) -> Proved | None:
        track = thing.track.model_copy(update={"id": self._identity(thing)})
        shot, best = self.shots[thing.best.picture], thing.best.sighting
        lens = shot.intrinsics.value if shot.intrinsics else None
        try:
            proven = self.prover.prove(Exposure(image, best.at, best.pose, lens), Claim(track.id, None, best.detection))
        except EvidenceError as error:
            logger.warning("%s: %s", shot.name, error)
            return None
        finding = finding_of(_with_proof(track, thing, proven), self.classes, self.provenance)
        return Proved(finding, thing, proven.evidence.jpeg) if finding is not None else None

    def _identity(self, thing: Thing) -> str:
        """The same whenever the same job is done: of the first picture with it, and its place there."""
        first = thing.members[0]
        told = f"{thing.track.flight_id} {first.picture} {thing.track.class_key} {first.sighting.detection.box}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def _with_proof(track: Track, thing: Thing, proven: Proven) -> Track:
    best = thing.best.sighting
    frame = BestFrame(
        pose=best.pose,
        box=best.detection.box,
        frame_sha256=proven.frame_sha256,
        evidence_sha256=proven.evidence.sha256,
        evidence_crop=proven.crop,
        route_id=None,
        quality=best.quality,
    )
    return track.model_copy(update={"best": frame})
