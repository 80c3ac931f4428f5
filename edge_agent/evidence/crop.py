"""The part of a frame round an object."""

import hashlib

import numpy as np

from edge_agent.ports import Image
from missions.errors import OneFlightError
from missions.geometry import PixelBox

CONTEXT = 0.75
"""Margin on each side, in shares of the box's longer side."""

MIN_SIDE_PX = 320
"""Smaller crops are widened to this where the frame allows: a person needs surroundings to judge."""


class EvidenceError(OneFlightError):
    """A crop could not be made into a JPEG."""


def frame_sha256(image: Image) -> str:
    """SHA-256 of a frame's pixels as they came (rows of blue, green, red bytes)."""
    return hashlib.sha256(np.ascontiguousarray(image).data).hexdigest()


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


def cut(image: Image, window: PixelBox) -> Image:
    """What the window shows, as a view into the frame."""
    return image[int(window.y_min) : int(window.y_max), int(window.x_min) : int(window.x_max)]


def moved_into(box: PixelBox, window: PixelBox, scale: float) -> PixelBox:
    """A box of the frame in the pixels of the window's picture, `scale` of them to one of the frame."""
    return PixelBox(
        x_min=(box.x_min - window.x_min) * scale,
        y_min=(box.y_min - window.y_min) * scale,
        x_max=(box.x_max - window.x_min) * scale,
        y_max=(box.y_max - window.y_min) * scale,
    )
