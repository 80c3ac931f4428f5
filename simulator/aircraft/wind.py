"""Wind: a steady part and gusts, as an exponentially correlated random walk (a first-order Dryden-like model)."""

from dataclasses import dataclass
from math import cos, exp, radians, sin, sqrt
from random import Random

from simulator.aircraft.vector import Vector

TURBULENCE_SHARE = 0.15
"""Standard deviation of each gust component over the steady speed: moderate turbulence near the ground."""

GUST_TIME_S = 3.0
"""Correlation time of gusts in seconds."""


@dataclass(frozen=True, slots=True)
class Wind:
    """Steady wind: speed, and the direction it comes from (meteorological convention)."""

    speed_mps: float = 0.0
    from_deg: float = 0.0

    @property
    def mean(self) -> Vector:
        """The air's velocity over ground."""
        towards = radians(self.from_deg + 180.0)
        return Vector(self.speed_mps * sin(towards), self.speed_mps * cos(towards), 0.0)


STILL = Wind()
"""No wind."""


class Correlated:
    """One random value with standard deviation `sigma` and correlation time `time_s` (Ornstein-Uhlenbeck, exact steps)."""

    def __init__(self, random: Random, sigma: float, time_s: float) -> None:
        self._random = random
        self._sigma = sigma
        self._time_s = time_s
        self.value = random.gauss(0.0, sigma)

    def step(self, dt_s: float) -> float:
        """The value `dt_s` later."""
        decay = exp(-dt_s / self._time_s)
        self.value = self.value * decay + self._random.gauss(0.0, self._sigma) * sqrt(1.0 - decay * decay)
        return self.value


class Air:
    """Wind with gusts, advanced in time."""

    def __init__(self, wind: Wind, random: Random) -> None:
        sigma = TURBULENCE_SHARE * wind.speed_mps
        self.mean = wind.mean
        self._gusts = tuple(Correlated(random, share * sigma, GUST_TIME_S) for share in (1.0, 1.0, 0.4))

    def step(self, dt_s: float) -> Vector:
        """The gust's velocity `dt_s` later, without the steady part."""
        east, north, up = (gust.step(dt_s) for gust in self._gusts)
        return Vector(east, north, up)
