"""What the air and a real camera add: changing light, haze, colour cast, blur and noise."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import cv2
import numpy as np
from cv2.typing import MatLike

_NOISE_MEAN = 24
_HAZE = 222
"""Grey level of hazy air."""


@cache
def _noise_field() -> MatLike:
    chance = np.random.default_rng(11)
    noise = chance.normal(_NOISE_MEAN, 4.0, (1200, 2200, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a scene: overall gain, gain of blue, green and red, gamma, and blur in pixels (0: none).

    `haze` is the share of the light that the air itself sends; `focus_px` the blur of a lens out of focus (one standard
    deviation); `motion_px` how far the picture moved during the exposure, in columns and rows; `noise` a factor.
    """

    gain: float = 1.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gamma: float = 1.0
    blur_px: float = 0.0
    haze: float = 0.0
    focus_px: float = 0.0
    motion_px: tuple[float, float] = (0.0, 0.0)
    noise: float = 1.0

    @classmethod
    def random(cls, rng: np.random.Generator, variation: float = 1.0) -> Self:
        """`variation` 0 leaves light and colour as they are; 1 is a day's range."""
        blue, green, red = (float(v) for v in 1 + variation * rng.uniform(-0.06, 0.06, 3))
        gain, gamma = 1 + variation * float(rng.uniform(-0.22, 0.22)), 1 + variation * float(rng.uniform(-0.15, 0.15))
        blur = float(rng.uniform(0.4, 0.8)) if rng.random() < 0.3 * variation else 0.0
        return cls(gain, (blue, green, red), gamma, blur)


def expose(picture: MatLike, light: Light, rng: np.random.Generator) -> MatLike:
    """The picture as the sensor gives it."""
    levels = np.linspace(0, 1, 256)[:, None] ** light.gamma * light.gain * np.asarray(light.cast) * 255
    levels += (_HAZE * min(light.gain, 1.0) - levels) * light.haze
    toned = cv2.LUT(picture, np.clip(levels, 0, 255).astype(np.uint8)[None])
    if light.blur_px:
        toned = cv2.GaussianBlur(toned, (3, 3), light.blur_px)
    if light.focus_px:
        toned = cv2.GaussianBlur(toned, (0, 0), light.focus_px)
    if np.hypot(*light.motion_px) > 1:
        toned = cv2.filter2D(toned, -1, _motion_kernel(light.motion_px))
    return _add_noise(toned, rng, light.noise)


def _motion_kernel(motion_px: tuple[float, float]) -> MatLike:
    """A straight line of equal weights: the path of a point during the exposure."""
    reach = int(np.ceil(max(np.abs(motion_px)) / 2))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    start, end = ([round(reach + sign * v / 2) for v in motion_px] for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0)
    return np.asarray(kernel / kernel.sum())


def _add_noise(picture: MatLike, rng: np.random.Generator, amount: float) -> MatLike:
    height, width = picture.shape[:2]
    field = _noise_field()
    if height > field.shape[0] or width > field.shape[1]:
        field = np.tile(field, (height // field.shape[0] + 1, width // field.shape[1] + 1, 1))
    row = int(rng.integers(field.shape[0] - height + 1))
    column = int(rng.integers(field.shape[1] - width + 1))
    part = field[row : row + height, column : column + width]
    return cv2.addWeighted(picture, 1.0, part, amount, -_NOISE_MEAN * amount)
