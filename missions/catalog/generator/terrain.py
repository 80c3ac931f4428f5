"""The hand-drawn ground of the example (terrain.geojson): waterways, roads and kinds of land, on a local plane."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from shapely import LineString, Polygon

from missions.catalog.entries import Entry, validate
from missions.catalog.geojson_file import Feature, GeojsonFile
from missions.catalog.ground_shape import polygon
from missions.catalog.positions import points, ring
from missions.errors import CatalogError
from missions.geometry import Array, GeoPoint, LocalFrame
from missions.noun import StrictNoun

FILE = Path(__file__).parent / "terrain.geojson"

Ground = Literal["city", "works", "farmland"]


class LineDrawing(StrictNoun):
    """A waterway or a road as drawn."""

    kind: Literal["waterway", "road"]
    name: str
    width_m: Annotated[float, Field(gt=0, le=200)]
    points: tuple[GeoPoint, ...]


class LandDrawing(StrictNoun):
    """A piece of land of one kind; `axis_deg` is the bearing along which its blocks lie."""

    kind: Ground
    name: str
    axis_deg: float
    outline: tuple[GeoPoint, ...]


@dataclass(frozen=True)
class Line:
    """A waterway or road, its corners rounded."""

    name: str
    width_m: float
    course: LineString


@dataclass(frozen=True)
class Land:
    """A piece of land of one kind."""

    kind: Ground
    name: str
    axis_deg: float
    shape: Polygon


@dataclass(frozen=True)
class Terrain:
    """Everything drawn."""

    waterways: tuple[Line, ...]
    roads: tuple[Line, ...]
    lands: tuple[Land, ...]


def read_terrain(frame: LocalFrame, path: Path = FILE) -> Terrain:
    """The drawing on the plane of `frame`; raises CatalogError for the first fault."""
    file = GeojsonFile(path, "drawing")
    lines = file.read(_read_line, lambda f: f.geometry_type == "LineString")
    lands = file.read(_read_land, lambda f: f.geometry_type != "LineString")
    if file.errors:
        raise file.errors[0]
    courses = [(e.noun, _rounded(frame.to_xy_many(e.noun.points))) for e in lines]
    return Terrain(
        waterways=tuple(Line(d.name, d.width_m, LineString(c)) for d, c in courses if d.kind == "waterway"),
        roads=tuple(Line(d.name, d.width_m, LineString(c)) for d, c in courses if d.kind == "road"),
        lands=tuple(Land(e.noun.kind, e.noun.name, e.noun.axis_deg, polygon(e.noun.outline, frame)) for e in lands),
    )


def _read_line(feature: Feature) -> Entry[LineDrawing] | list[CatalogError]:
    drawn = points(feature.coordinates, "coordinates", 2)
    return validate(LineDrawing, {**feature.properties, "points": drawn}, feature.place)


def _read_land(feature: Feature) -> Entry[LandDrawing] | list[CatalogError]:
    raw = feature.coordinates
    drawn = ring(raw[0] if isinstance(raw, list) and raw else None, "coordinates")
    return validate(LandDrawing, {**feature.properties, "outline": drawn}, feature.place)


def _rounded(corners: Array, times: int = 2) -> Array:
    """Chaikin's corner cutting: each inner corner becomes two points, a quarter from it; the ends stay."""
    for _ in range(times):
        start, end = corners[:-1], corners[1:]
        cut = np.stack([0.75 * start + 0.25 * end, 0.25 * start + 0.75 * end], axis=1).reshape(-1, 2)
        corners = np.vstack([corners[:1], cut[1:-1], corners[-1:]])
    return corners
