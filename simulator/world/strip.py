"""Waters and roads along lines, many of them, found by place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from simulator.world.window import Points


@dataclass(frozen=True, slots=True)
class Strip:
    """Water or a road along a line, (n, 2) metres."""

    line: Points
    width_m: float


class Strips:
    """Strips of one kind. Places are in the same plane as the lines."""

    def __init__(self, strips: Sequence[Strip]) -> None:
        self._strips = list(strips)
        self._lines = np.array([shapely.LineString(strip.line) for strip in strips])
        self._halves_m = np.array([strip.width_m / 2 for strip in strips])
        self._bounds = shapely.bounds(self._lines).reshape(-1, 4) if strips else np.empty((0, 4))

    def near(self, low: Points, high: Points) -> list[Strip]:
        """The strips whose bounding box meets that of two corners."""
        return [self._strips[i] for i in self._indices(low, high)]

    def cover(self, place: tuple[float, float], margin_m: float) -> bool:
        """Whether a place lies on a strip or within `margin_m` of one."""
        found = self._indices(np.asarray(place) - margin_m, np.asarray(place) + margin_m)
        if not len(found):
            return False
        distances = shapely.distance(self._lines[found], shapely.Point(place))
        return bool((distances < self._halves_m[found] + margin_m).any())

    def _indices(self, low: Points, high: Points) -> list[int]:
        slack = self._halves_m[:, None] + 10
        meets = (self._bounds[:, :2] - slack < high) & (self._bounds[:, 2:] + slack > low)
        return [int(i) for i in np.flatnonzero(meets.all(axis=1))]
