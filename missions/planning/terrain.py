"""Flying over real ground: a path of heights over ground becomes one of heights over take-off that stays near them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, dist

import numpy as np

from missions.aircraft import AircraftType
from missions.geometry import Array, LocalFrame
from missions.ground import Ground
from missions.planning.energy import PathPoint
from missions.planning.limits import Reason, ReasonCode
from missions.planning.performance import HELD_MPS
from missions.planning.sweep import XY

TOLERANCE_M = 2.5
"""How far a flown height over ground may be from the one aimed at: about what barometer and position are good for."""

SAMPLE_M = 10.0
"""How closely the ground under a path is looked at: closer than the cells of common elevation models (30 m)."""

FAR_SAMPLE_M = 50.0
"""How closely ground is looked at that is not flown over, only reckoned with."""

AT_ONCE = 2000
"""Ways looked at together."""

CLIMB_SHARE = 0.8
"""Of its climb and descent, what an aircraft is asked to follow slopes with: the rest is for catching up."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A path with points put in where the ground bends; `origins` has each given point's place in it. `steep`: what the ground
    rises or falls (m) over a way (m), ending at a place, where it is too steep to follow at any speed worth flying.
    """

    points: tuple[PathPoint, ...]
    origins: tuple[int, ...]
    steep: tuple[float, float, XY] | None


@dataclass(frozen=True, slots=True)
class Terrain:
    """The ground in the plane that is planned in. `max_height_m` over it is nowhere exceeded."""

    ground: Ground
    frame: LocalFrame
    max_height_m: float

    def altitudes_m(self, xy_m: Array) -> Array:
        """Of n places, (n, 2) metres east and north."""
        return self.ground.altitudes_m(*self.frame.to_lat_lon(xy_m))

    def follow(self, path: Sequence[PathPoint], aircraft: AircraftType, take_off_m: float) -> Followed:
        """`path` is in heights over ground, the answer in heights over a take-off point at the altitude `take_off_m`.

        Nowhere (looked at every SAMPLE_M) is it more than TOLERANCE_M from the height aimed at: the one wanted, but at least
        TOLERANCE_M below the greatest height.
        """
        pieces = [_samples(here, there) for here, there in pairwise(path)]
        wanted = self._wanted(path, pieces)
        points = [replace(path[0], height_m=float(wanted[0][0]) - take_off_m)]
        origins = [0]
        for there, samples, heights in zip(path[1:], pieces, wanted, strict=True):
            at_m = np.hypot(*(samples[:, :2] - samples[0, :2]).T)
            kept = _kept(at_m, heights)[1:]
            last = len(samples) - 1
            points += [
                replace(
                    there,
                    xy=(float(samples[i, 0]), float(samples[i, 1])),
                    height_m=float(heights[i]) - take_off_m,
                    hold_s=there.hold_s if i == last else 0.0,
                )
                for i in kept
            ]
            origins.append(len(points) - 1)
        slowed = [points[0], *(_slowed(here, there, aircraft) for here, there in pairwise(points))]
        return Followed(tuple(slowed), tuple(origins), _too_steep(slowed, aircraft))

    def ups_and_downs_m(self, exits: Array, entries: Array) -> tuple[Array, Array]:
        """What the ground rises and falls in all along the straight ways between (n, 2) places; both (n)."""
        some = [self._rises_m(exits[at : at + AT_ONCE], entries[at : at + AT_ONCE]) for at in range(0, len(exits), AT_ONCE)]
        rises = np.concatenate([np.empty((0, 2)), *some])
        return rises[:, 0], rises[:, 1]

    def _rises_m(self, exits: Array, entries: Array) -> Array:
        steps = ceil(float(np.hypot(*(entries - exits).T).max()) / FAR_SAMPLE_M)
        ways = np.linspace(exits, entries, steps + 2)
        rises = np.diff(self.altitudes_m(ways.reshape(-1, 2)).reshape(ways.shape[:2]), axis=0)
        return np.column_stack([np.maximum(rises, 0).sum(axis=0), np.maximum(-rises, 0).sum(axis=0)])

    def highest_between_m(self, points: Sequence[PathPoint], home: XY) -> float:
        """The highest ground on the straight ways home from anywhere on a path."""
        ways = [np.linspace(point.xy, home, ceil(dist(point.xy, home) / FAR_SAMPLE_M) + 2) for point in points]
        return float(self.altitudes_m(np.concatenate(ways)).max())

    def _wanted(self, path: Sequence[PathPoint], pieces: Sequence[Array]) -> list[Array]:
        """Altitudes aimed at, for each sample of each piece."""
        ground_m = self.altitudes_m(np.concatenate([samples[:, :2] for samples in pieces]))
        over_m = np.minimum(np.concatenate([samples[:, 2] for samples in pieces]), self.max_height_m - TOLERANCE_M)
        return np.split(ground_m + over_m, np.cumsum([len(samples) for samples in pieces])[:-1])


def steep_reason(what: str, followed: Followed, frame: LocalFrame) -> list[Reason]:
    """Why a path cannot follow the ground; nothing where it can."""
    if followed.steep is None:
        return []
    rise_m, way_m, xy = followed.steep
    place = frame.to_geo(*xy)
    text = (
        f"{what} is too steep to follow: the ground changes by {rise_m:.0f} m in {way_m:.0f} m at "
        f"{place.lat_deg:.5f}, {place.lon_deg:.5f}; below {HELD_MPS:g} m/s nothing is flown"
    )
    return [Reason(code=ReasonCode.TOO_STEEP, text=text, limit=HELD_MPS, value=None)]


def _samples(here: PathPoint, there: PathPoint) -> Array:
    """(n, 3) places and heights over ground from one point to the next, both included."""
    count = ceil(dist(here.xy, there.xy) / SAMPLE_M) + 1
    return np.linspace((*here.xy, here.height_m), (*there.xy, there.height_m), max(count, 2))


def _kept(at_m: Array, heights_m: Array) -> list[int]:
    """The samples that a line through them needs to stay within TOLERANCE_M of all (Douglas and Peucker 1973, in height)."""
    kept, waiting = {0, len(at_m) - 1}, [(0, len(at_m) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2 or at_m[last] == at_m[first]:
            continue
        line = np.interp(at_m[first : last + 1], at_m[[first, last]], heights_m[[first, last]])
        off_m = np.abs(line - heights_m[first : last + 1])
        worst = first + int(off_m.argmax())
        if off_m.max() > TOLERANCE_M:
            kept.add(worst)
            waiting += [(first, worst), (worst, last)]
    return sorted(kept)


def _steepest_mps(here: PathPoint, there: PathPoint, aircraft: AircraftType) -> float:
    """The speed over ground at which the way between two points just is followed; infinite where it is level or upright."""
    way_m, rise_m = dist(here.xy, there.xy), there.height_m - here.height_m
    rate_mps = CLIMB_SHARE * (aircraft.climb_mps if rise_m > 0 else aircraft.descent_mps)
    return way_m / abs(rise_m) * rate_mps if way_m > 0 and rise_m != 0 else float("inf")


def _slowed(here: PathPoint, there: PathPoint, aircraft: AircraftType) -> PathPoint:
    speed_mps = min(there.speed_mps, max(_steepest_mps(here, there, aircraft), HELD_MPS))
    return replace(there, speed_mps=speed_mps) if speed_mps < there.speed_mps else there


def _too_steep(points: Sequence[PathPoint], aircraft: AircraftType) -> tuple[float, float, XY] | None:
    here, there = min(pairwise(points), key=lambda ends: _steepest_mps(ends[0], ends[1], aircraft))
    if _steepest_mps(here, there, aircraft) >= HELD_MPS:
        return None
    return abs(there.height_m - here.height_m), dist(here.xy, there.xy), there.xy
