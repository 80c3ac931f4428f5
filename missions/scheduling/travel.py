"""How far it is between many places of a district at once, round no-fly zones and inner borders."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import dist

import numpy as np
import shapely
from numpy.typing import NDArray

from missions.geometry import Array
from missions.planning.sweep import XY, Line
from missions.planning.way import FreeSpace

Indices = NDArray[np.int64]

_AT_ONCE = 200_000
"""Blocked pairs worked out at one time."""


@dataclass(frozen=True, slots=True)
class Distances:
    """`metres[i, j]` from place i to place j (infinite where no way leads), with the corners to turn at."""

    metres: Array
    turns: NDArray[np.int64]


class Ways:
    """Ways through free space: straight where possible, else round the corners of the visibility graph.

    Between corners the shortest ways are found once (Floyd 1962); a place joins the graph by the corners it sees, so that any
    number of pairs costs one product of matrices.
    """

    def __init__(self, space: FreeSpace) -> None:
        self._space = space
        self._corners: Array = np.array(space.corners, dtype=np.float64).reshape(-1, 2)

    def distances(self, exits: Array, entries: Array) -> Distances:
        """From each of (n, 2) exits to each of (m, 2) entries."""
        straight = np.linalg.norm(exits[:, None] - entries[None], axis=2)
        free = self._sees(exits, entries)
        turns = np.where(free, 0, 1)
        metres = np.where(free, straight, np.inf)
        rows, columns = np.nonzero(~free)
        if len(rows) and len(self._corners):
            to_corner, last = _min_plus(self._legs(exits), self._between[0]), self._legs(entries)
            for start in range(0, len(rows), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                metres[rows[some], columns[some]] = (to_corner[rows[some]] + last[columns[some]]).min(axis=1)
            turns[rows, columns] = self._most_turns
        return Distances(metres, turns)

    def way(self, here: XY, there: XY) -> Line | None:
        """One way with both ends; None where there is none."""
        if self._sees(np.array([here]), np.array([there]))[0, 0]:
            return here, there
        return self._found(here, there)

    def _found(self, here: XY, there: XY) -> Line | None:
        first, last = self._legs(np.array([here]))[0], self._legs(np.array([there]))[0]
        total = first[:, None] + self._between[0] + last[None]
        if not np.isfinite(total).any():
            return None
        a, b = (int(i) for i in np.unravel_index(np.argmin(total), total.shape))
        return (here, *(self._corner(i) for i in self._chain(a, b)), there)

    def _corner(self, index: int) -> XY:
        return float(self._corners[index, 0]), float(self._corners[index, 1])

    def _chain(self, a: int, b: int) -> list[int]:
        chain = [a]
        while chain[-1] != b:
            chain.append(int(self._between[1][chain[-1], b]))
        return chain

    @cached_property
    def _most_turns(self) -> int:
        """Corners on the longest of the shortest ways between corners."""
        lengths, following = self._between
        pairs = np.argwhere(np.isfinite(lengths))
        return max((len(self._chain(int(a), int(b))) for a, b in pairs), default=1) if len(following) else 1

    def _legs(self, places: Array) -> Array:
        """(n, corners) metres from each place to the corners it sees, infinite to the others."""
        away = np.linalg.norm(places[:, None] - self._corners[None], axis=2)
        return np.asarray(np.where(self._sees(places, self._corners), away, np.inf), dtype=np.float64)

    @cached_property
    def _between(self) -> tuple[Array, Indices]:
        """Metres between corners, and the next corner on the way."""
        count = len(self._corners)
        lengths = self._legs(self._corners)
        np.fill_diagonal(lengths, 0.0)
        following = np.tile(np.arange(count), (count, 1))
        for middle in range(count):
            over = lengths[:, middle, None] + lengths[None, middle]
            shorter = over < lengths - 1e-9
            following = np.where(shorter, following[:, middle, None], following)
            lengths = np.where(shorter, over, lengths)
        return lengths, following

    def _sees(self, here: Array, there: Array) -> NDArray[np.bool_]:
        """(n, m) whether the straight way between two places is free.

        Most ways come near nothing: only those whose bounding box meets an obstacle's are looked at closely.
        """
        doubtful = ~(self._is_free(here)[:, None] & self._is_free(there)[None])
        low, high = np.minimum(here[:, None], there[None]), np.maximum(here[:, None], there[None])
        for x_min, y_min, x_max, y_max in self._obstacles:
            meets_x = (low[..., 0] <= x_max) & (high[..., 0] >= x_min)
            doubtful |= meets_x & (low[..., 1] <= y_max) & (high[..., 1] >= y_min)
        free = ~doubtful
        rows, columns = np.nonzero(doubtful)
        lines = shapely.linestrings(np.stack([here[rows], there[columns]], axis=1))
        free[rows, columns] = shapely.covers(self._space.flyable, lines)
        return free

    def _is_free(self, places: Array) -> NDArray[np.bool_]:
        return np.asarray(shapely.covers(self._space.flyable, shapely.points(places)), dtype=bool)

    @cached_property
    def _obstacles(self) -> Array:
        """(k, 4) bounding boxes of what is not free within the hull of what is: zones, and bays of the border."""
        flyable = self._space.flyable
        closed = flyable.convex_hull.difference(flyable)
        return shapely.bounds(shapely.get_parts(closed)).reshape(-1, 4)


def length_m(line: Line) -> float:
    """Length of a line."""
    return sum(dist(a, b) for a, b in pairwise(line))


def _min_plus(one: Array, other: Array) -> Array:
    """(n, m) least sums over k of one[n, k] + other[k, m]."""
    out = np.full((one.shape[0], other.shape[1]), np.inf)
    for k in range(one.shape[1]):
        np.minimum(out, one[:, k, None] + other[None, k], out=out)
    return out
