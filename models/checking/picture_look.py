"""What is needed of a picture to find it again: its hash, how it looks, and whether it is whole."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import PictureError

THUMBNAIL_PX = 32
_LOW = 8
"""Of the cosine transform of a thumbnail, the lowest 8 x 8 frequencies make the 64 bits of a look."""

_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG": b"IEND\xaeB`\x82"}
"""How a JPEG and a PNG begin and end. OpenCV fills what is missing of a picture with grey, and says nothing."""


@dataclass(frozen=True)
class PictureLook:
    """`look` is a perceptual hash of 64 bits; `thumbnail` (32 * 32,) grey values of mean 0 and length 1."""

    path: Path
    size_px: tuple[int, int]
    sha256: str
    look: int
    thumbnail: NDArray[np.float32]


def look_at(path: Path) -> PictureLook:
    """Reads a picture. Raises PictureError where it cannot be read, or ends too early."""
    content = path.read_bytes()
    grey = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE) if content else None
    if grey is None:
        raise PictureError(str(path), "", "no picture that can be read")
    ends = next((end for begins, end in _ENDS.items() if content.startswith(begins)), b"")
    if ends not in content[-64:]:
        raise PictureError(str(path), "", "it is cut off")
    small = cv2.resize(grey, (THUMBNAIL_PX, THUMBNAIL_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    return PictureLook(path, (grey.shape[1], grey.shape[0]), sha256(content).hexdigest(), _look(small), _of_length_one(small))


def _look(small: NDArray[np.float32]) -> int:
    """Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions (2010): signs against the median."""
    low = cv2.dct(small)[:_LOW, :_LOW].ravel()
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def _of_length_one(small: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = small.ravel() - small.mean()
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-6), dtype=np.float32)
