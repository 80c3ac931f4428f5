"""How much later a video's pictures are than the poses told with them: the delay at which both tell of the same motion.

The motion seen in the pictures and the motion told by the poses (edge_agent/placement/image_motion.py) are correlated over
delays of up to a second (Knapp and Carter, The generalized correlation method for estimation of time delay, 1976); a parabola
through the best three gives the peak. Its standard deviation follows from the peak's curvature and what both differ by.
"""

from dataclasses import dataclass

import numpy as np

from edge_agent.placement.image_motion import ViewAt, told_motion
from missions.geometry import Array

REACH_S = 1.0
"""Delays of up to so much, either way, are looked for."""

GRID_S = 0.02
OVER_S = 0.5
"""Both motions are averaged over this long: telemetry is noisy, and told in steps."""

LEAST_S = 4.0
"""Of pictures; less tells nothing."""

LEAST_PX_S = 1.0
"""By which the motion has to vary (rms): corners are followed to some tenths of it."""

LEAST_CORRELATION = 0.7
RIVAL = 0.95
"""A second peak that reaches this share of the best leaves it open which is the delay: the motion repeats itself."""

FLOOR_S, WORST_S = 0.01, 0.1
"""No sigma is better than the one, no delay with one worse than the other is worth to be used."""


@dataclass(frozen=True, slots=True)
class Latency:
    """A picture of time t shows what is told for t - `latency_s`."""

    latency_s: float
    sigma_s: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why the delay cannot be told, in words."""

    reason: str


def latency_of(times_s: Array, seen: Array, view_at: ViewAt) -> Latency | Unknown:
    """The delay of pictures that moved by (n, 3) `seen` at (n,) `times_s` against the poses of `view_at`."""
    if len(times_s) < 2 or np.ptp(times_s) < LEAST_S:
        return Unknown("the pictures show too little that can be followed")
    grid = np.arange(times_s[0] - REACH_S, times_s[-1] + REACH_S, GRID_S)
    told = told_motion(view_at, grid, float(np.median(np.diff(times_s))))
    known = ~np.isnan(told).any(axis=1)
    if known.mean() < 0.9:
        return Unknown("position, height over the ground or camera angles are not told")
    told = _columns_at(grid, grid[known], told[known])
    return _correlated(_averaged(_columns_at(grid, times_s, seen)), _averaged(told), _inside(grid, times_s))


def _inside(grid: Array, times_s: Array) -> slice:
    """The part of the grid with pictures."""
    first, last = np.searchsorted(grid, [times_s[0], times_s[-1]])
    return slice(int(first), int(last))


def _correlated(seen: Array, told: Array, inside: slice) -> Latency | Unknown:
    reach = round(REACH_S / GRID_S)
    lags = np.arange(-reach, reach + 1)
    lagged = [told[max(inside.start - lag, 0) :][: inside.stop - inside.start] for lag in lags]
    wanted = _varying(seen[inside])
    if min(_rms(_varying(told[inside])), _rms(wanted)) < LEAST_PX_S:
        return Unknown("the motion hardly varies: no turn, no change of speed")
    values = np.array([_alike(wanted[: len(one)], _varying(one)) for one in lagged])
    best = int(values.argmax())
    if values[best] < LEAST_CORRELATION:
        return Unknown(f"pictures and telemetry move differently (correlation {values[best]:.2f} at most)")
    if best in (0, len(lags) - 1):
        return Unknown(f"it is longer than {REACH_S:g} s, or the motion hardly varies")
    if _has_rival(values, best):
        return Unknown("the motion repeats itself: several delays fit")
    return _peak(values, best, best - reach, GRID_S * len(wanted))


def _peak(values: Array, best: int, lag: int, lasted_s: float) -> Latency | Unknown:
    """By the parabola; with correlation c = c0 (1 - k L^2 / 2), var(L) = (1 - c0^2) / (c0^2 n k) for n independent values."""
    before, top, after = values[best - 1 : best + 2].tolist()
    bend = max(2 * top - before - after, 1e-12)
    curvature = bend / (top * GRID_S**2)
    count = lasted_s / OVER_S
    sigma_s = max(float(np.sqrt(max(1 - top**2, 0.0) / (top**2 * count * curvature))), FLOOR_S)
    if sigma_s > WORST_S:
        return Unknown(f"the motion varies too slowly to tell it (+- {sigma_s:.2f} s)")
    return Latency(GRID_S * (lag + (after - before) / 2 / bend), sigma_s)


def _has_rival(values: Array, best: int) -> bool:
    """Whether another peak is about as high."""
    inner = values[1:-1]
    peaks = 1 + np.flatnonzero((inner >= values[:-2]) & (inner > values[2:]))
    others = values[peaks[np.abs(peaks - best) > 1]]
    return bool((others > RIVAL * values[best]).any())


def _averaged(motion: Array) -> Array:
    width = round(OVER_S / GRID_S)
    box = np.ones(width) / width
    return np.column_stack([np.convolve(column, box, mode="same") for column in motion.T])


def _columns_at(grid: Array, times_s: Array, motion: Array) -> Array:
    return np.column_stack([np.interp(grid, times_s, column) for column in motion.T])


def _varying(motion: Array) -> Array:
    return np.asarray(motion - motion.mean(axis=0))


def _rms(motion: Array) -> float:
    return float(np.sqrt(np.square(motion).sum(axis=1).mean()))


def _alike(one: Array, two: Array) -> float:
    """The normalised correlation of all three columns together."""
    lengths = float(np.sqrt(np.square(one).sum() * np.square(two).sum()))
    return float((one * two).sum()) / lengths if lengths else 0.0
