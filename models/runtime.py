"""What runs a network: a seam so narrow that any engine, or a fake, can take its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from models.boxes import Boxes
from models.errors import PictureError
from models.letterbox import Picture


class Runtime(Protocol):
    """Looks at pictures."""

    def infer(self, image_bgr: Picture) -> Boxes:
        """The boxes in a picture of any size: (height, width, 3), 8-bit blue-green-red. Raises PictureError."""
        ...

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        """The boxes in each of several such pictures, in their order; together where the engine can. Raises PictureError."""
        ...


@dataclass(frozen=True, slots=True)
class RuntimeSettings:
    """How a network is run: processor threads, and the least score worth reporting."""

    threads: int = 1
    min_score: float = 0.25


def checked_picture(image: Any) -> Picture:
    """`image` if it is a picture: (height, width, 3), 8 bits, not empty. Raises PictureError saying what it is instead."""
    if not isinstance(image, np.ndarray):
        raise PictureError("picture", "", f"it is no array but {type(image).__name__}: could the file be read?")
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise PictureError("picture", "", f"it must be (height, width, 3) of uint8, and is {image.shape} of {image.dtype}")
    return image
