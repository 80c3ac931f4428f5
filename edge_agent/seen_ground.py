"""Which ground a flight's pictures showed, and which they should have shown but did not."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from missions.geometry import Array

COLLAPSE_AFTER = 64
"""Footprints gathered before they are made one: many at a time cost far less than one by one."""

TOLERANCE_M = 0.1
"""Outlines are simplified by this, so that a long flight's do not grow without end."""

LEAST_PART_M2 = 1.0
"""Smaller parts of the difference are rounding, and no ground."""

Area = Polygon | MultiPolygon


@dataclass(slots=True)
class _Cover:
    """The union of footprints."""

    whole: BaseGeometry = field(default_factory=Polygon)
    waiting: list[Polygon] = field(default_factory=list)

    def add(self, footprint: Polygon) -> None:
        self.waiting.append(footprint)
        if len(self.waiting) >= COLLAPSE_AFTER:
            self.union()

    def union(self) -> BaseGeometry:
        if self.waiting:
            self.whole = shapely.union_all([self.whole, *self.waiting]).simplify(TOLERANCE_M)
            self.waiting.clear()
        return self.whole


class SeenGround:
    """Footprints of a flight's pictures go in, on one plane in metres; ground that was only looked at in vain comes out."""

    def __init__(self) -> None:
        self._seen, self._in_vain = _Cover(), _Cover()

    def add(self, footprint: Polygon | None, *, is_seen: bool) -> None:
        """Takes the footprint of one picture (None: it shows no ground) and whether anything could be seen on it."""
        if footprint is not None:
            (self._seen if is_seen else self._in_vain).add(footprint)

    def seen(self) -> Area:
        """The ground that at least one picture showed."""
        return _parts(self._seen.union())

    def not_seen(self) -> Area:
        """The ground that pictures were taken of, none of which showed it."""
        return _parts(self._in_vain.union().difference(self._seen.union()))


def footprint_of(places_m: Array) -> Polygon | None:
    """The outline of (n, 2) places that a picture shows, spread over the whole of it; None where they span nothing."""
    known = places_m[~np.isnan(places_m).any(axis=1)]
    hull = shapely.MultiPoint(known).convex_hull if len(known) else None
    return hull if isinstance(hull, Polygon) else None


def _parts(area: BaseGeometry) -> Area:
    """Its polygons that are more than rounding."""
    polygons = [part for part in shapely.get_parts(area) if isinstance(part, Polygon) and part.area >= LEAST_PART_M2]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
