"""The geofence of one flight: one simple inclusion polygon round everything it flies, which the autopilot itself watches."""

from collections.abc import Sequence

import numpy as np
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from missions.planning.sweep import XY
from missions.planning.way import CLEARANCE_M, FreeSpace

MAX_FENCE_VERTICES = 59
"""Autopilots hold few fence points; 59 leave room in the 60 that every one of ours takes."""

FENCE_REACH_M = (60.0, 40.0, 25.0)
"""How far the fence reaches beyond the path, tried in this order."""

PATH_MARGIN_M = CLEARANCE_M - 4.0
"""The path lies at least this far inside its fence: less than the clearance, so that simplifying has some room."""

ZONE_MARGIN_M = 1.0
SIMPLIFY_M = (0.5, 1.5, 3.0, 8.0, 15.0)


def fence_around(path: Sequence[XY], space: FreeSpace) -> tuple[XY, ...] | None:
    """The fence's corners, each once; None where no single polygon holds the path and leaves every no-fly zone out."""
    line = LineString(np.round(path, 3))  # GEOS divides by zero on vanishing differences
    kept_clear = line.buffer(PATH_MARGIN_M)
    forbidden = space.forbidden.buffer(ZONE_MARGIN_M)
    for reach_m in FENCE_REACH_M:
        for shape in (line.convex_hull.buffer(reach_m, quad_segs=2), line.buffer(reach_m, quad_segs=2)):
            fence = _single(shape.intersection(space.permitted).difference(forbidden), kept_clear, forbidden)
            corners = _simplified(fence, kept_clear) if fence is not None else None
            if corners is not None:
                return corners
    return None


def _single(shape: BaseGeometry, kept_clear: BaseGeometry, forbidden: BaseGeometry) -> Polygon | None:
    """The part that holds the path; gaps in it are closed unless a no-fly zone lies in one."""
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    for part in parts:
        if isinstance(part, Polygon) and part.contains(kept_clear):
            closed = Polygon(part.exterior)
            return None if closed.intersects(forbidden) and closed.intersection(forbidden).area > 1e-3 else closed
    return None


def _simplified(fence: Polygon, kept_clear: BaseGeometry) -> tuple[XY, ...] | None:
    """With few enough corners: drawn in by the tolerance first, so that it never reaches beyond where it was."""
    for tolerance_m in SIMPLIFY_M:
        simple = fence.buffer(-tolerance_m, join_style="mitre").simplify(tolerance_m)
        if not isinstance(simple, Polygon) or not simple.contains(kept_clear):
            continue
        corners = tuple((float(x), float(y)) for x, y in simple.exterior.coords[:-1])
        if len(corners) <= MAX_FENCE_VERTICES:
            return corners
    return None
