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
        blocked = np.flatnonzero(~free.any(axis=1) | ~free.all(axis=1))
        if len(blocked) and len(self._corners):
            round_m, corners = self._round(exits[blocked], entries)
            metres[blocked] = np.where(free[blocked], metres[blocked], round_m)
            turns[blocked] = np.where(free[blocked], 0, corners)
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

    def _round(self, exits: Array, entries: Array) -> tuple[Array, NDArray[np.int64]]:
        """Metres over corners, and how many corners are turned at (an upper bound where several ways are as short)."""
        first, last = self._legs(exits), self._legs(entries)
        to_corner = _min_plus(first, self._between[0])
        metres = _min_plus(to_corner, last.T)
        return metres, np.full(metres.shape, self._most_turns, dtype=np.int64)

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
        """(n, m) whether the straight way between two places is free."""
        pairs = np.stack(np.broadcast_arrays(here[:, None], there[None]), axis=2).reshape(-1, 2, 2)
        lines = shapely.linestrings(pairs)
        return np.asarray(shapely.covers(self._space.flyable, lines), dtype=bool).reshape(len(here), len(there))


def length_m(line: Line) -> float:
    """Length of a line."""
    return sum(dist(a, b) for a, b in pairwise(line))


def _min_plus(one: Array, other: Array) -> Array:
    """(n, m) least sums over k of one[n, k] + other[k, m]."""
    out = np.full((one.shape[0], other.shape[1]), np.inf)
    for k in range(one.shape[1]):
        np.minimum(out, one[:, k, None] + other[None, k], out=out)
    return out
