"""What a pass shows of the ground for certain, and what ground a demand wants shown; both as shapes in a plane."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

from shapely import LineString, MultiPoint, Point, Polygon, make_valid, unary_union
from shapely.geometry.base import BaseGeometry

from missions.aircraft import Camera
from missions.geometry import LocalFrame
from missions.planning.footprint import ground_footprint, trigger_distance_m
from missions.planning.sweep import XY, Line
from missions.route import Area, Corridor, Orbit, Route, RouteGeometry, WaypointList

ROUND_POINT_M = 10.0
"""A place that somebody names is seen where so much round it is: people point at things roughly."""


def wanted_ground(geometry: RouteGeometry, frame: LocalFrame) -> BaseGeometry | None:
    """The ground that has to be shown; None for an orbit, which is to be seen from all sides."""
    match geometry:
        case Area():
            holes = [frame.to_xy_many(hole) for hole in geometry.holes]
            return make_valid(Polygon(frame.to_xy_many(geometry.outline), holes), method="structure", keep_collapsed=False)
        case Corridor():
            return LineString(frame.to_xy_many(geometry.line)).buffer(geometry.width_m / 2, cap_style="flat")
        case WaypointList():
            return MultiPoint(frame.to_xy_many(geometry.points)).buffer(ROUND_POINT_M)
        case Orbit():
            return None


def shown_ground(route: Route, camera: Camera, lines: Sequence[Line]) -> BaseGeometry:
    """What the pictures along these lines show whichever way they are flown, wherever within the distance between two pictures
    the first is taken: along each straight piece, a strip as wide as a picture's near edge. Round an orbit, nothing.
    """
    if isinstance(route.geometry, Orbit):
        return Polygon()
    view = ground_footprint(camera, route.height_m, route.camera.pitch_deg)
    beyond_m = -view.near_m - trigger_distance_m(camera, route.height_m, route.camera)
    strips = [_strip(a, b, beyond_m, view.across_m / 2) for line in lines for a, b in pairwise(line)]
    spots = [
        Point(xy).buffer(min(view.across_m / 2, beyond_m)) for line in lines if len(line) == 1 and beyond_m > 0 for xy in line
    ]
    return unary_union([*strips, *spots])


def _strip(a: XY, b: XY, beyond_m: float, half_width_m: float) -> Polygon:
    """Along a piece, so far beyond both its ends (negative: short of them); empty where nothing is left."""
    length_m = dist(a, b)
    if length_m + 2 * beyond_m <= 0 or length_m == 0:
        return Polygon()
    along = ((b[0] - a[0]) / length_m, (b[1] - a[1]) / length_m)
    ends = [(x + sign * beyond_m * along[0], y + sign * beyond_m * along[1]) for (x, y), sign in ((a, -1), (b, 1))]
    return LineString(ends).buffer(half_width_m, cap_style="flat")
