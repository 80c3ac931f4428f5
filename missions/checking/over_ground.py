"""Tracks over the ground below them, where that is known."""

import numpy as np

from missions.checking.plane import Plane
from missions.checking.track import Track
from missions.ground import Ground

EVERY_M = 8.0
"""How closely the ground under a path is looked at."""

HELD_WITHIN_M = 3.0
"""How far off its height a flight may be that follows the ground: no straight way does so exactly."""


def over_ground(track: Track, take_off_m: float, ground: Ground, plane: Plane) -> Track:
    """The same track in heights over the ground, with a point at least every EVERY_M; unknown ground is as at the take-off."""
    closely = _closely(track)
    ground_m = ground.altitudes_m(*plane.to_lat_lon(closely.xy_m)) - take_off_m
    return Track(closely.xy_m, closely.height_m - np.nan_to_num(ground_m), closely.at_s)


def _closely(track: Track) -> Track:
    pieces = np.maximum(np.ceil(track.lengths_m / EVERY_M), 1).astype(int)
    parts = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(track.at_s[:-1], track.at_s[1:], pieces, strict=True)]
    at_s = np.concatenate([*parts, track.at_s[-1:]])
    xy_m = np.column_stack([np.interp(at_s, track.at_s, track.xy_m[:, axis]) for axis in (0, 1)])
    return Track(xy_m, np.interp(at_s, track.at_s, track.height_m), at_s)
