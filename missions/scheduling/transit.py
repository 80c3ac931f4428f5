"""What the ways between legs and docks take at most, flown by one type of aircraft in the day's wind."""

from dataclasses import dataclass, replace

import numpy as np

from missions.geometry import Array
from missions.planning.energy import TURN_ACCELERATION_MPS2
from missions.planning.performance import HELD_MPS, Performance
from missions.planning.terrain import CLIMB_SHARE, TOLERANCE_M, Terrain
from missions.scheduling.travel import Distances, Indices
from missions.wind import Wind

BENT_GRADE = 0.1
"""How steep ways round corners are taken to be all along: a steep hill's. What is flown is checked whole in any case."""


@dataclass(frozen=True, eq=False)
class Transit:
    """Ways from (p, 2) exits to (p, 2) entries, in metres in the plane. `below_m` (p) is how far each place lies below the
    height of ways, `fastest_mps` the highest speed at which any leg is flown. Over `terrain` ways follow the ground.
    """

    performance: Performance
    exits: Array
    entries: Array
    below_m: Array
    fastest_mps: float
    terrain: Terrain | None = None

    def takes(self, here: Indices, there: Indices, found: Distances) -> tuple[Array, Array]:
        """(n) seconds and Wh of ways from places to places: with a full stop at both ends and every corner, climb and sink."""
        type = self.performance.aircraft
        stops_mps = (found.turns + 1) * type.cruise_mps + max(type.cruise_mps, min(self.fastest_mps, type.max_speed_mps))
        level_s, level_w = self._level(self.entries[there] - self.exits[here], found)
        ups_m, downs_m = self._rises(here, there, found)
        climb_s = (self.below_m[here] + ups_m) / type.climb_mps
        sink_s = (self.below_m[there] + downs_m) / type.descent_mps
        hover_s = stops_mps / TURN_ACCELERATION_MPS2 + climb_s + sink_s
        watt_s = level_w * level_s + self.performance.hover_w * hover_s + self.performance.climbing_w * climb_s
        return level_s + hover_s, watt_s / 3600

    def _rises(self, here: Indices, there: Indices, found: Distances) -> tuple[Array | float, Array | float]:
        """(n) metres, as of climbing and sinking at the full rate, with the ground: by the straight way's, and with corners as
        much as a tenth of the way more.
        """
        if self.terrain is None:
            return 0.0, 0.0
        ups_m, downs_m = self.terrain.ups_and_downs_m(self.exits[here], self.entries[there])
        more_m = np.where(found.turns > 0, BENT_GRADE * found.metres, 0.0) + 2 * TOLERANCE_M
        return (ups_m + more_m) / CLIMB_SHARE, (downs_m + more_m) / CLIMB_SHARE

    def _level(self, ways_m: Array, found: Distances) -> tuple[Array, Array]:
        """(n) seconds of the ways at cruise, and the power in them: straight ways by the wind triangle, those with corners as
        if the wind were ahead all the way; infinite where the wind does not let a way be held.
        """
        cruise_mps = self.performance.aircraft.cruise_mps
        ground_mps = self.performance.ground_mps(cruise_mps, ways_m)
        power_w = self.performance.level_w(ground_mps, ways_m)
        if self.performance.wind.speed_mps > 0:
            against = replace(self.performance, wind=Wind(self.performance.wind.speed_mps))
            slowest_mps, bent = against.ground_mps(cruise_mps, ways_m), found.turns > 0
            power_w = np.where(bent, np.maximum(power_w, against.level_w(slowest_mps, ways_m)), power_w)
            ground_mps = np.where(bent, slowest_mps, ground_mps)
        held = ground_mps >= HELD_MPS
        return np.where(held, found.metres / np.where(held, ground_mps, 1.0), np.inf), power_w
