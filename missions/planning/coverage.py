"""From a route's geometry to the lines an aircraft flies over it, how the camera looks, and how often it takes pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, ceil, degrees, dist, hypot, pi, radians, tan

from shapely import LineString, Polygon, get_coordinates, get_num_coordinates, make_valid, offset_curve
from shapely.geometry.base import BaseGeometry

from missions.aircraft import Camera
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.footprint import MIN_TRIGGER_DISTANCE_M, ground_footprint, sweep_spacing_m, trigger_distance_m
from missions.planning.sweep import (
    LENGTH,
    XY,
    Effort,
    Line,
    TooLarge,
    check_count,
    entries,
    ring,
    sweep_count,
    sweep_offsets,
    sweep_polygon,
)
from missions.route import Area, Corridor, Orbit, Route, WaypointList

MIN_RING_POINTS = 8
RING_STEP_M = 30.0
"""Points on an orbit lie at most this far apart, so that its chords stay near the circle."""

MAX_RING_POINTS = 48
MIN_AREA_M2 = 1.0
"""What encloses less is a line drawn as a polygon."""

SIMPLIFY_M = 1.0
"""Lines and outlines are thinned by at most this much: imported ones carry a point every few metres."""

MAX_CORNERS = 600
"""Corners of one area, once thinned: many more are a scribble, and repairing it could take minutes."""

MAX_WAYPOINTS = 3000
"""Waypoints of one route: an autopilot holds some 10,000 mission items, of which each takes up to three."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a route is flown, in the plane of a LocalFrame. The camera works along `lines`, in their order.

    `faces` is the point the nose stays turned to (orbits); else it points along the path.
    """

    lines: tuple[Line, ...]
    camera_pitch_deg: float
    trigger_distance_m: float
    faces: XY | None = None

    def variants(self) -> list["Coverage"]:
        """The same coverage begun at other ends; a closed ring may begin anywhere."""
        if self.faces is not None:
            return [self._with([line]) for line in _rotations(self.lines[0])]
        return [self._with(lines) for lines in entries(self.lines)]

    def _with(self, lines: Sequence[Line]) -> "Coverage":
        return Coverage(tuple(lines), self.camera_pitch_deg, self.trigger_distance_m, self.faces)


def cover(route: Route, camera: Camera, frame: LocalFrame, effort: Effort = LENGTH) -> Coverage:
    """The lines that show all of `route`'s geometry to `camera` with the overlaps the route asks for. An area is swept in the
    direction of the least `effort`.

    Raises ValueError where the geometry is degenerate (an area without an inside, a corridor without a length),
    TooLarge where covering it would take more lines, corners or waypoints than any flight has.
    """
    match route.geometry:
        case Area() as area:
            return _straight(route, camera, _area_lines(area, route, camera, frame, effort))
        case Corridor() as corridor:
            return _straight(route, camera, _corridor_lines(corridor, route, camera, frame))
        case WaypointList() as listed:
            _check_waypoints(len(listed.points))
            return _straight(route, camera, [_line(frame.to_xy(point) for point in listed.points)])
        case Orbit() as orbit:
            return _orbit(orbit, route, camera, frame)


def heading_deg(here: XY, there: XY) -> float:
    """Direction from one point of the plane to another, clockwise from north, in [0, 360)."""
    return degrees(atan2(there[0] - here[0], there[1] - here[1])) % 360.0


def _straight(route: Route, camera: Camera, lines: Sequence[Line]) -> Coverage:
    return Coverage(tuple(lines), route.camera.pitch_deg, trigger_distance_m(camera, route.height_m, route.camera))


def _line(points: Iterable[Sequence[float]]) -> Line:
    return tuple((float(point[0]), float(point[1])) for point in points)


def _area_lines(area: Area, route: Route, camera: Camera, frame: LocalFrame, effort: Effort) -> list[Line]:
    outline, *holes = (_thinned(ring, frame) for ring in (area.outline, *area.holes))
    corners = sum(map(len, (outline, *holes)))
    if corners > MAX_CORNERS:
        raise TooLarge(corners, MAX_CORNERS, "corners")
    if len(outline) < 3:
        raise ValueError("the area has no inside")
    polygon = Polygon(outline, [hole for hole in holes if len(hole) >= 3])
    across_m = ground_footprint(camera, route.height_m, route.camera.pitch_deg).across_m
    spacing_m = sweep_spacing_m(camera, route.height_m, route.camera)
    parts = _polygons(make_valid(polygon, method="structure", keep_collapsed=False))
    if not parts:
        raise ValueError("the area has no inside")
    lines: list[Line] = []
    for part in parts:
        lines += sweep_polygon(part, across_m, spacing_m, effort)
        check_count(len(lines))
    return lines


def _thinned(ring: Sequence[GeoPoint], frame: LocalFrame) -> Line:
    """The corners of a ring in the plane, without those that bend it by less than SIMPLIFY_M."""
    closed = LineString(frame.to_xy_many((*ring, ring[0]))).simplify(SIMPLIFY_M, preserve_topology=False)
    return _line(get_coordinates(closed))[:-1]


def _check_waypoints(count: int) -> None:
    if count > MAX_WAYPOINTS:
        raise TooLarge(count, MAX_WAYPOINTS, "waypoints")


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a repaired geometry (a figure of eight becomes two)."""
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, Polygon) and part.area >= MIN_AREA_M2]


def _corridor_lines(corridor: Corridor, route: Route, camera: Camera, frame: LocalFrame) -> list[Line]:
    middle = LineString(frame.to_xy_many(corridor.line)).simplify(SIMPLIFY_M)
    if middle.length == 0:
        raise ValueError("the corridor's line has no length")
    across_m = ground_footprint(camera, route.height_m, route.camera.pitch_deg).across_m
    spacing_m = sweep_spacing_m(camera, route.height_m, route.camera)
    check_count(sweep_count(corridor.width_m, across_m, spacing_m))
    offsets = sweep_offsets(corridor.width_m, across_m, spacing_m)
    _check_waypoints(len(offsets) * int(get_num_coordinates(middle)))
    lines: list[Line] = []
    for number, offset_m in enumerate(offsets):
        strip = _offset(middle, offset_m)
        lines += strip if number % 2 == 0 else [line[::-1] for line in reversed(strip)]
    return lines


def _offset(middle: BaseGeometry, offset_m: float) -> list[Line]:
    """The line moved aside; a tight bend may cut it into several or swallow it."""
    if offset_m == 0:
        return [_line(get_coordinates(middle))]
    moved = offset_curve(middle, offset_m, join_style="mitre", mitre_limit=2.0)
    parts = [part.simplify(SIMPLIFY_M) for part in getattr(moved, "geoms", [moved]) if not part.is_empty]
    return [_line(get_coordinates(part)) for part in parts]


def _orbit(orbit: Orbit, route: Route, camera: Camera, frame: LocalFrame) -> Coverage:
    """A ring with the camera on the centre's ground; a picture whenever the view has moved by a share of its width."""
    center = frame.to_xy(orbit.center)
    count = min(max(MIN_RING_POINTS, ceil(2 * pi * orbit.radius_m / RING_STEP_M)), MAX_RING_POINTS)
    points = tuple((center[0] + x, center[1] + y) for x, y in ring(orbit.radius_m, count))
    view_m = 2 * hypot(route.height_m, orbit.radius_m) * tan(radians(camera.hfov_deg / 2))
    trigger_m = max(view_m * (1 - route.camera.front_overlap), MIN_TRIGGER_DISTANCE_M)
    pitch_deg = -degrees(atan2(route.height_m, orbit.radius_m))
    return Coverage((points,), pitch_deg, trigger_m, faces=center)


def _rotations(closed: Line) -> list[Line]:
    opened = closed[:-1] if dist(closed[0], closed[-1]) == 0 else closed
    return [(*opened[start:], *opened[: start + 1]) for start in range(len(opened))]
