"""What a painter of a class gets: canvases, chance and size."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulator.world.canvas import STAMP_M_PER_PX, Canvas, Color, PointM, vary

_TALLEST_M = 3.6
"""Of the things that are drawn leaning."""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a thing looks. `m_per_px` is the resolution it is painted at.

    `lean` is how many metres east and north on the ground a point of it moves in the camera's eye for each metre of its
    height: straight down none, aslant away from the camera. Only people and vehicles are drawn with it.
    """

    class_key: str
    size_m: float
    heading_deg: float
    seed: int
    m_per_px: float = STAMP_M_PER_PX
    lean: PointM = (0.0, 0.0)


class Brush:
    """`thing` is what the detector shall see; `setting` lies under it and is no part of it (water, asphalt).

    A painter may set `height_m`, how high the thing stands over the ground: it throws a shadow by it. `parts` are outlines,
    (n, 2) metres east and north of the canvas's centre, of vehicles and people that belong to the thing, by class.
    """

    def __init__(self, look: Look) -> None:
        self.rng = np.random.default_rng(look.seed)
        self.size_m, self.heading_deg, self._m_per_px = look.size_m, look.heading_deg, look.m_per_px
        self.height_m = 0.0
        self.parts: list[tuple[str, NDArray[np.float64]]] = []
        angle, (east, north) = np.radians(look.heading_deg), look.lean
        self._lean = (east * np.cos(angle) - north * np.sin(angle), east * np.sin(angle) + north * np.cos(angle))
        self.lean_m = float(np.hypot(east, north))

    @cached_property
    def thing(self) -> Canvas:
        """The canvas of the thing itself; made when a painter first asks for it."""
        return Canvas(self.size_m * 1.5 + _TALLEST_M * self.lean_m, self.heading_deg, self.rng, self._m_per_px)

    @cached_property
    def setting(self) -> Canvas:
        """The canvas under the thing; made when a painter first asks for it."""
        return Canvas(self.size_m * 2.6, self.heading_deg, self.rng, self._m_per_px)

    def vary(self, color: Color, amount: float = 14.0) -> Color:
        """A colour near `color`."""
        return vary(self.rng, color, amount)

    def choose(self, *colors: Color) -> Color:
        """One of `colors`, varied a little."""
        return self.vary(colors[int(self.rng.integers(len(colors)))])

    def between(self, low: float, high: float) -> float:
        """A random number."""
        return float(self.rng.uniform(low, high))

    def count(self, low: int, high: int) -> int:
        """A random whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def spot(self, reach_x_m: float, reach_y_m: float) -> tuple[float, float]:
        """A random place in an ellipse round the middle, denser inside."""
        angle, radius = self.rng.uniform(0, 2 * np.pi), self.rng.uniform(0, 1) ** 0.6
        return float(reach_x_m * radius * np.cos(angle)), float(reach_y_m * radius * np.sin(angle))

    def raised(self, at: PointM, height_m: float) -> PointM:
        """Where a point so high over `at` is seen on the ground."""
        return at[0] + self._lean[0] * height_m, at[1] + self._lean[1] * height_m

    def part(self, class_key: str, outline: Sequence[PointM] | NDArray[np.float64]) -> None:
        """Notes that what was drawn inside the outline is, by itself, of another class."""
        self.parts.append((class_key, self.thing.to_ground(outline)))
