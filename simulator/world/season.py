"""How the time of year colours what grows, and what snow lies on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike

_FULLY_GREEN = 18.0
"""Grey levels that green is above red and blue from which a pixel counts as wholly of plants."""

_SNOW = 238


@dataclass(frozen=True, slots=True)
class Season:
    """`leaves` are the gains of blue, green and red where something grows; `snow` the share of white lying on everything."""

    leaves: tuple[float, float, float]
    snow: float = 0.0

    def tinted(self, picture: MatLike, noise: MatLike) -> MatLike:
        """The painted ground in this season; snow lies more where `noise` (0 to 255) is high."""
        blue, green, red = cv2.split(picture)
        above = cv2.subtract(green, cv2.max(blue, red))
        share = cv2.convertScaleAbs(above, alpha=255 / _FULLY_GREEN)
        changed = cv2.transform(picture, np.diag(self.leaves))
        mixed = _mixed(picture, changed, share)
        return mixed if not self.snow else _mixed(mixed, np.full_like(mixed, _SNOW), self._snow_cover(noise))

    def _snow_cover(self, noise: MatLike) -> MatLike:
        least = np.full_like(noise, round(255 * (1 - self.snow) / 2))
        return cv2.convertScaleAbs(cv2.subtract(noise, least), alpha=2.2 * self.snow)


def _mixed(first: MatLike, second: MatLike, share: MatLike) -> MatLike:
    weight = cv2.merge([share] * 3).astype(np.float32) / 255
    return np.asarray(first * (1 - weight) + second * weight).astype(np.uint8)


SUMMER = None
AUTUMN = Season((0.85, 0.98, 1.5))
DRY = Season((1.05, 1.05, 1.35))
WINTER = Season((1.2, 0.92, 1.3))
SNOW_DUSTED = Season((1.2, 0.95, 1.25), snow=0.45)
