"""East, north and up in metres (or metres a second) of the plane round home."""

from math import atan2, degrees, hypot
from typing import NamedTuple


class Vector(NamedTuple):
    """A place over home, or a velocity: east, north, up."""

    east: float = 0.0
    north: float = 0.0
    up: float = 0.0

    def plus(self, other: "Vector", factor: float = 1.0) -> "Vector":
        """This, plus factor * other."""
        return Vector(self.east + factor * other.east, self.north + factor * other.north, self.up + factor * other.up)

    def minus(self, other: "Vector") -> "Vector":
        """This, less `other`."""
        return self.plus(other, -1.0)

    def times(self, factor: float) -> "Vector":
        """Each component times `factor`."""
        return Vector(self.east * factor, self.north * factor, self.up * factor)

    @property
    def horizontal(self) -> float:
        """Length over ground."""
        return hypot(self.east, self.north)

    @property
    def bearing_deg(self) -> float:
        """Direction over ground, clockwise from north, in [0, 360)."""
        return degrees(atan2(self.east, self.north)) % 360.0

    def level(self, up: float = 0.0) -> "Vector":
        """The same over ground, at height `up`."""
        return Vector(self.east, self.north, up)

    def flat_dot(self, other: "Vector") -> float:
        """Scalar product over ground."""
        return self.east * other.east + self.north * other.north

    def capped(self, longest: float) -> "Vector":
        """Shortened over ground to at most `longest`; up is kept."""
        length = self.horizontal
        if length <= longest or length == 0.0:
            return self
        return Vector(self.east * longest / length, self.north * longest / length, self.up)


ZERO = Vector()
"""The origin, or standstill."""


def clamp(value: float, low: float, high: float) -> float:
    """`value`, within [low, high]."""
    return min(max(value, low), high)


def turn_deg(frm: float, to: float) -> float:
    """The shorter turn from one heading to another, in (-180, 180]."""
    difference = (to - frm) % 360.0
    return difference - 360.0 if difference > 180.0 else difference
