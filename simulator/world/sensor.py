"""What a real camera adds: changing light, colour cast, a little blur and noise."""

from dataclasses import dataclass
from functools import cache
from typing import Self

import cv2
import numpy as np
from cv2.typing import MatLike

_NOISE_MEAN = 24


@cache
def _noise_field() -> MatLike:
    chance = np.random.default_rng(11)
    noise = chance.normal(_NOISE_MEAN, 4.0, (1200, 2200, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a scene: overall gain, gain of blue, green and red, gamma, and blur in pixels (0: none)."""

    gain: float = 1.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gamma: float = 1.0
    blur_px: float = 0.0

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
    toned = cv2.LUT(picture, np.clip(levels, 0, 255).astype(np.uint8)[None])
    if light.blur_px:
        toned = cv2.GaussianBlur(toned, (3, 3), light.blur_px)
    return _add_noise(toned, rng)


def _add_noise(picture: MatLike, rng: np.random.Generator) -> MatLike:
    height, width = picture.shape[:2]
    field = _noise_field()
    if height > field.shape[0] or width > field.shape[1]:
        field = np.tile(field, (height // field.shape[0] + 1, width // field.shape[1] + 1, 1))
    row = int(rng.integers(field.shape[0] - height + 1))
    column = int(rng.integers(field.shape[1] - width + 1))
    return cv2.addWeighted(picture, 1.0, field[row : row + height, column : column + width], 1.0, -_NOISE_MEAN)
