"""A flight's path in the plane and in seconds, and what follows from it: speeds, rates, parts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import LineString

from missions.checking.plane import Array

HIGHEST_M = 100_000.0
"""A height beyond this is no height that a path can be checked with."""


@dataclass(frozen=True, slots=True)
class Track:
    """n points: (n, 2) places, heights over take-off, and seconds since the day's midnight. Between two it is straight."""

    xy_m: Array
    height_m: Array
    at_s: Array

    @property
    def durations_s(self) -> Array:
        """Of the n - 1 stretches."""
        return np.diff(self.at_s)

    @property
    def lengths_m(self) -> Array:
        """Of the stretches, in the plane."""
        return np.asarray(np.hypot(*np.diff(self.xy_m, axis=0).T), dtype=np.float64)

    @property
    def speeds_mps(self) -> Array:
        """Of the stretches, over ground."""
        return np.asarray(self.lengths_m / self.durations_s, dtype=np.float64)

    @property
    def rates_mps(self) -> Array:
        """Of the stretches, upwards."""
        return np.asarray(np.diff(self.height_m) / self.durations_s, dtype=np.float64)

    @property
    def line(self) -> LineString:
        """The way over ground."""
        return LineString(self.xy_m)

    def overlaps_s(self, begins_s: float, ends_s: float) -> Array:
        """How long each stretch lies between two moments; negative where it does not."""
        return np.minimum(self.at_s[1:], ends_s) - np.maximum(self.at_s[:-1], begins_s)

    def between(self, begins_s: float, ends_s: float) -> "Track":
        """The part between two moments. Beyond its ends the track stands still."""
        inside: NDArray[np.bool_] = (self.at_s > begins_s) & (self.at_s < ends_s)
        at_s = np.concatenate([[begins_s], self.at_s[inside], [ends_s]])
        xy_m = np.column_stack([np.interp(at_s, self.at_s, self.xy_m[:, axis]) for axis in (0, 1)])
        return Track(xy_m, np.interp(at_s, self.at_s, self.height_m), at_s)


def make_track(xy_m: Array, height_m: Sequence[float], at_s: Sequence[float]) -> Track | None:
    """None where no track can be made of it: fewer than two points, times that do not increase, heights that are none."""
    track = Track(xy_m, np.asarray(height_m, dtype=np.float64), np.asarray(at_s, dtype=np.float64))
    is_sound = len(at_s) > 1 and bool(np.all(track.durations_s > 0)) and bool(np.all(np.abs(track.height_m) <= HIGHEST_M))
    return track if is_sound else None
