"""What a type of aircraft does in a wind: the speed it makes good over ground, and the power that takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from missions.aircraft import AircraftType
from missions.geometry import Array
from missions.planning.sweep import Piece
from missions.wind import STILL, Wind

HELD_MPS = 1.0
"""A way along which the wind leaves less over ground than this cannot be held: gusts would carry the aircraft off."""

STEP_DEG = 6
"""Sweep directions tried in wind, besides those of edges."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A type of aircraft in a wind. It holds the speed over ground that it is told, up to `max_speed_mps` through the air.

    Ways are (..., 2) arrays of metres east and north; what is told of them has their shape without the last axis.
    """

    aircraft: AircraftType
    wind: Wind = STILL

    @property
    def hover_w(self) -> float:
        """Power for staying in one place: the wind goes by."""
        return float(level_w(self.aircraft, np.array(self.wind.speed_mps)))

    @property
    def climbing_w(self) -> float:
        """What climbing at `climb_mps` takes more than that."""
        return max(self.aircraft.climb_w - self.aircraft.hover_w, 0.0)

    def ground_mps(self, wanted_mps: Array | float, ways_m: Array) -> Array:
        """The speed made good along ways, at most the one wanted (wind triangle); below HELD_MPS a way is not to be held."""
        ahead, across = self.wind.ahead_and_across_mps(ways_m)
        limit = self.aircraft.max_speed_mps
        along = np.sqrt(np.maximum(limit**2 - across**2, 0.0)) - ahead
        return np.where(np.abs(across) < limit, np.minimum(wanted_mps, along), 0.0)

    def level_w(self, ground_mps: Array, ways_m: Array) -> Array:
        """Power in level flight at these speeds over ground. Wind of unknown direction: the most that any direction takes."""
        ahead, across = self.wind.ahead_and_across_mps(ways_m)
        power = level_w(self.aircraft, np.hypot(ground_mps + ahead, across))
        if self.wind.from_deg is None and self.wind.speed_mps > 0:
            return np.maximum(power, level_w(self.aircraft, np.abs(ground_mps - ahead)))
        return power


def level_w(aircraft: AircraftType, air_mps: Array) -> Array:
    """Power in level flight through the air: from hover to cruise, and as steeply on, with the square of the speed.

    At inspection speeds the drag of a multirotor is that of its rotors and grows with the speed, so the power against it with
    the square; a type that cruises on less than it hovers takes as much more again beyond cruise.
    """
    share = (air_mps / aircraft.cruise_mps) ** 2
    excess_w = aircraft.cruise_w - aircraft.hover_w
    return aircraft.hover_w + excess_w * np.minimum(share, 1.0) + abs(excess_w) * np.maximum(share - 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class WindyEffort:
    """What ways take in a wind, as the metres that take as much energy in still air at the same speed."""

    performance: Performance
    speed_mps: float

    @property
    def directions_deg(self) -> tuple[float, ...]:
        """Along the wind, across it and between, as angles from the plane's x axis: the best need not lie along an edge."""
        from_deg = self.performance.wind.from_deg
        return () if from_deg is None else tuple((90 - from_deg + turn_deg) % 180 for turn_deg in range(0, 180, STEP_DEG))

    def total_m(self, pieces: Sequence[Piece]) -> float:
        """Infinite where one cannot be held."""
        if not pieces:
            return 0.0
        ends = np.array(pieces)
        ways_m = ends[:, 1] - ends[:, 0]
        ground_mps = self.performance.ground_mps(self.speed_mps, ways_m)
        if (ground_mps < HELD_MPS).any():
            return float("inf")
        still_j = float(level_w(self.performance.aircraft, np.array(self.speed_mps))) / self.speed_mps
        windy_j = self.performance.level_w(ground_mps, ways_m) / ground_mps
        return float((np.hypot(*ways_m.T) * windy_j).sum()) / still_j
