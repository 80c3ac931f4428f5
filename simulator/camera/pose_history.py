"""Where the aircraft truly was, a few seconds back, so that a frame is taken at an exact time and not at the newest pose."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from missions.geometry import Attitude, GeoPoint

KEPT_MS = 10_000.0
"""How far back poses are kept, on the autopilot's clock."""


@dataclass(frozen=True, slots=True)
class AircraftPose:
    """The aircraft at one moment of the autopilot's clock; altitude above mean sea level."""

    time_boot_ms: float
    point: GeoPoint
    altitude_m: float
    attitude: Attitude


class PoseHistory:
    """Poses in the order of their times. A time that runs back is a restarted autopilot: what was before is forgotten."""

    def __init__(self) -> None:
        self._poses: list[AircraftPose] = []

    @property
    def newest_ms(self) -> float | None:
        """The time of the newest pose; None before the first."""
        return self._poses[-1].time_boot_ms if self._poses else None

    def clear(self) -> None:
        """Forgets everything."""
        self._poses.clear()

    def add(self, pose: AircraftPose) -> None:
        """Appends a pose; one as old as the newest is left out."""
        newest = self.newest_ms
        if newest is not None and pose.time_boot_ms < newest:
            self._poses.clear()
        elif newest == pose.time_boot_ms:
            return
        self._poses.append(pose)
        while self._poses[0].time_boot_ms < pose.time_boot_ms - KEPT_MS:
            del self._poses[0]

    def at(self, time_boot_ms: float) -> AircraftPose | None:
        """The pose at a time between two known ones, interpolated; None outside."""
        after = bisect_right(self._poses, time_boot_ms, key=lambda pose: pose.time_boot_ms)
        if after and self._poses[after - 1].time_boot_ms == time_boot_ms:
            return self._poses[after - 1]
        if after in (0, len(self._poses)):
            return None
        return _between(self._poses[after - 1], self._poses[after], time_boot_ms)


def _between(first: AircraftPose, second: AircraftPose, time_boot_ms: float) -> AircraftPose:
    share = (time_boot_ms - first.time_boot_ms) / (second.time_boot_ms - first.time_boot_ms)

    def mix(a: float, b: float) -> float:
        return a + share * (b - a)

    point = GeoPoint(
        lat_deg=mix(first.point.lat_deg, second.point.lat_deg), lon_deg=mix(first.point.lon_deg, second.point.lon_deg)
    )
    attitude = _turned(first.attitude, second.attitude, share)
    return AircraftPose(time_boot_ms, point, mix(first.altitude_m, second.altitude_m), attitude)


def _turned(first: Attitude, second: Attitude, share: float) -> Attitude:
    """Normalised linear interpolation: within 0.1 degrees of the exact one for turns of up to 30 degrees."""
    a = np.array([first.w, first.x, first.y, first.z])
    b = np.array([second.w, second.x, second.y, second.z])
    mixed = (1 - share) * a + share * (b if a @ b >= 0 else -b)
    w, x, y, z = (float(v) for v in mixed / np.linalg.norm(mixed))
    return Attitude(w=w, x=x, y=y, z=z)
