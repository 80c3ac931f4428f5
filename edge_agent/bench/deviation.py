"""Places against the truth: how far off, and whether the truth lies where their ellipses promise."""

from dataclasses import dataclass
from math import hypot
from typing import Self

import numpy as np

from edge_agent.placement.views import Combined
from missions.geometry import CHI2_95_2D, Array


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place against the truth: how far off, and in units of its own covariance, squared (2 on average, if that is true)."""

    class_key: str
    error_m: tuple[float, float]
    squared: float

    @classmethod
    def of(cls, class_key: str, place: Combined, true_xy_m: Array) -> Self:
        """Of a place from its truth, both on the same plane."""
        error = place.xy_m - true_xy_m
        squared = float(error @ np.linalg.solve(place.covariance_m2, error))
        return cls(class_key, (float(error[0]), float(error[1])), squared)

    @property
    def distance_m(self) -> float:
        """How far off."""
        return hypot(*self.error_m)

    @property
    def is_inside(self) -> bool:
        """Whether the truth lies in the 95 % ellipse."""
        return self.squared <= CHI2_95_2D


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The deviations of one kind of footage, of `flights` flights that each could have given one."""

    flights: int
    deviations: tuple[Deviation, ...]

    @property
    def median_m(self) -> float:
        """Median distance."""
        return float(np.median([one.distance_m for one in self.deviations])) if self.deviations else float("nan")

    @property
    def coverage_95(self) -> float:
        """Share of the truths inside their 95 % ellipses."""
        return float(np.mean([one.is_inside for one in self.deviations])) if self.deviations else float("nan")

    @property
    def mean_squared(self) -> float:
        """Mean squared deviation in units of the covariance: 2 where ellipses are true, more where they are too small."""
        return float(np.mean([one.squared for one in self.deviations])) if self.deviations else float("nan")
