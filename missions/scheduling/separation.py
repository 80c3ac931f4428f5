"""Which flights would come too near to each other, the timing error of real flights allowed for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from missions.geometry import Array

HORIZONTAL_M = 50.0
VERTICAL_M = 15.0
"""Two aircraft keep at least one of these apart at every moment."""

MARGIN_M = 2.0
"""Kept in addition, for rounding of places on their way through files."""

NUDGE_M = 0.01
"""Given to climbs and descents, since GEOS takes a line without a length for nothing at all."""

PIECE_S = 8.0
"""Parts of a path are cut into pieces of at most this length, so that a long way is not taken for one place at one time."""


@dataclass(frozen=True, slots=True)
class Track:
    """A flight in space and time: (n, 4) of x and y in the plane, altitude (not height over its dock), and seconds."""

    points: Array


@dataclass(frozen=True, slots=True)
class Segments:
    """All straight parts of several tracks: whose they are, where, how high and when."""

    owner: NDArray[np.int64]
    lines: NDArray[np.object_]
    low_m: Array
    high_m: Array
    begins_s: Array
    ends_s: Array

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> "Segments":
        """Cuts the tracks into their parts, and long ones into pieces."""
        cut = [_cut(one.points) for one in tracks]
        owner = np.concatenate([np.full(len(points) - 1, number) for number, points in enumerate(cut)])
        here = np.concatenate([points[:-1] for points in cut])
        there = np.concatenate([points[1:] for points in cut])
        ends = there[:, :2] + np.where((here[:, :2] == there[:, :2]).all(axis=1), NUDGE_M, 0.0)[:, None]
        lines = np.asarray(shapely.linestrings(np.stack([here[:, :2], ends], axis=1)), dtype=np.object_)
        low, high = np.minimum(here[:, 2], there[:, 2]), np.maximum(here[:, 2], there[:, 2])
        return cls(owner, lines, low, high, here[:, 3], there[:, 3])


def _cut(points: Array) -> Array:
    """The same track with points between, at most `PIECE_S` apart."""
    times = points[:, 3]
    pieces = np.maximum(np.ceil(np.diff(times) / PIECE_S), 1).astype(int)
    steps = [np.arange(count) / count for count in pieces]
    at = np.concatenate([*(t + step * gap for t, step, gap in zip(times, steps, np.diff(times), strict=False)), times[-1:]])
    return np.column_stack([*(np.interp(at, times, points[:, column]) for column in range(3)), at])


def first_met(track: Track, others: Sequence[Track], error_s: float) -> int | None:
    """Which of the others the track may come too near to first, when each is up to `error_s` early or late; None: to none.

    Pieces of paths are taken whole, so that one may be named that would just pass; never the other way round.
    """
    if not others:
        return None
    own, parts = Segments.of([track]), Segments.of(others)
    one, other = shapely.STRtree(parts.lines).query(own.lines, predicate="dwithin", distance=HORIZONTAL_M + MARGIN_M)
    slack_s = 2 * error_s
    near = (
        (own.begins_s[one] <= parts.ends_s[other] + slack_s)
        & (parts.begins_s[other] <= own.ends_s[one] + slack_s)
        & (own.low_m[one] < parts.high_m[other] + VERTICAL_M)
        & (parts.low_m[other] < own.high_m[one] + VERTICAL_M)
    )
    if not near.any():
        return None
    when_s = np.maximum(own.begins_s[one[near]], parts.begins_s[other[near]])
    return int(parts.owner[other[near]][np.argmin(when_s)])
