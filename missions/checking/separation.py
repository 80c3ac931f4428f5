"""SEPARATION: no two aircraft come near each other, however early or late each is within the timing error."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPoint, Point, STRtree

from missions.checking.day import CheckedFlight, Day
from missions.checking.plane import Array
from missions.checking.violation import Rule, Violation, clock

APART_M = 50.0
APART_HEIGHT_M = 15.0
NEGLIGIBLE_M = 0.05
"""What the plane and rounding may take from a distance that is just kept."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Stretches:
    """All flights' straight stretches: n of them. Altitudes are above mean sea level, since docks differ in height."""

    owner: Indices
    """Number of the flight."""
    drone: Indices
    """Number of the drone."""
    begins: Array
    """(n, 4): second, east, north, altitude."""
    ends: Array

    @property
    def low(self) -> Array:
        """The lesser of begin and end, in each."""
        return np.minimum(self.begins, self.ends)

    @property
    def high(self) -> Array:
        """The greater."""
        return np.maximum(self.begins, self.ends)


LEAST_SHIFT_S = 1e-3
"""Where no timing error is allowed for, moments this near count as one: cutting at nothing would lose them to rounding."""


def check_separation(day: Day) -> Iterator[Violation]:
    """Where each two flights first meet, if they do; flights of one drone cannot.

    They meet where two moments lie at most twice the timing error apart, and one flight's place at the one is less than 50 m
    across and less than 15 m in height from the other's place at the other.
    """
    flights = [one for one in day.flights if one.track is not None and one.from_dock is not None]
    if len(flights) < 2:
        return
    stretches = _stretches(flights)
    shift_s = max(2 * day.district.operations.timing_error_s, LEAST_SHIFT_S)
    met: set[tuple[int, int]] = set()
    for first, second in zip(*_candidates(stretches, shift_s), strict=True):
        pair = int(stretches.owner[first]), int(stretches.owner[second])
        if pair in met:
            continue
        distance_m = _nearest_m(stretches, first, second, shift_s)
        if distance_m < APART_M - NEGLIGIBLE_M:
            met.add(pair)
            yield _meeting(flights[pair[0]], flights[pair[1]], float(stretches.begins[first, 0]), distance_m, shift_s)


def _stretches(flights: list[CheckedFlight]) -> _Stretches:
    drones = {drone_id: number for number, drone_id in enumerate(dict.fromkeys(one.flight.drone_id for one in flights))}
    points = [_points(one) for one in flights]
    counts = [len(one) - 1 for one in points]
    return _Stretches(
        owner=np.repeat(np.arange(len(flights)), counts),
        drone=np.repeat([drones[one.flight.drone_id] for one in flights], counts),
        begins=np.concatenate([one[:-1] for one in points]),
        ends=np.concatenate([one[1:] for one in points]),
    )


def _points(one: CheckedFlight) -> Array:
    if one.track is None or one.from_dock is None:
        return np.empty((0, 4))
    return np.column_stack([one.track.at_s, one.track.xy_m, one.track.height_m + one.from_dock.ground_altitude_m])


def _candidates(stretches: _Stretches, shift_s: float) -> tuple[Indices, Indices]:
    """Pairs of stretches that may meet, in order of time: near in time and east by a tree, then north, height and lines."""
    low, high = stretches.low, stretches.high
    tree = STRtree(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
    wide = shapely.box(low[:, 0] - shift_s, low[:, 1] - APART_M, high[:, 0] + shift_s, high[:, 1] + APART_M)
    first, second = tree.query(wide)
    keep = (stretches.owner[first] < stretches.owner[second]) & (stretches.drone[first] != stretches.drone[second])
    for axis, apart_m in ((2, APART_M), (3, APART_HEIGHT_M)):
        gap_m = np.maximum(low[first, axis] - high[second, axis], low[second, axis] - high[first, axis])
        keep &= gap_m < apart_m
    first, second = first[keep], second[keep]
    lines = np.asarray(shapely.linestrings(np.stack([stretches.begins[:, 1:3], stretches.ends[:, 1:3]], axis=1)))
    near = shapely.distance(lines[first], lines[second]) < APART_M
    first, second = first[near], second[near]
    order = np.argsort(stretches.begins[first, 0], kind="stable")
    return first[order], second[order]


def _nearest_m(stretches: _Stretches, first: int, second: int, shift_s: float) -> float:
    """How near two stretches come across, of the moments (one on each) that are within the shift and the height.

    Those moments form a convex polygon: a rectangle, cut by four lines. What lies between the two places is affine in the
    moments, so its values form a convex polygon as well, and the nearest of them to nought is the answer, exactly.
    """
    here = np.stack([stretches.begins[first], stretches.ends[first]])
    there = np.stack([stretches.begins[second], stretches.ends[second]])
    corners = np.array([there[j] - here[i] for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))])
    for axis, limit in ((0, shift_s), (3, APART_HEIGHT_M - NEGLIGIBLE_M)):
        corners = _cut(corners, limit - corners[:, axis])
        corners = _cut(corners, limit + corners[:, axis])
    return MultiPoint(corners[:, 1:3]).convex_hull.distance(Point(0, 0)) if len(corners) else float("inf")


def _cut(corners: Array, slack: Array) -> Array:
    """The part of a convex polygon where an affine function, given by its values at the corners, is not negative."""
    kept: list[Array] = []
    following = np.roll(corners, -1, axis=0), np.roll(slack, -1)
    for here, there, value, then in zip(corners, following[0], slack, following[1], strict=True):
        if value >= 0:
            kept.append(here)
        if (value < 0) != (then < 0):
            kept.append(here + (there - here) * (value / (value - then)))
    return np.array(kept, dtype=np.float64).reshape(-1, corners.shape[1])


def _meeting(one: CheckedFlight, other: CheckedFlight, at_s: float, distance_m: float, shift_s: float) -> Violation:
    who = f"flights '{one.id}' and '{other.id}' may come within {distance_m:.1f} m and {APART_HEIGHT_M:g} m in height"
    text = f"{who} of each other after {clock(at_s)}, if they are {shift_s:g} s out of step; {APART_M:g} m are to be kept"
    return Violation(rule=Rule.SEPARATION, subject=one.id, text=text, limit=APART_M, value=distance_m)
