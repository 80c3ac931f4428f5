"""What is made unrecognisable in a picture before it is kept: people, vehicles, and whatever is finer than it has to be.

The rule is by the ground resolution. EN 62676-4 (video surveillance, application guidelines) says what a picture is good for
by pixels a metre: 250 to identify, 125 to recognise, 62.5 to observe (clothing, no more), 25 to detect that somebody is
there at all. LIMIT_CM_PER_PX is "detect": 2.5 times coarser than "observe", 5 times than "recognise". A face of 16 cm is
then 4 pixels wide; the signs of a number plate, 9 cm high (GA 36-2018), are 2.3 pixels, and need some 8 to be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

import cv2
import numpy as np

from edge_agent.ports import Image
from missions.evidence.record import Mask, MaskedRegion
from missions.finding import Detection
from missions.geometry import PixelBox

LIMIT_CM_PER_PX = 4.0
UNKNOWN_CM_PER_PX = 0.5
"""What is assumed where the ground resolution is not known."""

BLOCK_CM = 25.0
"""Side of a mosaic's blocks over people and vehicles: a head is one block, a number plate two."""

BLOCKS_ACROSS = 4
"""So many blocks across a masked person or vehicle where the ground resolution is not known."""

NOISE_LEVELS = 12.0
"""Standard deviation of the noise on each block: signs of a known font could be guessed from exact averages."""

MARGIN = 0.15
"""Added round each person and vehicle, in shares of the box's longer side."""

MAX_REGIONS = 60
PEOPLE = frozenset({"person", "people", "pedestrian", "face", "head"})
VEHICLES = frozenset({"vehicle", "car", "plate", "license_plate", "licence_plate", "number_plate"})


class Finder(Protocol):
    """Finds people and vehicles, or their faces and plates, in a picture; errs towards finding."""

    @property
    def classes(self) -> frozenset[str]:
        """What it looks for; all of it is masked."""

    def find(self, picture: Image, cm_per_px: float | None) -> list[Detection]:
        """What it sees, boxes in the picture's pixels; so much ground is a pixel (None: not known)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture to be masked, how finely it shows the ground (None: unknown), the object that it is evidence of, and the
    people and vehicles that are known of already.
    """

    image: Image
    cm_per_px: float | None
    object_box: PixelBox
    bystanders: tuple[Detection, ...] = ()

    @property
    def is_recognisable(self) -> bool:
        """Whether a face or a plate could be recognised in it."""
        return self.cm_per_px is None or self.cm_per_px < LIMIT_CM_PER_PX

    @property
    def assumed_cm_per_px(self) -> float:
        """The ground resolution, or what is assumed where it is not known."""
        return UNKNOWN_CM_PER_PX if self.cm_per_px is None else self.cm_per_px


@dataclass(frozen=True, slots=True)
class Masked:
    """A picture that may leave, and what was done to it."""

    image: Image
    mask: Mask


class Masker:
    """Applies the rule with the models that there are."""

    def __init__(self, finders: Sequence[Finder] = ()) -> None:
        self._finders = finders
        self._classes = frozenset[str]().union(*(finder.classes for finder in finders))
        self._noise = np.random.default_rng()

    @property
    def knows_people(self) -> bool:
        """Whether the models find both people (or faces) and vehicles (or plates)."""
        return bool(self._classes & PEOPLE) and bool(self._classes & VEHICLES)

    def mask(self, shown: Shown) -> Masked:
        """The picture with nobody recognisable in it.

        Surroundings are coarsened to the limit: they are there for orientation. The object itself stays fine except for
        people and vehicles; where no model finds those, it is coarsened as well.
        """
        if not shown.is_recognisable:
            return Masked(shown.image, self._told(shown, "neither faces nor plates can be recognised", ()))
        if not self.knows_people:
            missing = "no model here finds people and vehicles: all of it is coarsened"
            return Masked(_coarse(shown), self._told(shown, missing, (_whole(shown.image, "finer than allowed"),)))
        found = self._find(shown)
        if len(found) > MAX_REGIONS:
            crowd = f"{len(found)} people and vehicles: all of it is coarsened"
            return Masked(_coarse(shown), self._told(shown, crowd, (_whole(shown.image, "finer than allowed"),)))
        image = _with_fine_object(shown)
        for region in found:
            self._mosaic(image, region.box, shown.cm_per_px)
        surroundings = _whole(shown.image, "surroundings")
        return Masked(image, self._told(shown, "surroundings coarsened, people and vehicles masked", (surroundings, *found)))

    def spare(self, shown: Shown) -> Masked:
        """The picture for those who may see people, where the category asks for them: only its surroundings are coarsened."""
        told = self._told(shown, "the category asks for people: surroundings coarsened", (_whole(shown.image, "surroundings"),))
        return Masked(_with_fine_object(shown), told.model_copy(update={"shows_people": True}))

    def _told(self, shown: Shown, what: str, regions: tuple[MaskedRegion, ...]) -> Mask:
        fine = "unknown ground resolution" if shown.cm_per_px is None else f"{shown.cm_per_px:.1f} cm a pixel"
        return Mask(
            rule=f"{fine}, limit {LIMIT_CM_PER_PX:g} cm: {what}",
            ground_cm_per_px=shown.cm_per_px,
            looked_for=tuple(sorted(self._classes)),
            regions=regions,
        )

    def _find(self, shown: Shown) -> list[MaskedRegion]:
        found = [*shown.bystanders]
        for finder in self._finders:
            found += finder.find(shown.image, shown.cm_per_px)
        inside = [one for one in found if _touches(one.box, shown.image)]
        kept: list[Detection] = []
        for one in sorted(inside, key=lambda one: -one.confidence):
            if not any(_is_within(one.box, other.box) for other in kept):
                kept.append(one)
        return [MaskedRegion(box=_grown(one.box, shown.image), why=one.class_key, confidence=one.confidence) for one in kept]

    def _mosaic(self, image: Image, box: PixelBox, cm_per_px: float | None) -> None:
        """Replaces the box by block averages with noise, in place: what is averaged away cannot come back."""
        part = image[int(box.y_min) : ceil(box.y_max), int(box.x_min) : ceil(box.x_max)]
        height, width = part.shape[:2]
        block_px = max(height, width) / BLOCKS_ACROSS if cm_per_px is None else BLOCK_CM / cm_per_px
        size = (max(1, round(width / block_px)), max(1, round(height / block_px)))
        blocks = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.float64)
        noisy = np.clip(blocks + self._noise.normal(0, NOISE_LEVELS, blocks.shape), 0, 255).astype(np.uint8)
        part[:] = cv2.resize(noisy, (width, height), interpolation=cv2.INTER_NEAREST)


def _coarse(shown: Shown) -> Image:
    """The whole picture with each block of LIMIT_CM_PER_PX one colour."""
    height, width = shown.image.shape[:2]
    block_px = ceil(LIMIT_CM_PER_PX / shown.assumed_cm_per_px)
    size = (max(1, width // block_px), max(1, height // block_px))
    blocks = cv2.resize(shown.image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(blocks, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _with_fine_object(shown: Shown) -> Image:
    image, box = _coarse(shown), _within(shown.object_box, shown.image)
    window = slice(int(box.y_min), ceil(box.y_max)), slice(int(box.x_min), ceil(box.x_max))
    image[window] = shown.image[window]
    return image


def _grown(box: PixelBox, image: Image) -> PixelBox:
    more = MARGIN * max(box.x_max - box.x_min, box.y_max - box.y_min)
    grown = PixelBox(x_min=box.x_min - more, y_min=box.y_min - more, x_max=box.x_max + more, y_max=box.y_max + more)
    return _within(grown, image)


def _within(box: PixelBox, image: Image) -> PixelBox:
    height, width = image.shape[:2]
    return PixelBox(
        x_min=min(max(box.x_min, 0.0), width - 1.0),
        y_min=min(max(box.y_min, 0.0), height - 1.0),
        x_max=max(min(box.x_max, float(width)), 1.0),
        y_max=max(min(box.y_max, float(height)), 1.0),
    )


def _touches(box: PixelBox, image: Image) -> bool:
    height, width = image.shape[:2]
    return box.x_max > 0 and box.y_max > 0 and box.x_min < width and box.y_min < height


def _is_within(box: PixelBox, other: PixelBox) -> bool:
    """Whether masking `other`, with its margin, masks all of `box`, with its own."""
    more = MARGIN * max(other.x_max - other.x_min, other.y_max - other.y_min)
    own = MARGIN * max(box.x_max - box.x_min, box.y_max - box.y_min)
    left, top = box.x_min - own >= other.x_min - more, box.y_min - own >= other.y_min - more
    return left and top and box.x_max + own <= other.x_max + more and box.y_max + own <= other.y_max + more


def _whole(image: Image, why: str) -> MaskedRegion:
    height, width = image.shape[:2]
    return MaskedRegion(box=PixelBox(x_min=0, y_min=0, x_max=width, y_max=height), why=why)
