"""The part of a wanted ground that can be flown over: cut to the permitted area, or made smaller."""

from collections.abc import Sequence
from typing import assert_never

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from missions.airspace import Airspace
from missions.geometry import GeoPoint, LocalFrame
from missions.planning.way import CLEARANCE_M
from missions.route import Area, Corridor, Orbit, RouteGeometry, WaypointList, anchor

MARGINS_M = (CLEARANCE_M + 3.0, 30.0, 60.0, 100.0)
"""What was cut keeps so far from a border, the least first: a little more than ways do, more where sweeps reach beyond."""

SIMPLER_M = 1.0
"""Corners closer to a straight line than this are left out of what was cut."""


def ground_inside(geometry: RouteGeometry, airspace: Airspace, margin_m: float) -> RouteGeometry | None:
    """What of it lies in the permitted area and in no zone; for points and circles, the nearest such place. None: none."""
    frame = LocalFrame(anchor(geometry))
    free = _free(airspace, frame)
    match geometry:
        case Area():
            return _area(_polygon(geometry, frame).intersection(free.buffer(-margin_m)), frame)
        case Corridor():
            inner = free.buffer(-margin_m - geometry.width_m / 2)
            return _corridor(_line(geometry, frame).intersection(inner), geometry.width_m, frame)
        case Orbit():
            centers = _moved([geometry.center], free.buffer(-margin_m - geometry.radius_m), frame)
            return geometry.model_copy(update={"center": centers[0]}) if centers else None
        case WaypointList():
            points = _moved(geometry.points, free.buffer(-margin_m), frame)
            return WaypointList(points=tuple(points)) if points else None
    assert_never(geometry)


def part_of_ground(geometry: RouteGeometry, share: float) -> RouteGeometry | None:
    """A smaller piece: an area drawn together to so much of its surface, the first such part of a line. None: no less."""
    frame = LocalFrame(anchor(geometry))
    match geometry:
        case Area():
            whole = _polygon(geometry, frame)
            factor = share**0.5
            return _area(scale(whole, factor, factor, origin=whole.representative_point()), frame)
        case Corridor():
            return _corridor(substring(_line(geometry, frame), 0.0, share, normalized=True), geometry.width_m, frame)
        case WaypointList() if len(geometry.points) > 1:
            return WaypointList(points=geometry.points[: max(1, int(len(geometry.points) * share))])
        case _:
            return None


def _free(airspace: Airspace, frame: LocalFrame) -> BaseGeometry:
    zones = [Polygon(frame.to_xy_many(zone.outline)) for zone in airspace.no_fly_zones]
    return Polygon(frame.to_xy_many(airspace.permitted)).difference(shapely.union_all(zones))


def _polygon(area: Area, frame: LocalFrame) -> BaseGeometry:
    return shapely.make_valid(Polygon(frame.to_xy_many(area.outline), [frame.to_xy_many(hole) for hole in area.holes]))


def _line(corridor: Corridor, frame: LocalFrame) -> LineString:
    return LineString(frame.to_xy_many(corridor.line))


def _area(shape: BaseGeometry, frame: LocalFrame) -> Area | None:
    """The largest piece of a shape."""
    pieces = [piece for piece in shapely.get_parts(shape) if isinstance(piece, Polygon) and piece.area > 1.0]
    if not pieces:
        return None
    largest = max(pieces, key=lambda one: one.area)
    simple = largest.simplify(SIMPLER_M)
    piece = simple if isinstance(simple, Polygon) else largest
    rings = [tuple(frame.to_geo_many(np.array(ring.coords[:-1])[:, :2])) for ring in (piece.exterior, *piece.interiors)]
    return Area(outline=rings[0], holes=tuple(rings[1:]))


def _corridor(shape: BaseGeometry, width_m: float, frame: LocalFrame) -> Corridor | None:
    """The longest piece of a line."""
    pieces = [piece for piece in shapely.get_parts(shape) if isinstance(piece, LineString) and piece.length > 1.0]
    if not pieces:
        return None
    longest = max(pieces, key=lambda one: one.length)
    return Corridor(line=tuple(frame.to_geo_many(np.array(longest.coords))), width_m=width_m)


def _moved(points: Sequence[GeoPoint], free: BaseGeometry, frame: LocalFrame) -> list[GeoPoint]:
    """Each point where it is, or at the nearest place within; none where there is no such place."""
    if free.is_empty:
        return []
    places = [Point(frame.to_xy(point)) for point in points]
    nearest = [place if free.contains(place) else nearest_points(free, place)[0] for place in places]
    return [frame.to_geo(place.x, place.y) for place in nearest]
