"""What a painter of a class gets: canvases, chance and size."""

from functools import cached_property

import numpy as np

from simulator.world.canvas import Canvas, Color, vary


class Brush:
    """`thing` is what the detector shall see; `setting` lies under it and is no part of it (water, asphalt).

    A painter may set `height_m`, how high the thing stands over the ground: it throws a shadow by it.
    """

    def __init__(self, size_m: float, heading_deg: float, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.size_m = size_m
        self.heading_deg = heading_deg
        self.height_m = 0.0

    @cached_property
    def thing(self) -> Canvas:
        """The canvas of the thing itself; made when a painter first asks for it."""
        return Canvas(self.size_m * 1.5, self.heading_deg, self.rng)

    @cached_property
    def setting(self) -> Canvas:
        """The canvas under the thing; made when a painter first asks for it."""
        return Canvas(self.size_m * 2.6, self.heading_deg, self.rng)

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
