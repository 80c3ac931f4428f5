"""Fitting a picture of any size into a network's input without distorting it, and taking boxes back."""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from models.boxes import Floats

PADDING_GREY = 114
"""The grey round a picture of another aspect; the value the YOLO family is trained with."""

Picture = NDArray[np.uint8]
"""(height, width, 3), blue-green-red, 8 bits."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """The scale and the margins with which a picture of one size lies in the middle of an input of another."""

    picture_width_px: int
    picture_height_px: int
    scale: float
    fitted_width_px: int
    fitted_height_px: int
    left_px: int
    top_px: int

    @classmethod
    def between(cls, picture: tuple[int, int], network: tuple[int, int]) -> Self:
        """The largest fit of `picture` in `network`; both are (width, height) in pixels."""
        scale = min(network[0] / picture[0], network[1] / picture[1])
        width, height = max(1, round(picture[0] * scale)), max(1, round(picture[1] * scale))
        left, top = (network[0] - width) // 2, (network[1] - height) // 2
        return cls(picture[0], picture[1], scale, width, height, left, top)

    def apply(self, picture: Picture, canvas: Picture) -> None:
        """Draws the picture into `canvas`, the network's input, and the margins round it."""
        bottom, right = self.top_px + self.fitted_height_px, self.left_px + self.fitted_width_px
        canvas[: self.top_px], canvas[bottom:] = PADDING_GREY, PADDING_GREY
        canvas[:, : self.left_px], canvas[:, right:] = PADDING_GREY, PADDING_GREY
        canvas[self.top_px : bottom, self.left_px : right] = resized(picture, (self.fitted_width_px, self.fitted_height_px))

    def to_network(self, xyxy_px: Floats) -> Floats:
        """(n, 4) boxes of the picture as they lie in the network's input."""
        return (xyxy_px * self._stretch + self._shift).astype(np.float32)

    def to_picture(self, xyxy_px: Floats) -> Floats:
        """(n, 4) boxes of the network's input as they lie in the picture, cut at its edges."""
        boxes = (xyxy_px - self._shift) / self._stretch
        edge = np.array([self.picture_width_px, self.picture_height_px] * 2)
        return np.clip(boxes, 0, edge).astype(np.float32)

    @property
    def _stretch(self) -> NDArray[np.float64]:
        x = self.fitted_width_px / self.picture_width_px
        y = self.fitted_height_px / self.picture_height_px
        return np.array([x, y, x, y])

    @property
    def _shift(self) -> NDArray[np.float64]:
        return np.array([self.left_px, self.top_px, self.left_px, self.top_px], dtype=np.float64)


def resized(picture: Picture, size: tuple[int, int]) -> Picture:
    """The picture at another (width, height); by area where it shrinks below half, or fine detail would flicker."""
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    shrinks_much = size[0] < 0.5 * picture.shape[1]
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks_much else cv2.INTER_LINEAR), np.uint8)
