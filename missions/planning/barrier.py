"""Flights that would circle a no-fly zone: ways are found again with a line closed from the zone out to the border.

A flight that passes a zone on one side and comes home on the other encloses it, and no single inclusion fence can leave the
zone out. With the line closed it has to come back on the side it went.
"""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from shapely import LineString, unary_union
from shapely.geometry.base import BaseGeometry

from missions.planning.fence import fence_around
from missions.planning.legs import HOME, Journey, PlacedLeg, find_ways
from missions.planning.limits import Infeasible, ReasonCode, refuse
from missions.planning.sweep import XY
from missions.planning.way import CLEARANCE_M, FreeSpace

DIRECTIONS = 16
FAR_M = 100_000.0
"""Beyond the border of any district."""

FencedJourney = tuple[Journey, tuple[XY, ...]]


def find_fenced_ways(placed: Sequence[PlacedLeg], space: FreeSpace, finish: XY = HOME) -> FencedJourney | Infeasible:
    """The ways and the fence round them; the shortest one that a fence can hold."""
    journey = find_ways(placed, space, finish)
    if isinstance(journey, Infeasible):
        return journey
    fence = fence_around(journey.path, space)
    if fence is not None:
        return journey, fence
    barriers = _barriers(placed, journey, space)
    others = [found for barrier in barriers if (found := _with_barrier(placed, space, finish, barrier))]
    if others:
        return min(others, key=lambda found: LineString(found[0].path).length)
    return refuse(ReasonCode.NO_FENCE, "no single geofence holds the flight and leaves the no-fly zones out")


def _with_barrier(placed: Sequence[PlacedLeg], space: FreeSpace, finish: XY, barrier: LineString) -> FencedJourney | None:
    closed = space.closed_along(barrier)
    journey = find_ways(placed, closed, finish)
    fence = None if isinstance(journey, Infeasible) else fence_around(journey.path, closed)
    return None if isinstance(journey, Infeasible) or fence is None else (journey, fence)


def _barriers(placed: Sequence[PlacedLeg], journey: Journey, space: FreeSpace) -> Iterator[LineString]:
    """Rays from the zones that the flight surrounds, clear of every leg, of home and of the landing."""
    surrounded = LineString(journey.path).convex_hull
    ends = [LineString([end, end]) for end in (journey.path[0], journey.path[-1])]
    fixed = unary_union([*(LineString([*leg.points, leg.points[-1]]) for leg in placed), *ends])
    for _, outline in space.zones:
        if outline.intersects(surrounded):
            yield from (ray for ray in _rays(outline) if ray.distance(fixed) > 2 * CLEARANCE_M)


def _rays(outline: BaseGeometry) -> Iterator[LineString]:
    middle = outline.centroid
    for number in range(DIRECTIONS):
        angle = 2 * pi * number / DIRECTIONS
        yield LineString([(middle.x, middle.y), (middle.x + FAR_M * cos(angle), middle.y + FAR_M * sin(angle))])
