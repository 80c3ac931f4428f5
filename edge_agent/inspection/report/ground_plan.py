"""The map of a report: everything in metres east and south of one corner, ready to be drawn as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from edge_agent.inspection.geojson import outline_m, parts_of
from edge_agent.inspection.result import Fate, Found, Picture, Result
from edge_agent.seen_ground import Area
from missions.geometry import Array, ErrorEllipse, LocalFrame

MARGIN_SHARE = 0.06
LEAST_SPAN_M = 40.0
MOST_FOOTPRINTS = 400
"""More are not drawn one by one: the ground they cover together is."""

GAP_SHARE = 0.4
"""Pictures further apart than this share of the whole are not joined by the way flown: it is another flight."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding: where, its number and class in words, and the outline of its ellipse as a path."""

    number: int
    x: float
    y: float
    ellipse: str
    title: str
    color: str
    needs_review: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A picture: where it was taken from, and what became of it."""

    x: float
    y: float
    fate: Fate
    title: str


@dataclass(frozen=True, slots=True)
class GroundPlan:
    """Paths in SVG's notation, in metres from the upper left corner (north is up)."""

    width_m: float
    height_m: float
    seen: str
    not_seen: str
    footprints: tuple[str, ...]
    way: str
    spots: tuple[Spot, ...]
    marks: tuple[Mark, ...]


def ground_plan(result: Result) -> GroundPlan | None:
    """The map; None where nothing has a place."""
    placed = [picture for picture in result.pictures if picture.point is not None]
    if not placed:
        return None
    ways_m = result.plane.to_xy_many(picture.point for picture in placed if picture.point is not None)
    low, high = _bounds(result, ways_m)
    sheet = _Sheet(result.plane, float(low[0]), float(high[1]))
    span_m = float((high - low).max())
    return GroundPlan(
        width_m=float(high[0] - low[0]),
        height_m=float(high[1] - low[1]),
        seen=sheet.area(result.seen),
        not_seen=sheet.area(result.not_seen),
        footprints=tuple(sheet.outlines(placed)) if len(placed) <= MOST_FOOTPRINTS else (),
        way=sheet.way(ways_m, GAP_SHARE * span_m),
        spots=tuple(sheet.spot(picture, at_m) for picture, at_m in zip(placed, ways_m, strict=True)),
        marks=tuple(sheet.mark(found, result) for found in result.found),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The plane turned over, so that north is up: `west_m` and `north_m` are its upper left corner."""

    plane: LocalFrame
    west_m: float
    north_m: float

    def area(self, area: Area) -> str:
        rings = [ring for part in parts_of(area) for ring in (part.exterior, *part.interiors)]
        return " ".join(self._closed(shapely.get_coordinates(ring)) for ring in rings)

    def outlines(self, pictures: Iterable[Picture]) -> Iterable[str]:
        return (self.area(one.footprint) for one in pictures if one.footprint is not None)

    def way(self, places_m: Array, gap_m: float) -> str:
        steps_m = np.hypot(*np.diff(places_m, axis=0).T)
        pens = ["M", *("L" if step_m <= gap_m else "M" for step_m in steps_m)]
        return " ".join(f"{pen}{self._pair(place_m)}" for pen, place_m in zip(pens, places_m, strict=True))

    def spot(self, picture: Picture, at_m: Array) -> Spot:
        x, y = self._turned(at_m)
        return Spot(x, y, picture.fate, picture.name)

    def mark(self, found: Found, result: Result) -> Mark:
        finding = found.finding
        at_m = np.array(self.plane.to_xy(finding.position))
        x, y = self._turned(at_m)
        named, category = (
            result.district.detector_classes[finding.class_key],
            result.district.category_of_class[finding.class_key],
        )
        return Mark(
            number=found.number,
            x=x,
            y=y,
            ellipse=self._ellipse(finding.ellipse, at_m),
            title=f"{found.number} {named.name_zh} {named.name_en}",
            color=category.color,
            needs_review=found.needs_review,
        )

    def _ellipse(self, ellipse: ErrorEllipse, middle_m: Array) -> str:
        return self._closed(outline_m(ellipse) + middle_m)

    def _closed(self, corners_m: Array) -> str:
        return "M" + "L".join(self._pair(corner_m) for corner_m in corners_m) + "Z"

    def _pair(self, place_m: Array) -> str:
        x, y = self._turned(place_m)
        return f"{x:.2f},{y:.2f}"

    def _turned(self, place_m: Array) -> tuple[float, float]:
        return round(float(place_m[0]) - self.west_m, 2), round(self.north_m - float(place_m[1]), 2)


def _bounds(result: Result, ways_m: Array) -> tuple[Array, Array]:
    """South-west and north-east corner of all that is drawn, with a margin."""
    found_m = result.plane.to_xy_many(found.finding.position for found in result.found)
    grounds_m = [shapely.get_coordinates(area) for area in (result.seen, result.not_seen)]
    everything = np.vstack([ways_m, found_m, *grounds_m])
    return _with_margin(everything.min(axis=0), everything.max(axis=0))


def _with_margin(low: Array, high: Array) -> tuple[Array, Array]:
    span_m = np.maximum(high - low, LEAST_SPAN_M)
    middle = (low + high) / 2
    half = span_m / 2 + MARGIN_SHARE * span_m.max()
    return middle - half, middle + half
