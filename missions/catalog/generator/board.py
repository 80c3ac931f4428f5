"""Whether a drafted route may stay: it lies well inside the permitted area and is flown in one flight from its nearest dock."""

from dataclasses import dataclass
from math import ceil, pi, radians, tan

import shapely
from shapely import LineString, Point, unary_union
from shapely.geometry.base import BaseGeometry

from missions.catalog.ground_shape import centre_frame, ground_shape, polygon
from missions.district import District
from missions.route import Area, Corridor, Orbit, Route, WaypointList

ROUTE_MARGIN_M = 90.0
"""Between a route and the border or a no-fly zone: room to turn in."""

TRANSIT_MARGIN_M = 40.0
TURN_S = 6.0
"""Slowing down, turning and speeding up at the end of a line; measured on multicopters of this size at 8 to 10 m/s."""


@dataclass(frozen=True)
class Minutes:
    """The least and greatest duration of a flight, in minutes."""

    least: float
    most: float


ORDINARY = Minutes(4.0, 20.0)
SHORT = Minutes(2.0, 8.0)


class Board:
    """The district's ground on which routes are laid out."""

    def __init__(self, district: District) -> None:
        self.frame = centre_frame(district.outline)
        permitted = polygon(district.airspace.permitted, self.frame)
        zones = unary_union([polygon(z.outline, self.frame) for z in district.airspace.no_fly_zones])
        self.open_ground = permitted.buffer(-ROUTE_MARGIN_M).difference(zones.buffer(ROUTE_MARGIN_M))
        self._transit_ground = permitted.buffer(-TRANSIT_MARGIN_M).difference(zones.buffer(TRANSIT_MARGIN_M))
        self._docks = [Point(self.frame.to_xy(dock.point)) for dock in district.docks]
        self._type = district.aircraft_types[0]

    def accepts(self, route: Route, minutes: Minutes) -> bool:
        """Whether the route, and the straight ways to and from it, lie where allowed, and the flight takes `minutes`."""
        shape = ground_shape(route.geometry, self.frame)
        if not shape.is_valid or not self.open_ground.covers(shape):
            return False
        dock = min(self._docks, key=shape.distance)
        entry, leave = self._ends(route, shape)
        ways = [LineString([dock, entry]), LineString([leave, dock])]
        if not all(self._transit_ground.covers(way) for way in ways):
            return False
        return minutes.least <= self._minutes(route, sum(way.length for way in ways)) <= minutes.most

    def _ends(self, route: Route, shape: BaseGeometry) -> tuple[Point, Point]:
        """About where the route is entered and left."""
        if isinstance(route.geometry, Corridor | WaypointList):
            points = route.geometry.line if isinstance(route.geometry, Corridor) else route.geometry.points
            return Point(self.frame.to_xy(points[0])), Point(self.frame.to_xy(points[-1]))
        middle = shapely.centroid(shape)
        return middle, middle

    def _minutes(self, route: Route, transit_m: float) -> float:
        """A rough duration of the whole flight; `missions.planning` makes the real one."""
        length_m, turns = self._path(route)
        vertical_s = route.height_m / self._type.climb_mps + route.height_m / self._type.descent_mps
        return (transit_m / self._type.cruise_mps + length_m / route.speed_mps + turns * TURN_S + vertical_s) / 60

    def _path(self, route: Route) -> tuple[float, int]:
        """Length of the flown lines in metres, and the number of turns between them."""
        shape = ground_shape(route.geometry, self.frame)
        seen_m = 2 * route.height_m * tan(radians(self._type.camera.hfov_deg) / 2)
        spacing_m = seen_m * (1 - route.camera.side_overlap)
        if isinstance(route.geometry, Corridor):
            lines = ceil(max(route.geometry.width_m - seen_m, 0) / spacing_m) + 1
            return LineString(self.frame.to_xy_many(route.geometry.line)).length * lines, lines
        if isinstance(route.geometry, Area):
            lines = ceil(shape.area**0.5 / spacing_m)
            return shape.area / spacing_m + shape.area**0.5, 2 * lines
        if isinstance(route.geometry, Orbit):
            return 2 * pi * route.geometry.radius_m, 0
        return shape.length, len(route.geometry.points)
