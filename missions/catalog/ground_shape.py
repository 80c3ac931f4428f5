"""The ground that routes, outlines and zones take up, as shapely shapes in a local plane (metres east and north)."""

from collections.abc import Sequence

from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from missions.geometry import GeoPoint, LocalFrame
from missions.route import Area, Corridor, Orbit, RouteGeometry


def polygon(outline: Sequence[GeoPoint], frame: LocalFrame, holes: Sequence[Sequence[GeoPoint]] = ()) -> Polygon:
    """An outline, with or without holes. It may be invalid: ask `is_valid`."""
    return Polygon(frame.to_xy_many(outline), [frame.to_xy_many(hole) for hole in holes])


def ground_shape(shape: RouteGeometry, frame: LocalFrame) -> BaseGeometry:
    """What a route covers or flies over: strip, polygon, disc, or the line through its waypoints."""
    if isinstance(shape, Corridor):
        return LineString(frame.to_xy_many(shape.line)).buffer(shape.width_m / 2, cap_style="flat")
    if isinstance(shape, Area):
        return polygon(shape.outline, frame, shape.holes)
    if isinstance(shape, Orbit):
        return Point(frame.to_xy(shape.center)).buffer(shape.radius_m)
    points = frame.to_xy_many(shape.points)
    return LineString(points) if len(points) > 1 else MultiPoint(points)


def centre_frame(outline: Sequence[GeoPoint]) -> LocalFrame:
    """The plane round the middle of an outline's bounding box."""
    lats = [point.lat_deg for point in outline]
    lons = [point.lon_deg for point in outline]
    return LocalFrame(GeoPoint(lat_deg=(min(lats) + max(lats)) / 2, lon_deg=(min(lons) + max(lons)) / 2))
