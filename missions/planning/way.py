"""Where an aircraft may fly in a district, seen in the plane, and the ways through it: round no-fly zones and inner borders."""

import heapq
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from math import dist

from shapely import LineString, MultiPolygon, Polygon, make_valid, prepare, unary_union
from shapely.geometry.base import BaseGeometry

from missions.airspace import Airspace, NoFlyZone
from missions.geometry import LocalFrame
from missions.planning.sweep import XY, Line

CLEARANCE_M = 12.0
"""Planned paths keep this far from the permitted area's border and from no-fly zones: positioning, wind and corners."""

CORNER_M = 4.0
"""Detours turn this much further out than the clearance, so that the ways along them are not grazing it."""


WALL_M = 1.0
"""Half the thickness of a closed line."""


class FreeSpace:
    """The permitted area without the no-fly zones, each with its clearance, in the plane of `frame`."""

    def __init__(self, airspace: Airspace, frame: LocalFrame, walls: tuple[BaseGeometry, ...] = ()) -> None:
        self.frame = frame
        self._airspace = airspace
        self._walls = walls
        self.permitted: BaseGeometry = make_valid(Polygon(frame.to_xy_many(airspace.permitted)))
        self.zones: list[tuple[NoFlyZone, BaseGeometry]] = [
            (zone, make_valid(Polygon(frame.to_xy_many(zone.outline)))) for zone in airspace.no_fly_zones
        ]

    def closed_along(self, barrier: LineString) -> "FreeSpace":
        """The same space with a line that nothing may cross."""
        return FreeSpace(self._airspace, self.frame, (*self._walls, barrier.buffer(WALL_M)))

    @property
    def forbidden(self) -> BaseGeometry:
        """No-fly zones and closed lines, without any clearance."""
        return unary_union([*(outline for _, outline in self.zones), *self._walls])

    @cached_property
    def flyable(self) -> BaseGeometry:
        """Where planned paths may run."""
        return self._with_clearance(CLEARANCE_M)

    def forbidden_zones(self, line: Line) -> list[NoFlyZone]:
        """The no-fly zones that `line` enters or comes too near to."""
        shape = _shape(line)
        return [zone for zone, outline in self.zones if shape.distance(outline) < CLEARANCE_M]

    def leaves_permitted_area(self, line: Line) -> bool:
        """Whether `line` leaves the permitted area or comes too near to its border."""
        return not self._inner.covers(_shape(line))

    def way(self, here: XY, there: XY) -> Line | None:
        """The shortest way with both ends: straight if possible, else round corners; None where there is none."""
        if self._is_free(here, there):
            return here, there
        return self._way_round(here, there)

    @cached_property
    def _inner(self) -> BaseGeometry:
        inner = self.permitted.buffer(-CLEARANCE_M)
        prepare(inner)
        return inner

    def _with_clearance(self, clearance_m: float) -> BaseGeometry:
        """Mitred, so that corners stay corners; 1 mm off, so that a line at exactly the clearance is free."""
        kept_out = self.forbidden.buffer(clearance_m - 1e-3, join_style="mitre")
        free = self.permitted.buffer(-clearance_m, join_style="mitre").difference(kept_out)
        prepare(free)
        return free

    @cached_property
    def corners(self) -> list[XY]:
        """The places at which a way may turn."""
        outer = self._with_clearance(CLEARANCE_M + CORNER_M)
        return [corner for polygon in _polygons(outer) for ring in _rings(polygon) for corner in ring]

    def _is_free(self, here: XY, there: XY) -> bool:
        return bool(self.flyable.covers(_shape((here, there))))

    def _way_round(self, here: XY, there: XY) -> Line | None:
        """Dijkstra over the corners that see each other."""
        waiting: list[tuple[float, XY, Line]] = [(0.0, here, (here,))]
        done: set[XY] = set()
        while waiting:
            length_m, at, line = heapq.heappop(waiting)
            if at == there:
                return line
            if at in done:
                continue
            done.add(at)
            for corner in (*self.corners, there):
                if corner not in done and self._is_free(at, corner):
                    heapq.heappush(waiting, (length_m + dist(at, corner), corner, (*line, corner)))
        return None


def _shape(line: Line) -> LineString:
    """A line of one point is still a line."""
    return LineString(line if len(line) > 1 else (line[0], line[0]))


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else []


def _rings(polygon: Polygon) -> Iterator[list[XY]]:
    for ring in (polygon.exterior, *polygon.interiors):
        yield [(float(a[0]), float(a[1])) for a, _ in pairwise(ring.coords)]
