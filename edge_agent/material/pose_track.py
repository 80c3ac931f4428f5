"""Positions and attitudes that were told now and then, at the times between. Never beyond the first and the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from edge_agent.placement.staleness import PositionSamples, jitter_m
from missions.geometry import Array, Attitude, GeoPoint, LocalFrame

MAX_GAP_S = 10.0
"""Telemetry further apart than this tells nothing of what lies between."""

STEADY_STEPS, CREEP_STEPS = 1.5, 3.0
"""A hovering aircraft's position flickers between neighbouring steps of what is written; a moving one's changes by some."""

COARSE_M = 1.0
"""Positions written in coarser steps than this stay the same at the end of a hovering video: that is not stale."""

DOUBTS_BETWEEN = 4

VELOCITY_OVER_S = 1.0
"""A velocity is taken over this long: positions are told in steps."""


@dataclass(frozen=True, slots=True)
class PositionSample:
    """A position told at a time; `resolution_m` is the step in which it was written."""

    time_s: float
    point: GeoPoint
    altitude_m: float | None = None
    relative_altitude_m: float | None = None
    resolution_m: float = 0.0


@dataclass(frozen=True, slots=True)
class PositionAt:
    """Where the aircraft was: velocity north, east, down; `jitter_m` is the further doubt (1 sigma) of this moment."""

    point: GeoPoint
    altitude_m: float | None
    relative_altitude_m: float | None
    velocity_mps: tuple[float, float, float]
    jitter_m: float


class PositionTrack:
    """Positions in order of time, interpolated on the plane round the first."""

    def __init__(self, samples: Sequence[PositionSample]) -> None:
        kept = [
            sample
            for sample, last in zip(samples, [None, *samples[:-1]], strict=True)
            if last is None or sample.time_s > last.time_s
        ]
        self._frame = LocalFrame(kept[0].point)
        self._times_s = np.array([sample.time_s for sample in kept])
        self._xy_m = self._frame.to_xy_many(sample.point for sample in kept)
        self._altitudes_m = _column([sample.altitude_m for sample in kept])
        self._relative_m = _column([sample.relative_altitude_m for sample in kept])
        self._resolution_m = max(sample.resolution_m for sample in kept)
        self._doubted_s, self._doubts_m = _doubts(self._times_s, _without_flicker(self._xy_m, self._resolution_m))

    @property
    def span_s(self) -> tuple[float, float]:
        """The first and the last time."""
        return float(self._times_s[0]), float(self._times_s[-1])

    def at(self, time_s: float) -> PositionAt | None:
        """None before the first, after the last and in a gap."""
        if not _is_within(self._times_s, time_s):
            return None
        x_m, y_m = self._xy(time_s)
        doubt_m = float(np.interp(time_s, self._doubted_s, self._doubts_m))
        return PositionAt(
            point=self._frame.to_geo(x_m, y_m),
            altitude_m=_known(np.interp(time_s, self._times_s, self._altitudes_m)),
            relative_altitude_m=_known(np.interp(time_s, self._times_s, self._relative_m)),
            velocity_mps=self._velocity(time_s),
            jitter_m=float(np.hypot(doubt_m, self._resolution_m / np.sqrt(12.0))),
        )

    def flown_m(self, times_s: Array) -> Array:
        """(n,) metres flown until each of (n,) times."""
        steps_m = np.hypot(*np.diff(self._xy_m, axis=0).T)
        return np.asarray(np.interp(times_s, self._times_s, np.concatenate([[0.0], np.cumsum(steps_m)])))

    def _xy(self, time_s: float) -> tuple[float, float]:
        east, north = (float(np.interp(time_s, self._times_s, self._xy_m[:, axis])) for axis in (0, 1))
        return east, north

    def _velocity(self, time_s: float) -> tuple[float, float, float]:
        from_s = max(time_s - VELOCITY_OVER_S / 2, self.span_s[0])
        until_s = min(time_s + VELOCITY_OVER_S / 2, self.span_s[1])
        if until_s <= from_s:
            return 0.0, 0.0, 0.0
        (east, north), (east_then, north_then) = self._xy(from_s), self._xy(until_s)
        lasted_s = until_s - from_s
        heights_m = self._altitudes_m if np.isfinite(self._altitudes_m).all() else self._relative_m
        up = _known(np.interp(until_s, self._times_s, heights_m) - np.interp(from_s, self._times_s, heights_m)) or 0.0
        return (north_then - north) / lasted_s, (east_then - east) / lasted_s, -up / lasted_s


class AttitudeTrack:
    """Attitudes in order of time, turned evenly from one to the next (spherical interpolation)."""

    def __init__(self, samples: Sequence[tuple[float, Attitude]]) -> None:
        kept = dict(samples)
        self._times_s = np.array(sorted(kept))
        rotations = Rotation.from_quat([[q.x, q.y, q.z, q.w] for q in (kept[float(time_s)] for time_s in self._times_s)])
        self._only = rotations[0]
        self._slerp = Slerp(self._times_s, rotations) if len(self._times_s) > 1 else None

    def at(self, time_s: float) -> Attitude | None:
        """None before the first, after the last and in a gap."""
        if not _is_within(self._times_s, time_s):
            return None
        x, y, z, w = (self._slerp(time_s) if self._slerp is not None else self._only).as_quat().tolist()
        return Attitude(w=w, x=x, y=y, z=z)


def _is_within(times_s: Array, time_s: float) -> bool:
    after = int(np.searchsorted(times_s, time_s))
    if after == len(times_s) or time_s < times_s[0]:
        return False
    return bool(times_s[after] == time_s or times_s[after] - times_s[after - 1] <= MAX_GAP_S)


def _doubts(times_s: Array, xy_m: Array) -> tuple[Array, Array]:
    """Times, four between two samples, and the doubt at each: once for all, since it looks at the whole flight."""
    if len(times_s) < 2:
        return times_s, np.zeros(len(times_s))
    shares = np.arange(DOUBTS_BETWEEN) / DOUBTS_BETWEEN
    between_s = (times_s[:-1, None] + shares * np.diff(times_s)[:, None]).ravel()
    doubted_s = np.append(between_s, times_s[-1])
    return doubted_s, jitter_m(PositionSamples(times_s, xy_m), doubted_s)


def _without_flicker(xy_m: Array, resolution_m: float) -> Array:
    """(n, 2) positions in which only those stay the same that are stale.

    A position that is held and then changes by a few of the steps in which it is written is one of an aircraft that hovers or
    flies slowly: it creeps from one to the next here. One that is held and then jumps is stale, and stays held.
    """
    kept = [0]
    for index in range(1, len(xy_m)):
        if np.hypot(*(xy_m[index] - xy_m[kept[-1]])) > STEADY_STEPS * resolution_m:
            kept.append(index)
    told = xy_m.copy()
    for start, end in pairwise(kept):
        held = told[start] + 0.0 * told[start:end]
        creeps = np.hypot(*(xy_m[end] - xy_m[start])) <= CREEP_STEPS * resolution_m
        share = (np.arange(end - start) / (end - start))[:, None]
        told[start:end] = held + share * (xy_m[end] - xy_m[start]) * creeps
    if resolution_m > COARSE_M:
        told[kept[-1] :] = told[kept[-1]] + np.linspace(0.0, 1e-6, len(xy_m) - kept[-1])[:, None]
    return told


def _column(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
