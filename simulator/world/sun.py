"""Where the sun stands, as far as shadows tell of it."""

from dataclasses import dataclass
from typing import Self

import numpy as np

_LOW = 0.8
"""Metres of shadow a metre of height from which shadows are drawn from a thing's foot on."""


@dataclass(frozen=True, slots=True)
class Sun:
    """`reach` is how many metres east and north a shadow reaches for each metre of height; `depth` the share of light lost."""

    reach: tuple[float, float]
    depth: float = 0.5

    @classmethod
    def random(cls, rng: np.random.Generator, lengths: tuple[float, float] = (0.3, 0.75), depth: float = 0.5) -> Self:
        """A sun from the southern half of the sky, with shadows between these many metres a metre of height."""
        azimuth, length = np.radians(rng.uniform(-75, 75)), float(rng.uniform(*lengths))
        return cls((float(np.sin(azimuth)) * length, float(np.cos(azimuth)) * length), depth)

    @property
    def length(self) -> float:
        """Metres of shadow a metre of height."""
        return float(np.hypot(*self.reach))

    @property
    def is_low(self) -> bool:
        """Whether shadows are long: in the morning and the evening."""
        return self.length > _LOW
