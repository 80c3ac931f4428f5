"""What telemetry that is sparse, stale or jumping adds to the doubt about a position at a given time."""

from dataclasses import dataclass

import numpy as np

from missions.geometry import Array

ACCELERATION_MPS2 = 1.5
"""1 sigma of an inspecting aircraft's acceleration. Between two samples a straight line is off by half of it times the times to
both (the remainder of linear interpolation).
"""

SETTLED_AFTER_S = 3.0
"""A jump of a receiver's position is doubted for this long on both sides of it: which side is right cannot be told."""

PLAUSIBLE_FACTOR = 1.5
PLAUSIBLE_M = 1.0
"""A step counts as a jump where it is this much longer than the speed explains."""


@dataclass(frozen=True, slots=True)
class PositionSamples:
    """n samples in order of time: (n,) seconds, (n, 2) metres on any plane, and (n,) reported speeds where there are any."""

    times_s: Array
    xy_m: Array
    speeds_mps: Array | None = None


def jitter_m(samples: PositionSamples, at_s: Array) -> Array:
    """(m,) standard deviations, in metres a horizontal axis, of positions interpolated at (m,) times."""
    times_s, at_s = samples.times_s, np.asarray(at_s, dtype=np.float64)
    after = np.clip(np.searchsorted(times_s, at_s), 1, max(len(times_s) - 1, 1))
    if len(times_s) < 2:
        return np.full(at_s.shape, np.inf)
    changed, speeds_mps = _changes(samples)
    sample_m = np.hypot(_held_m(times_s, changed, speeds_mps), _jumped_m(samples, changed, speeds_mps))
    before_s, behind_s = at_s - times_s[after - 1], times_s[after] - at_s
    bend_m = ACCELERATION_MPS2 / 2 * np.abs(before_s * behind_s)
    outside_m = speeds_mps[after] * np.maximum(np.maximum(-before_s, -behind_s), 0.0)
    share = np.clip(before_s / np.maximum(times_s[after] - times_s[after - 1], 1e-9), 0.0, 1.0)
    return np.sqrt((sample_m[after - 1] * (1 - share) + sample_m[after] * share) ** 2 + bend_m**2 + outside_m**2)


def _changes(samples: PositionSamples) -> tuple[Array, Array]:
    """(n,) index of the sample at which each one's position was new, and (n,) speeds, reported or from the changes."""
    moved = np.any(np.diff(samples.xy_m, axis=0) != 0.0, axis=1)
    changed = np.maximum.accumulate(np.where(np.concatenate([[True], moved]), np.arange(len(samples.times_s)), 0))
    if samples.speeds_mps is not None:
        return changed, samples.speeds_mps
    news = np.unique(changed)
    if len(news) < 2:
        return changed, np.zeros(len(changed))
    steps_m = np.hypot(*np.diff(samples.xy_m[news], axis=0).T)
    between = steps_m / np.maximum(np.diff(samples.times_s[news]), 1e-9)
    around = np.array([np.median(between[max(index - 2, 0) : index + 3]) for index in range(len(between))])
    return changed, np.interp(samples.times_s, (samples.times_s[news][1:] + samples.times_s[news][:-1]) / 2, around)


def _held_m(times_s: Array, changed: Array, speeds_mps: Array) -> Array:
    """How far the aircraft has flown on while its position was repeated."""
    return np.asarray((times_s - times_s[changed]) * speeds_mps)


def _jumped_m(samples: PositionSamples, changed: Array, speeds_mps: Array) -> Array:
    """By how much steps are longer than the speed explains, near them in time."""
    news = np.unique(changed)
    at_s = samples.times_s[news]
    steps_m = np.hypot(*np.diff(samples.xy_m[news], axis=0).T)
    speed = np.maximum(speeds_mps[news][1:], speeds_mps[news][:-1])
    excess_m = np.maximum(steps_m - PLAUSIBLE_FACTOR * speed * np.diff(at_s) - PLAUSIBLE_M, 0.0)
    jumps = np.flatnonzero(excess_m > 0)
    doubt_m = np.zeros(len(samples.times_s))
    for jump in jumps:
        apart_s = np.maximum(np.maximum(at_s[jump] - samples.times_s, samples.times_s - at_s[jump + 1]), 0.0)
        doubt_m = np.maximum(doubt_m, excess_m[jump] * np.clip(1 - apart_s / SETTLED_AFTER_S, 0.0, 1.0))
    return doubt_m
