"""The day's wind as the checker sees it: air moving over the plane, and what it makes of a track's speeds."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from missions.checking.plane import Array
from missions.checking.track import Track
from missions.schedule import DayConditions


@dataclass(frozen=True, slots=True)
class CheckedWind:
    """`speed_mps` of wind; `moves_mps` is the air's motion east and north, where its direction is known."""

    speed_mps: float
    moves_mps: tuple[float, float] | None

    def air_mps(self, track: Track) -> list[Array]:
        """Speeds through the air on a track's stretches. Of unknown direction: the greatest and the least there can be."""
        if self.moves_mps is None:
            return [track.speeds_mps + self.speed_mps, np.abs(track.speeds_mps - self.speed_mps)]
        over_ground = np.diff(track.xy_m, axis=0) / track.durations_s[:, None]
        return [np.asarray(np.hypot(*(over_ground - np.array(self.moves_mps)).T), dtype=np.float64)]


NO_WIND = CheckedWind(0.0, (0.0, 0.0))


def checked_wind(conditions: DayConditions) -> CheckedWind:
    """A wind from the west moves the air east."""
    if conditions.wind_from_deg is None:
        return CheckedWind(conditions.wind_mps, None)
    from_rad = radians(conditions.wind_from_deg)
    return CheckedWind(conditions.wind_mps, (-conditions.wind_mps * sin(from_rad), -conditions.wind_mps * cos(from_rad)))
