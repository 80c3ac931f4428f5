"""Quaternions of logs as attitudes."""

from collections.abc import Sequence

from missions.geometry import Attitude


def attitude_of(quaternion: Sequence[float]) -> Attitude | None:
    """Of (w, x, y, z); None for what is no rotation: all zero, or not a number."""
    norm = sum(part * part for part in quaternion) ** 0.5
    if not 0.9 < norm < 1.1:
        return None
    w, x, y, z = (part / norm for part in quaternion)
    return Attitude(w=w, x=x, y=y, z=z)
