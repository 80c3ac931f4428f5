"""Whether a picture shows the ground at all: one that is dark, overexposed, covered or blurred counts as not seen.

Everything is read off a grey copy about 640 px wide, in under a millisecond. Sharpness compares how steep the steepest edges
are over 2 px and over 8 px, in four directions: 1 for edges narrower than 2 px, 1/4 where every edge is wider than 8 px.
A ratio needs no knowledge of the scene's contrast, and the 99th percentile none of the noise, which is far below edges; the
direction with the least is that of a motion. The limits were measured (docs/figures.md, Visibility): below them the detector
finds less than half of what it finds in the sharp picture.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from edge_agent.ports import Image

Grey = NDArray[np.uint8]

GREY_WIDTH_PX = 640
STEP_PX, FAR = 2, 4
"""The narrower distance; and how many times as wide the wider one is."""

EDGE_SHARE = 0.99
"""The steepest edges: the value that so many of a picture's differences stay below."""

FAINT = 0.25
"""A direction whose edges are fainter than this share of the steepest direction's says nothing of sharpness."""

WHITE = 250
"""Grey levels from here on hold no more detail."""


class Unseen(StrEnum):
    """Why a picture shows nothing; the values are for people."""

    DARK = "dark"
    OVEREXPOSED = "overexposed"
    COVERED = "covered"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture must reach to count as seen."""

    min_bright: float = 45.0
    max_white_share: float = 0.3
    min_contrast: float = 20.0
    min_sharpness: float = 0.3


@dataclass(frozen=True, slots=True)
class Visibility:
    """`bright`: the grey level (0-255) that 95 % stay below; `white_share`: of pixels without detail; `contrast`: of the
    steepest edges over 8 px, in grey levels; `sharpness`: of 1/4 (nothing sharp) to 1.
    """

    bright: float
    white_share: float
    contrast: float
    sharpness: float

    def unseen(self, limits: Limits = Limits()) -> Unseen | None:
        """Why nothing can be seen; None where it can."""
        if self.bright < limits.min_bright:
            return Unseen.DARK
        if self.white_share > limits.max_white_share:
            return Unseen.OVEREXPOSED
        if self.contrast < limits.min_contrast:
            return Unseen.COVERED
        return Unseen.BLURRED if self.sharpness < limits.min_sharpness else None


def visibility_of(image: Image) -> Visibility:
    """Measures a picture, (height, width, 3)."""
    return _measure(_grey(image))


def _grey(image: Image) -> MatLike:
    """Shrunk by a whole factor, which is fast and keeps edges straight."""
    factor = max(1, round(image.shape[1] / GREY_WIDTH_PX))
    size = (max(1, image.shape[1] // factor), max(1, image.shape[0] // factor))
    return cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)


def _measure(grey: MatLike) -> Visibility:
    levels = _histogram(grey)
    near = _edges(cv2.GaussianBlur(grey, (5, 5), 0.8), every=2)
    far = _edges(cv2.resize(grey, None, fx=1 / FAR, fy=1 / FAR, interpolation=cv2.INTER_AREA), every=1)
    return Visibility(
        bright=float(_percentile(levels, 0.95)),
        white_share=float(levels[WHITE:].sum() / max(levels.sum(), 1)),
        contrast=float(far.max()),
        sharpness=float((near / np.maximum(far, 1))[far >= FAINT * far.max()].min()),
    )


def _edges(grey: MatLike, every: int) -> NDArray[np.float64]:
    """How steep the steepest edges are, across, down and along both diagonals, in grey levels over STEP_PX.

    `every` 2 looks at every other row, which is enough and takes half the time.
    """
    step = STEP_PX
    pairs = (
        (grey[:, step:], grey[:, :-step]),
        (grey[step:], grey[:-step]),
        (grey[step:, step:], grey[:-step, :-step]),
        (grey[step:, :-step], grey[:-step, step:]),
    )
    steps = (cv2.absdiff(one[::every], other[::every]) for one, other in pairs)
    return np.array([_percentile(_histogram(each), EDGE_SHARE) for each in steps], dtype=np.float64)


def _histogram(grey: MatLike) -> NDArray[np.float64]:
    return np.asarray(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel(), dtype=np.float64)


def _percentile(histogram: NDArray[np.float64], share: float) -> int:
    """The level that `share` of the pixels stay at or below."""
    return int(np.searchsorted(np.cumsum(histogram), share * histogram.sum()))
