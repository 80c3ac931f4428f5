"""Where a route's camera looks for sure: the inner part of the strip or area that it covers."""

from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from missions.geometry import LocalFrame
from missions.route import Area, Corridor, Orbit, Route

INNER_SHARE = 0.85
"""The outer 15 % of a swath are seen by few frames, or only aslant."""

_OBLIQUE_ABOVE_DEG = -75.0


def inner_swath(route: Route, frame: LocalFrame) -> BaseGeometry:
    """The ground surely seen, in the plane of `frame` (metres east and north)."""
    geometry = route.geometry
    lead_m = 0.6 * route.height_m if route.camera.pitch_deg > _OBLIQUE_ABOVE_DEG else 0.0
    if isinstance(geometry, Corridor):
        line = _without_ends(LineString(frame.to_xy_many(geometry.line)), lead_m)
        return line.buffer(geometry.width_m / 2 * INNER_SHARE, cap_style="flat")
    if isinstance(geometry, Area):
        rings = [frame.to_xy_many(ring) for ring in (geometry.outline, *geometry.holes)]
        return _shrunk(Polygon(rings[0], rings[1:]), max(lead_m, 0.15 * route.height_m))
    if isinstance(geometry, Orbit):
        return Point(frame.to_xy(geometry.center)).buffer(min(0.4 * geometry.radius_m, 0.4 * route.height_m))
    points = frame.to_xy_many(geometry.points)
    if len(points) == 1 or lead_m:
        return MultiPoint(points).buffer(0.3 * route.height_m)
    return LineString(points).buffer(0.35 * route.height_m, cap_style="flat")


def _without_ends(line: LineString, lead_m: float) -> LineString:
    if line.length <= 3 * lead_m:
        return line
    inner = substring(line, lead_m, line.length - lead_m)
    return inner if isinstance(inner, LineString) else line


def _shrunk(polygon: Polygon, margin_m: float) -> BaseGeometry:
    for share in (1.0, 0.5, 0.25):
        inner = polygon.buffer(-margin_m * share)
        if not inner.is_empty:
            return inner
    return polygon
