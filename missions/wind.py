"""Wind: how fast the air moves, and where from where that is known."""

from dataclasses import dataclass

import numpy as np

from missions.geometry import Array


@dataclass(frozen=True, slots=True)
class Wind:
    """Steady wind. `from_deg` is where it comes from, clockwise from north; None: unknown, so that every way has it ahead."""

    speed_mps: float = 0.0
    from_deg: float | None = None

    def ahead_and_across_mps(self, ways_m: Array) -> tuple[Array, Array]:
        """What of it blows against whoever goes along each of (..., 2) ways east and north (behind: negative), and what from
        the side.
        """
        if self.from_deg is None or self.speed_mps == 0:
            return np.full(ways_m.shape[:-1], self.speed_mps), np.zeros(ways_m.shape[:-1])
        angle = np.radians(self.from_deg) - np.arctan2(ways_m[..., 0], ways_m[..., 1])
        return self.speed_mps * np.cos(angle), self.speed_mps * np.sin(angle)

    def __str__(self) -> str:
        where_from = "from any side" if self.from_deg is None else f"from {self.from_deg:.0f}°"
        return f"{self.speed_mps:g} m/s {where_from}" if self.speed_mps else "still air"


STILL = Wind()
"""No wind."""
