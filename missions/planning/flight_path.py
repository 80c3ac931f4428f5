"""The whole path of one flight through the plane: up, along every leg, up to the return's height, to a dock, down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from missions.planning.energy import PathPoint
from missions.planning.sweep import XY, Line

MIN_TRANSIT_HEIGHT_M = 60.0
"""Ways between legs are flown at least this high: above buildings and trees where the highest leg is low."""

RETURN_CLIMB_M = 10.0
"""The return lies this far above everything flown, where the airspace allows."""


@dataclass(frozen=True, slots=True)
class FlownLeg:
    """A leg with the corners on the way to it."""

    approach: Line
    points: tuple[PathPoint, ...]


@dataclass(frozen=True, slots=True)
class FlightPath:
    """All points from the ground to the ground; `legs` has for each leg the indices of its first and last point."""

    points: tuple[PathPoint, ...]
    legs: tuple[tuple[int, int], ...]
    transit_height_m: float
    return_height_m: float


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a flight begins and ends, the corners on the way there, and how much higher the ground is at the end."""

    start: XY
    finish: XY
    way_home: Line
    rise_m: float = 0.0


def plain_transit_m(heights_m: Iterable[float], max_height_m: float) -> float:
    """The height of ways between legs at these heights where nothing else asks for another."""
    return min(max(MIN_TRANSIT_HEIGHT_M, *heights_m), max_height_m)


def flight_path(
    ends: Ends,
    legs: Sequence[FlownLeg],
    cruise_mps: float,
    max_height_m: float,
    return_climb_m: float = RETURN_CLIMB_M,
    layer_m: float = 0.0,
) -> FlightPath:
    """Puts the path together. Ways are flown at the transit height: that of the highest leg, or so much above or below it
    within what is allowed; the return lies above everything flown.
    """
    plain_m = plain_transit_m((point.height_m for leg in legs for point in leg.points), max_height_m)
    transit_m = min(max(plain_m + layer_m, MIN_TRANSIT_HEIGHT_M), max_height_m)
    return_m = min(max(plain_m, transit_m) + return_climb_m, max_height_m)
    path = [PathPoint(ends.start, 0.0, cruise_mps), PathPoint(ends.start, transit_m, cruise_mps)]
    spans: list[tuple[int, int]] = []
    for leg in legs:
        path += [PathPoint(corner, transit_m, cruise_mps) for corner in (*leg.approach, leg.points[0].xy)]
        spans.append((len(path), len(path) + len(leg.points) - 1))
        path += leg.points
    path += [PathPoint(corner, transit_m, cruise_mps) for corner in ends.way_home]
    path += [PathPoint(path[-1].xy, return_m, cruise_mps), PathPoint(ends.finish, return_m, cruise_mps)]
    return FlightPath((*path, PathPoint(ends.finish, ends.rise_m, cruise_mps)), tuple(spans), transit_m, return_m)
