"""What must agree on the ground: outlines are simple, sub-districts tile the district, docks and routes lie where allowed."""

from collections.abc import Callable, Iterator
from functools import cached_property
from math import atan2, degrees

import shapely
from shapely import LineString, Point, Polygon, STRtree, is_valid_reason, unary_union
from shapely.geometry.base import BaseGeometry

from missions.catalog.contents import AIRCRAFT, AIRSPACE, OUTLINE, SUB_DISTRICTS, Contents
from missions.catalog.ground_shape import centre_frame, ground_shape, polygon
from missions.errors import CatalogError
from missions.geometry import LocalFrame
from missions.route import Corridor, Orbit, Route

TILING_TOLERANCE_M2 = 100.0
"""Gaps and overlaps of sub-districts smaller than this in all are rounding, not disputes."""


class Ground:
    """The contents' outlines on one local plane."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents

    @cached_property
    def frame(self) -> LocalFrame:
        """The plane round the permitted area, or round the district where that is broken."""
        outlines = [e.noun.outline for e in (self.contents.permitted, self.contents.outline) if e]
        return centre_frame(outlines[0])

    @cached_property
    def permitted(self) -> Polygon:
        """The permitted area; empty where it is broken."""
        entry = self.contents.permitted
        return polygon(entry.noun.outline, self.frame) if entry else Polygon()

    @cached_property
    def zones(self) -> list[Polygon]:
        """The no-fly zones, in the file's order."""
        return [polygon(e.noun.outline, self.frame) for e in self.contents.keep_outs]


def check_ground(contents: Contents) -> Iterator[CatalogError]:
    """Every disagreement; what lies in a broken file or an invalid polygon is not judged."""
    ground = Ground(contents)
    has_frame = contents.permitted is not None or contents.outline is not None
    invalid = list(_check_outlines(ground)) if has_frame else []
    yield from invalid
    unsound = contents.broken | {error.source for error in invalid}
    for needs, check in _CHECKS:
        if not needs & unsound:
            yield from check(ground)


def _check_outlines(ground: Ground) -> Iterator[CatalogError]:
    c = ground.contents
    singles = [entry for entry in (c.outline, c.permitted) if entry]
    for entry in (*singles, *c.sub_districts, *c.keep_outs, *c.private_areas):
        if fault := _fault(polygon(entry.noun.outline, ground.frame)):
            yield entry.place.error("geometry.coordinates", fault)


def _fault(shape: Polygon) -> str:
    if not shape.is_valid:
        return f"is not a simple polygon ({is_valid_reason(shape)}, in metres east and north of the district's middle)"
    return "" if shape.area > 0 else "the polygon has no area"


def _check_tiling(ground: Ground) -> Iterator[CatalogError]:
    """Sub-districts cover the outline without gaps and overlaps."""
    entries, outline = ground.contents.sub_districts, ground.contents.outline
    if outline is None or not entries:
        yield CatalogError(SUB_DISTRICTS, "features", "expected at least one sub-district")
        return
    parts = [polygon(e.noun.outline, ground.frame) for e in entries]
    for i, entry in enumerate(entries):
        for j in range(i):
            shared_m2 = parts[i].intersection(parts[j]).area
            if shared_m2 > TILING_TOLERANCE_M2:
                yield entry.place.error("geometry", f"overlaps {entries[j].place.where} by {shared_m2:.0f} m²")
    whole = polygon(outline.noun.outline, ground.frame)
    together = unary_union(parts)
    if (gap_m2 := whole.difference(together).area) > TILING_TOLERANCE_M2:
        yield CatalogError(SUB_DISTRICTS, "features", f"{gap_m2:.0f} m² of the district belong to no sub-district")
    if (beyond_m2 := together.difference(whole).area) > TILING_TOLERANCE_M2:
        yield CatalogError(SUB_DISTRICTS, "features", f"{beyond_m2:.0f} m² lie outside the district's outline")


def _check_docks(ground: Ground) -> Iterator[CatalogError]:
    for entry in ground.contents.docks:
        point = Point(ground.frame.to_xy(entry.noun.point))
        if not ground.permitted.covers(point):
            yield entry.place.error("point", _outside(_farthest_m(point, ground)))
        for zone, keep_out in zip(ground.zones, ground.contents.keep_outs, strict=True):
            if zone.intersects(point):
                yield entry.place.error("point", f"lies in the no-fly zone '{keep_out.noun.id}'")


def _check_routes(ground: Ground) -> Iterator[CatalogError]:
    tree = STRtree(ground.zones)
    for entry in ground.contents.routes:
        if fault := _route_fault(entry.noun, ground.frame):
            yield entry.place.error("geometry", fault)
            continue
        shape = ground_shape(entry.noun.geometry, ground.frame)
        if not ground.permitted.covers(shape):
            yield entry.place.error("geometry", _outside(_farthest_m(shape.difference(ground.permitted), ground)))
        for index in tree.query(shape, predicate="intersects"):
            zone = ground.contents.keep_outs[int(index)].noun
            yield entry.place.error("geometry", f"enters the no-fly zone '{zone.id}' ({zone.name})")


def _route_fault(route: Route, frame: LocalFrame) -> str:
    if isinstance(route.geometry, Corridor):
        return "" if LineString(frame.to_xy_many(route.geometry.line)).length > 0 else "the line has no length"
    shape = ground_shape(route.geometry, frame)
    return _fault(shape) if isinstance(shape, Polygon) else ""


def _check_orbits(ground: Ground) -> Iterator[CatalogError]:
    """The centre of an orbit stands in the picture of at least one camera."""
    half_view_deg = max(e.noun.camera.vfov_deg for e in ground.contents.aircraft_types) / 2
    for entry in ground.contents.routes:
        if not isinstance(entry.noun.geometry, Orbit):
            continue
        wanted_deg = -degrees(atan2(entry.noun.height_m, entry.noun.geometry.radius_m))
        if abs(entry.noun.camera.pitch_deg - wanted_deg) > half_view_deg:
            cause = f"{entry.noun.camera.pitch_deg:g}° misses the orbit's centre; it needs about {wanted_deg:.0f}°"
            yield entry.place.error("properties.camera.pitch_deg", cause)


def _farthest_m(beyond: BaseGeometry, ground: Ground) -> float:
    corners = shapely.points(shapely.get_coordinates(beyond))
    return float(shapely.distance(corners, ground.permitted).max())


def _outside(distance_m: float) -> str:
    return f"lies up to {distance_m:.0f} m outside the permitted area"


_CHECKS: tuple[tuple[set[str], Callable[[Ground], Iterator[CatalogError]]], ...] = (
    ({OUTLINE, SUB_DISTRICTS}, _check_tiling),
    ({AIRSPACE}, _check_docks),
    ({AIRSPACE}, _check_routes),
    ({AIRCRAFT, AIRSPACE}, _check_orbits),
)
"""Each check with the files that must be sound for it."""
