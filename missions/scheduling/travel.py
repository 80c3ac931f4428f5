"""How far it is between many places of a district at once, round no-fly zones and inner borders."""

from collections.abc import Sequence
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
    """Metres of ways (infinite where no way leads), with the corners to turn at."""

    metres: Array
    turns: NDArray[np.int64]


class Ways:
    """Ways through free space: straight where possible, else round the corners of the visibility graph.

    Between corners the shortest ways are found once (Floyd 1962); a place joins the graph by the corners it sees.
    """

    def __init__(self, space: FreeSpace) -> None:
        self._space = space
        self._corners: Array = np.array(space.corners, dtype=np.float64).reshape(-1, 2)

    @property
    def corners(self) -> int:
        """How many places there are at which a way may turn."""
        return len(self._corners)

    def among(self, exits: Array, entries: Array) -> "WaysAmong":
        """The ways from (n, 2) exits to (m, 2) entries, measured as they are asked for."""
        return WaysAmong(self, exits, entries)

    def distances(self, exits: Array, entries: Array) -> Distances:
        """(n, m) from each of (n, 2) exits to each of (m, 2) entries."""
        rows, columns = (one.ravel() for one in np.indices((len(exits), len(entries))))
        found = self.among(exits, entries).between(rows, columns)
        shape = len(exits), len(entries)
        return Distances(found.metres.reshape(shape), found.turns.reshape(shape))

    def way(self, here: XY, there: XY) -> Line | None:
        """One way with both ends; None where there is none."""
        return (here, there) if self._sees_all([here], [there])[0, 0] else self._found(here, there)

    def _found(self, here: XY, there: XY) -> Line | None:
        first, last = self.legs(np.array([here]))[0], self.legs(np.array([there]))[0]
        total = first[:, None] + self.between_corners[0] + last[None]
        if not np.isfinite(total).any():
            return None
        a, b = (int(i) for i in np.unravel_index(np.argmin(total), total.shape))
        return (here, *(self._corner(i) for i in self._chain(a, b)), there)

    def _corner(self, index: int) -> XY:
        return float(self._corners[index, 0]), float(self._corners[index, 1])

    def _chain(self, a: int, b: int) -> list[int]:
        chain = [a]
        while chain[-1] != b:
            chain.append(int(self.between_corners[1][chain[-1], b]))
        return chain

    @cached_property
    def most_turns(self) -> int:
        """Corners on the longest of the shortest ways between corners."""
        lengths, following = self.between_corners
        pairs = np.argwhere(np.isfinite(lengths))
        return max((len(self._chain(int(a), int(b))) for a, b in pairs), default=1) if len(following) else 1

    def legs(self, places: Array) -> Array:
        """(n, corners) metres from each place to the corners it sees, infinite to the others."""
        away = np.linalg.norm(places[:, None] - self._corners[None], axis=2)
        return np.asarray(np.where(self._sees_all(places, self._corners), away, np.inf), dtype=np.float64)

    @cached_property
    def between_corners(self) -> tuple[Array, Indices]:
        """Metres between corners, and the next corner on the way."""
        count = len(self._corners)
        lengths = self.legs(self._corners)
        np.fill_diagonal(lengths, 0.0)
        following = np.tile(np.arange(count), (count, 1))
        for middle in range(count):
            over = lengths[:, middle, None] + lengths[None, middle]
            shorter = over < lengths - 1e-9
            following = np.where(shorter, following[:, middle, None], following)
            lengths = np.where(shorter, over, lengths)
        return lengths, following

    def is_free(self, places: Array) -> NDArray[np.bool_]:
        """(n) whether a place is one where planned paths may run."""
        return np.asarray(shapely.covers(self._space.flyable, shapely.points(places)), dtype=bool)

    def sees(self, here: Array, there: Array) -> NDArray[np.bool_]:
        """(n) whether the straight way between two free places, of (n, 2) each, is free.

        Most ways come near nothing: only those whose bounding box meets an obstacle's are looked at closely.
        """
        low, high = np.minimum(here, there), np.maximum(here, there)
        doubtful = np.zeros(len(here), dtype=bool)
        for x_min, y_min, x_max, y_max in self._obstacles:
            meets_x = (low[:, 0] <= x_max) & (high[:, 0] >= x_min)
            doubtful |= meets_x & (low[:, 1] <= y_max) & (high[:, 1] >= y_min)
        free = ~doubtful
        lines = shapely.linestrings(np.stack([here[doubtful], there[doubtful]], axis=1))
        free[doubtful] = shapely.covers(self._space.flyable, lines)
        return free

    def _sees_all(self, here: Sequence[XY] | Array, there: Sequence[XY] | Array) -> NDArray[np.bool_]:
        """(n, m) whether the straight way between any two places is free."""
        one, other = np.asarray(here, dtype=np.float64), np.asarray(there, dtype=np.float64).reshape(-1, 2)
        free: NDArray[np.bool_] = self.is_free(one)[:, None] & self.is_free(other)[None]
        rows, columns = np.nonzero(free)
        free[rows, columns] = self.sees(one[rows], other[columns])
        return free

    @cached_property
    def _obstacles(self) -> Array:
        """(k, 4) bounding boxes of what is not free within the hull of what is: zones, and bays of the border."""
        flyable = self._space.flyable
        closed = flyable.convex_hull.difference(flyable)
        return shapely.bounds(shapely.get_parts(closed)).reshape(-1, 4)


class WaysAmong:
    """The ways from given exits to given entries; what a place has to do with corners is found when it is first needed."""

    def __init__(self, ways: Ways, exits: Array, entries: Array) -> None:
        self._ways, self._exits, self._entries = ways, exits, entries
        self._exits_free, self._entries_free = ways.is_free(exits), ways.is_free(entries)
        self._to_corners: Array = np.full((len(exits), ways.corners), np.nan)
        self._from_corners: Array = np.full((len(entries), ways.corners), np.nan)

    def between(self, rows: Indices, columns: Indices) -> Distances:
        """(p) from the exits of these rows to the entries of these columns, in pairs."""
        starts = range(0, max(len(rows), 1), _AT_ONCE)
        parts = [self._some(rows[first : first + _AT_ONCE], columns[first : first + _AT_ONCE]) for first in starts]
        return Distances(np.concatenate([one.metres for one in parts]), np.concatenate([one.turns for one in parts]))

    def _some(self, rows: Indices, columns: Indices) -> Distances:
        here, there = self._exits[rows], self._entries[columns]
        metres: Array = np.linalg.norm(here - there, axis=1)
        free: NDArray[np.bool_] = self._exits_free[rows] & self._entries_free[columns]
        free[free] = self._ways.sees(here[free], there[free])
        turns = np.zeros(len(rows), dtype=np.int64)
        blocked = np.flatnonzero(~free)
        if len(blocked):
            metres[blocked] = self._round_m(rows[blocked], columns[blocked])
            turns[blocked] = self._ways.most_turns
        return Distances(metres, turns)

    def _round_m(self, rows: Indices, columns: Indices) -> Array:
        """(p) metres of ways round corners."""
        if not self._ways.corners:
            return np.full(len(rows), np.inf)
        out, into = _missing(self._to_corners, rows), _missing(self._from_corners, columns)
        self._to_corners[out] = _min_plus(self._ways.legs(self._exits[out]), self._ways.between_corners[0])
        self._from_corners[into] = self._ways.legs(self._entries[into])
        return np.asarray((self._to_corners[rows] + self._from_corners[columns]).min(axis=1), dtype=np.float64)


def length_m(line: Line) -> float:
    """Length of a line."""
    return sum(dist(a, b) for a, b in pairwise(line))


def _min_plus(one: Array, other: Array) -> Array:
    """(n, m) least sums over k of one[n, k] + other[k, m]."""
    out = np.full((one.shape[0], other.shape[1]), np.inf)
    for k in range(one.shape[1]):
        np.minimum(out, one[:, k, None] + other[None, k], out=out)
    return out


def _missing(known: Array, places: Indices) -> Indices:
    """Those of the places that have no row yet."""
    wanted = np.unique(places)
    missing: Indices = wanted[np.isnan(known[wanted, 0])]
    return missing
