"""Routes as GeoJSON features, both ways.

| geometry | is |
|---|---|
| LineString and properties.width_m | corridor |
| Polygon | area (further rings are holes) |
| Point and properties.radius_m | orbit |
| MultiPoint | waypoint list |

The other properties are the route's own fields.
"""

import json
from collections.abc import Callable, Iterable

from missions.catalog import positions
from missions.catalog.entries import Entry, validate
from missions.catalog.geojson_file import Feature
from missions.errors import CatalogError
from missions.geometry import GeoPoint
from missions.route import Area, Corridor, Orbit, Route

DECIMALS = 6
"""Of a degree, about 0.1 m: finer than any of these lines is drawn."""

_DEFAULTS = ("valid_from", "valid_until")


def read_route(feature: Feature) -> Entry[Route] | list[CatalogError]:
    """The route in a feature, or everything that is wrong with it, named as in the file."""
    read = _READERS.get(feature.geometry_type)
    if read is None:
        raise feature.place.error("geometry.type", f"expected {', '.join(_READERS)} (given: {feature.geometry_type!r})")
    properties = dict(feature.properties)
    if "geometry" in properties:
        raise feature.place.error("properties.geometry", "is not a known key")
    geometry = read(feature.coordinates, properties)
    made = validate(Route, {**properties, "geometry": geometry}, feature.place)
    if isinstance(made, Entry):
        return made
    return [CatalogError(e.source, _as_in_file(e.where, feature.place.where), e.cause) for e in made]


def _as_in_file(where: str, entry: str) -> str:
    """`height_m` -> `properties.height_m`; `geometry.corridor.width_m` -> `properties.width_m`."""
    key = where.removeprefix(entry).removeprefix(": ")
    if key.startswith("geometry."):
        key = key.split(".", 2)[2]
    return f"{entry}: properties.{key}" if key else entry


def _read_corridor(raw: object, properties: dict[str, object]) -> dict[str, object]:
    return {"kind": "corridor", "line": positions.points(raw, "coordinates", 2), **_moved(properties, "width_m")}


def _read_area(raw: object, properties: dict[str, object]) -> dict[str, object]:
    outline, *holes = positions.rings(raw, "coordinates")
    return {"kind": "area", "outline": outline, "holes": holes}


def _read_orbit(raw: object, properties: dict[str, object]) -> dict[str, object]:
    return {"kind": "orbit", "center": positions.point(raw, "coordinates"), **_moved(properties, "radius_m")}


def _read_waypoints(raw: object, properties: dict[str, object]) -> dict[str, object]:
    return {"kind": "waypoints", "points": positions.points(raw, "coordinates", 1)}


def _moved(properties: dict[str, object], key: str) -> dict[str, object]:
    return {key: properties.pop(key)} if key in properties else {}


_READERS: dict[str, Callable[[object, dict[str, object]], dict[str, object]]] = {
    "LineString": _read_corridor,
    "Polygon": _read_area,
    "Point": _read_orbit,
    "MultiPoint": _read_waypoints,
}


def feature_of(route: Route) -> dict[str, object]:
    """The route as a GeoJSON feature, its coordinates rounded to DECIMALS."""
    properties = route.model_dump(mode="json", exclude={"geometry"})
    properties = {key: value for key, value in properties.items() if value is not None or key not in _DEFAULTS}
    shape = route.geometry
    if isinstance(shape, Corridor):
        properties["width_m"] = shape.width_m
        geometry: dict[str, object] = {"type": "LineString", "coordinates": [_position(p) for p in shape.line]}
    elif isinstance(shape, Area):
        geometry = {"type": "Polygon", "coordinates": [_closed(r) for r in (shape.outline, *shape.holes)]}
    elif isinstance(shape, Orbit):
        properties["radius_m"] = shape.radius_m
        geometry = {"type": "Point", "coordinates": _position(shape.center)}
    else:
        geometry = {"type": "MultiPoint", "coordinates": [_position(p) for p in shape.points]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def format_routes(routes: Iterable[Route], note: str) -> str:
    """routes.geojson: one feature a line."""
    lines = ",\n".join(json.dumps(feature_of(route), ensure_ascii=False) for route in routes)
    head = f'{{"type": "FeatureCollection", "name": "routes", "note": {json.dumps(note, ensure_ascii=False)}, "features": ['
    return f"{head}\n{lines}\n]}}\n"


def _position(point: GeoPoint) -> list[float]:
    return [round(point.lon_deg, DECIMALS), round(point.lat_deg, DECIMALS)]


def _closed(ring: tuple[GeoPoint, ...]) -> list[list[float]]:
    return [_position(point) for point in (*ring, ring[0])]
