"""Under what a picture is taken: season, sun, air, and how steadily and sharply the camera held."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from simulator.world.season import AUTUMN, DRY, SNOW_DUSTED, SUMMER, WINTER, Season
from simulator.world.sensor import Light
from simulator.world.sun import Sun

_SEASONS: tuple[tuple[Season | None, float], ...] = (
    (SUMMER, 0.5), (AUTUMN, 0.15), (DRY, 0.13), (WINTER, 0.12), (SNOW_DUSTED, 0.1),
)  # fmt: skip
"""Each season with its share of the pictures."""

_HAZY_SHARE, _UNSHARP_SHARE, _MOVED_SHARE = 0.15, 0.2, 0.2
_MOST_MOTION_PX = 7.0
"""Of the full frame, so half as many of the network's."""

Day = tuple[Sun, Light]


@dataclass(frozen=True, slots=True)
class Conditions:
    """`jpeg_quality` is what the picture is stored with."""

    season: Season | None
    sun: Sun
    light: Light
    jpeg_quality: int

    @classmethod
    def random(cls, rng: np.random.Generator) -> Self:
        """Any time of the year and the day at which one flies."""
        season = _SEASONS[int(rng.choice(len(_SEASONS), p=[share for _, share in _SEASONS]))][0]
        day = _DAYS[int(rng.choice(len(_DAYS), p=[share for _, share in _DAYS]))][0]
        sun, light = day(rng)
        return cls(season, sun, _through_air_and_lens(light, rng), int(rng.integers(55, 96)))


def _fair(rng: np.random.Generator) -> Day:
    return Sun.random(rng), Light.random(rng)


def _overcast(rng: np.random.Generator) -> Day:
    """No shadows to speak of; a flat, slightly blue light."""
    return Sun.random(rng, depth=0.1), _scaled(Light.random(rng, 0.7), rng.uniform(0.75, 1.0), (1.05, 1.0, 0.96))


def _low_sun(rng: np.random.Generator) -> Day:
    """Shortly after sunrise or before sunset: long shadows, warm and dim."""
    light = _scaled(Light.random(rng, 0.7), rng.uniform(0.6, 0.95), (rng.uniform(0.7, 0.9), 0.93, 1.08))
    return Sun.random(rng, (1.2, 2.8), 0.5), light


def _hard_sun(rng: np.random.Generator) -> Day:
    """A clear day: sharp, deep shadows of some length."""
    light = replace(_scaled(Light.random(rng, 0.7), 1.1, (1.0, 1.0, 1.0)), gamma=float(rng.uniform(1.0, 1.25)))
    return Sun.random(rng, (0.6, 1.6), 0.68), light


def _twilight(rng: np.random.Generator) -> Day:
    """Before sunrise or after sunset: blue, dark and noisy."""
    light = _scaled(Light.random(rng, 0.7), rng.uniform(0.4, 0.65), (1.15, 1.0, 0.88))
    return Sun.random(rng, depth=0.05), replace(light, noise=float(rng.uniform(1.2, 2.4)))


_DAYS: tuple[tuple[Callable[[np.random.Generator], Day], float], ...] = (
    (_fair, 0.4), (_overcast, 0.2), (_low_sun, 0.14), (_hard_sun, 0.18), (_twilight, 0.08),
)  # fmt: skip
"""Each kind of daylight with its share of the pictures."""


def _scaled(light: Light, gain: float, cast: tuple[float, float, float]) -> Light:
    blue, green, red = (own * more for own, more in zip(light.cast, cast, strict=True))
    return replace(light, gain=float(light.gain * gain), cast=(blue, green, red))


def _through_air_and_lens(light: Light, rng: np.random.Generator) -> Light:
    haze = float(rng.uniform(0.08, 0.38)) if rng.random() < _HAZY_SHARE else 0.0
    focus = float(rng.uniform(0.8, 2.0)) if rng.random() < _UNSHARP_SHARE else 0.0
    length = float(rng.uniform(2.0, _MOST_MOTION_PX)) if rng.random() < _MOVED_SHARE else 0.0
    angle = rng.uniform(0, 2 * np.pi)
    motion = (length * float(np.cos(angle)), length * float(np.sin(angle)))
    return replace(light, haze=haze, focus_px=focus, motion_px=motion)
