"""A plot of land between the roads: what stands on it is collected as pieces, flat ones first, then those with height."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.world.canvas import Color, PointM, rectangle, vary
from simulator.world.window import Points


@dataclass(frozen=True, slots=True)
class Piece:
    """Polygons (k, n, 2) of one colour, or a disc (center (1, 2) with `radius_m`); in shadow order by `height_m`.

    Where it is the body of a vehicle, `vehicle` is the vehicle's whole outline (n, 2).
    """

    points: Points
    color: Color
    height_m: float = 0.0
    radius_m: float = 0.0
    vehicle: Points | None = None


_CROWN_M = 2.0
"""Pieces at least so high hide what stands under them."""


class Plot:
    """A rectangle of the town's own grid, in metres, with its own chance."""

    def __init__(self, low: PointM, high: PointM, rng: np.random.Generator) -> None:
        self.low, self.high, self.rng = np.asarray(low), np.asarray(high), rng
        self.base: Color = (80, 120, 105)
        self.flat: list[Piece] = []
        self.tall: list[Piece] = []

    def tall_within(self, low: Points, high: Points) -> list[Piece]:
        """The tall pieces whose first corner lies between `low` and `high`, a house's length of slack given."""
        return [p for p, place in zip(self.tall, self._tall_places, strict=True) if _within(place, low - 40, high + 40)]

    @cached_property
    def _tall_places(self) -> list[tuple[float, float]]:
        return [(float(p.points.flat[0]), float(p.points.flat[1])) for p in self.tall]

    @cached_property
    def open_vehicles(self) -> list[Points]:
        """The outlines of vehicles whose middle lies under no crown or roof."""
        return [p.vehicle for i, p in enumerate(self.tall) if p.vehicle is not None and not self._is_covered(p.vehicle, i)]

    def _is_covered(self, outline: Points, since: int) -> bool:
        middle = outline.mean(axis=0)
        later = (piece for piece in self.tall[since + 1 :] if piece.height_m >= _CROWN_M)
        return any(
            np.hypot(*(piece.points[0] - middle)) < piece.radius_m
            if piece.radius_m
            else piece.vehicle is None and _holds(piece, middle)
            for piece in later
        )

    @property
    def size(self) -> PointM:
        """Across and along, in metres."""
        across, along = self.high - self.low
        return float(across), float(along)

    @property
    def center(self) -> PointM:
        """The middle."""
        x, y = (self.low + self.high) / 2
        return float(x), float(y)

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """A random number."""
        return float(self.rng.uniform(low, high))

    def choose(self, *colors: Color) -> Color:
        """One of `colors`, varied a little."""
        return vary(self.rng, colors[int(self.rng.integers(len(colors)))])

    def spot(self, margin_m: float) -> PointM:
        """A random place at least `margin_m` inside."""
        x, y = self.rng.uniform(self.low + margin_m, np.maximum(self.high - margin_m, self.low + margin_m + 0.1))
        return float(x), float(y)

    def rect(self, at: PointM, size: PointM, color: Color, *, angle_deg: float = 0.0, height_m: float = 0.0) -> None:
        """A rectangle; with a height it throws a shadow."""
        piece = Piece(rectangle(at, size, angle_deg)[None], color, height_m)
        (self.tall if height_m else self.flat).append(piece)

    def rects(self, centers: Points, size: PointM, color: Color) -> None:
        """Many flat rectangles of one size and colour."""
        if len(centers):
            self.flat.append(Piece(centers[:, None, :] + rectangle((0, 0), size)[None], color))

    def top(self, at: PointM, size: PointM, color: Color, angle_deg: float = 0.0) -> None:
        """A rectangle on top of what is already there (a roof's part): tall order, but no shadow."""
        self.tall.append(Piece(rectangle(at, size, angle_deg)[None], color))

    def vehicle(self, body: Points, whole: Points, color: Color, height_m: float) -> None:
        """The body of a vehicle, whose outline is `whole`."""
        self.tall.append(Piece(body[None], color, height_m, vehicle=whole))

    def tree(self, at: PointM, radius_m: float, color: Color) -> None:
        """A round crown, brighter towards the sun."""
        center = np.array([at])
        self.tall.append(Piece(center, color, radius_m * 1.6, radius_m))
        light = tuple(min(255, int(c * 1.25) + 6) for c in color)
        self.tall.append(Piece(center + radius_m * 0.2, (light[0], light[1], light[2]), 0.0, radius_m * 0.6))


def _within(place: tuple[float, float], low: Points, high: Points) -> bool:
    return bool(low[0] < place[0] < high[0] and low[1] < place[1] < high[1])


def _holds(piece: Piece, place: Points) -> bool:
    low, high = piece.points.min(axis=(0, 1)), piece.points.max(axis=(0, 1))
    return bool((low < place).all() and (place < high).all())
