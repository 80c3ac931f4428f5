"""What the ways between the places of a problem take, as whoever plans reads it; and the plain form, in whole tables."""

from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FAR_S = 1e12
"""Where no way leads, as a number: nearer than a place is to itself, which is nobody's neighbour."""

ROWS_AT_ONCE = 256
"""Rows of a table sorted together, which bounds the memory beside it."""


class Readable(Protocol):
    """One number at a time, read fast: `table[here, there]`."""

    def __getitem__(self, pair: tuple[int, int], /) -> float: ...


class Travel(Protocol):
    """The ways of k kinds of vehicles between p places, jobs first, then depots.

    A way leads from the end of one place to the beginning of another; it is infinite where there is none.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """(k, p, p)."""

    @property
    def seconds(self) -> Floats:
        """(k, p, p) what every way takes."""

    @property
    def energies_wh(self) -> Floats:
        """(k, p, p) what every way draws."""

    def reading_s(self, kind: int) -> Readable:
        """The seconds of a kind, one by one."""

    def reading_wh(self, kind: int) -> Readable:
        """The Wh of a kind, one by one."""

    def near(self, count: int) -> list[list[int]]:
        """Of every place the `count` (fewer than there are jobs) nearest other jobs, nearest first, by the way there and back.

        The way is that of the first kind: kinds differ in speed more than in who is near whom.
        """

    def around(self, kind: int, depot: int, count: int) -> list[int]:
        """The `count` jobs nearest to the place of a depot, nearest first."""

    def know(self, kind: int, depot: int, jobs: list[int]) -> None:
        """Have the ways ready that lead from a depot to jobs and back: together they are measured faster than one by one."""


class WayTables:
    """Every way there is, in tables of seconds and Wh (k, p, p); the first `jobs` places are jobs."""

    def __init__(self, seconds: Floats, energies_wh: Floats, jobs: int) -> None:
        self.seconds, self.energies_wh, self._jobs = seconds, energies_wh, jobs

    @property
    def shape(self) -> tuple[int, ...]:
        """(k, p, p)."""
        return self.seconds.shape

    def reading_s(self, kind: int) -> Readable:
        """The seconds of a kind, one by one."""
        return _readable(self.seconds[kind])

    def reading_wh(self, kind: int) -> Readable:
        """The Wh of a kind, one by one."""
        return _readable(self.energies_wh[kind])

    def near(self, count: int) -> list[list[int]]:
        """As `Travel` says."""
        nearest: list[list[int]] = []
        for first in range(0, self.shape[1], ROWS_AT_ONCE):
            places = np.arange(first, min(first + ROWS_AT_ONCE, self.shape[1]))
            nearest += self._nearest_of(places, count).tolist() if count else [[] for _ in places]
        return nearest

    def know(self, kind: int, depot: int, jobs: list[int]) -> None:
        """They are."""

    def around(self, kind: int, depot: int, count: int) -> list[int]:
        """As `Travel` says."""
        order: list[int] = np.argsort(self.seconds[kind, depot, : self._jobs], kind="stable")[:count].tolist()
        return order

    def _nearest_of(self, places: NDArray[np.int_], count: int) -> NDArray[np.int_]:
        way_s = np.minimum(self.seconds[0][places, : self._jobs] + self.seconds[0][: self._jobs, places].T, FAR_S)
        own = places < self._jobs
        way_s[own, places[own]] = np.inf
        chosen = np.argpartition(way_s, count - 1, axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(way_s, chosen, axis=1), axis=1, kind="stable")
        return np.take_along_axis(chosen, order, axis=1)


def _readable(table: Floats) -> Readable:
    """A table whose numbers are read as Python floats, several times as fast as from an array."""
    return cast("memoryview[float]", np.ascontiguousarray(table, dtype=np.float64).data)
