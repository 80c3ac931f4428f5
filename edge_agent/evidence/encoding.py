"""A picture as a JPEG of limited size: first it loses quality, then pixels."""

from dataclasses import dataclass

import cv2

from edge_agent.evidence.crop import EvidenceError
from edge_agent.ports import Image

MAX_SIDE_PX = 960
_QUALITIES = (88, 75, 60, 45)
_SMALLER = 0.75


@dataclass(frozen=True, slots=True)
class Encoded:
    """A JPEG and its size in pixels."""

    jpeg: bytes
    width_px: int
    height_px: int


def fitted(image: Image) -> tuple[Image, float]:
    """The picture with no side over MAX_SIDE_PX, and the scale that took."""
    scale = min(1.0, MAX_SIDE_PX / max(image.shape[:2]))
    return (image, 1.0) if scale == 1.0 else (_shrunk(image, scale), scale)


def encode(image: Image, max_bytes: int) -> Encoded:
    """The picture as a JPEG of at most `max_bytes`; raises EvidenceError where OpenCV refuses it."""
    while True:
        for quality in _QUALITIES:
            done, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if not done:
                raise EvidenceError(f"evidence: OpenCV cannot encode a crop of {image.shape} as JPEG")
            if encoded.nbytes <= max_bytes:
                return Encoded(encoded.tobytes(), image.shape[1], image.shape[0])
        image = _shrunk(image, _SMALLER)


def _shrunk(image: Image, scale: float) -> Image:
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]
