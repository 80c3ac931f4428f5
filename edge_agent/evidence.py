"""The proof of a finding: the part of the best frame round the object, as a JPEG of limited size, named by its SHA-256."""

import hashlib
from dataclasses import dataclass

import cv2
import numpy as np

from edge_agent.ports import Image
from missions.errors import OneFlightError
from missions.geometry import PixelBox

MAX_BYTES = 60_000
"""An MQTT message of evidence stays below 64 KiB."""

CONTEXT = 0.75
"""Margin on each side, in shares of the box's longer side."""

MIN_SIDE_PX = 320
"""Smaller crops are widened to this where the frame allows: a person needs surroundings to judge."""

MAX_SIDE_PX = 960
_QUALITIES = (88, 75, 60, 45)


class EvidenceError(OneFlightError):
    """A crop could not be made into a JPEG."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A JPEG and its name, and the part of the frame that it shows (it may be smaller in pixels)."""

    sha256: str
    jpeg: bytes
    crop: PixelBox


def frame_sha256(image: Image) -> str:
    """SHA-256 of a frame's pixels as they came (rows of blue, green, red bytes)."""
    return hashlib.sha256(np.ascontiguousarray(image).data).hexdigest()


def cut_evidence(image: Image, box: PixelBox) -> Evidence:
    """The crop round `box` as a JPEG of at most MAX_BYTES; raises EvidenceError where OpenCV refuses it."""
    part = crop_around(box, (image.shape[1], image.shape[0]))
    crop = image[int(part.y_min) : int(part.y_max), int(part.x_min) : int(part.x_max)]
    longer = max(crop.shape[:2])
    scale = min(1.0, MAX_SIDE_PX / longer)
    while True:
        small = crop if scale == 1.0 else cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for quality in _QUALITIES:
            done, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if not done:
                raise EvidenceError(f"evidence: OpenCV cannot encode a crop of {small.shape} as JPEG")
            if encoded.nbytes <= MAX_BYTES:
                jpeg = encoded.tobytes()
                return Evidence(hashlib.sha256(jpeg).hexdigest(), jpeg, part)
        scale *= 0.75


def crop_around(box: PixelBox, frame_px: tuple[int, int]) -> PixelBox:
    """What is shown of a frame of (width, height) for `box`, in whole pixels; raises EvidenceError where it lies outside."""
    width, height = frame_px
    longer = max(box.x_max - box.x_min, box.y_max - box.y_min)
    half = max(longer * (0.5 + CONTEXT), MIN_SIDE_PX / 2)
    u, v = box.foot
    left, right = int(max(0, u - half)), int(min(width, u + half))
    top, bottom = int(max(0, v - half)), int(min(height, v + half))
    if right <= left or bottom <= top:
        raise EvidenceError(f"evidence: the box {box} lies outside the frame of {width} x {height}")
    return PixelBox(x_min=left, y_min=top, x_max=right, y_max=bottom)
