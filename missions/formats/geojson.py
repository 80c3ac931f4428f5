"""GeoJSON (RFC 7946) with the catalogue's convention, read leniently: other programs' properties are no error.

LineString (+ width_m): corridor; Polygon: area; Point (+ radius_m): orbit; MultiPoint: waypoint list; MultiLineString,
MultiPolygon and GeometryCollection: one route a part. Properties named as a route's fields are the route's.
"""

from collections.abc import Iterator

from missions.catalog import positions
from missions.errors import FormatError
from missions.formats.bounded import parse_json
from missions.formats.draft import Draft, Imported, RouteDefaults, complete, labelled
from missions.route import Route

ROUTE_FIELDS = frozenset(Route.model_fields) - {"geometry", "name"}
MAX_DEPTH = 8
"""Of geometry collections within each other."""


def read_geojson(source: str, content: bytes, defaults: RouteDefaults) -> Imported:
    """The routes of a FeatureCollection, a Feature or a bare geometry. Raises FormatError naming feature, key and cause."""
    document = parse_json(source, content)
    if not isinstance(document, dict):
        raise FormatError(source, "", "expected a GeoJSON object")
    drafts = [draft for where, feature in _features(source, document) for draft in _drafts(source, where, feature, defaults)]
    return complete(source, drafts, defaults)


def _features(source: str, document: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    if "crs" in document and "CRS84" not in str(document["crs"]) and "4326" not in str(document["crs"]):
        raise FormatError(source, "crs", "coordinates must be WGS-84 longitude, latitude (CRS84)")
    listed = document.get("features")
    if document.get("type") != "FeatureCollection":
        yield "feature 1", document if document.get("type") == "Feature" else {"geometry": document}
        return
    if not isinstance(listed, list):
        raise FormatError(source, "features", "expected a list of features")
    for number, feature in enumerate(listed, 1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise FormatError(source, f"feature {number}", 'expected an object of type "Feature"')
        yield f"feature {number}", feature


def _drafts(source: str, where: str, feature: dict[str, object], defaults: RouteDefaults) -> Iterator[Draft]:
    properties, geometry = feature.get("properties") or {}, feature.get("geometry")
    if not isinstance(properties, dict):
        raise FormatError(source, f"{where}: properties", "expected an object")
    name = str(properties.get("name") or "")
    where = labelled(where, name)
    parts = list(_parts(source, where, geometry))
    fields = {key: value for key, value in properties.items() if key in ROUTE_FIELDS and value is not None}
    for number, (kind, coordinates) in enumerate(parts, 1):
        own = fields if len(parts) == 1 else {key: value for key, value in fields.items() if key != "id"}
        named = f"{name} {number}" if name and len(parts) > 1 else name
        try:
            shape = _shape(kind, coordinates, properties, defaults)
        except positions.BadPosition as error:
            raise FormatError(source, f"{where}: geometry.{error.where}", error.cause) from error
        yield Draft(where, shape, named, own)


def _parts(source: str, where: str, geometry: object, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Type and coordinates of each simple geometry."""
    if not isinstance(geometry, dict) or depth > MAX_DEPTH:
        raise FormatError(source, f"{where}: geometry", "expected an object with type and coordinates")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        listed = geometry.get("geometries")
        for part in listed if isinstance(listed, list) else [None]:
            yield from _parts(source, where, part, depth + 1)
    elif kind in ("MultiLineString", "MultiPolygon"):
        if not isinstance(coordinates, list):
            raise FormatError(source, f"{where}: geometry.coordinates", "expected a list")
        yield from ((str(kind).removeprefix("Multi"), part) for part in coordinates)
    elif kind in ("Point", "MultiPoint", "LineString", "Polygon"):
        yield str(kind), coordinates
    else:
        raise FormatError(source, f"{where}: geometry.type", f"{kind!r} is no geometry that can be flown")


def _shape(kind: str, raw: object, properties: dict[str, object], defaults: RouteDefaults) -> dict[str, object]:
    match kind:
        case "LineString":
            width_m = properties.get("width_m", defaults.corridor_width_m)
            return {"kind": "corridor", "line": positions.points(raw, "coordinates", 2), "width_m": width_m}
        case "Polygon":
            outline, *holes = positions.rings(raw, "coordinates")
            return {"kind": "area", "outline": outline, "holes": holes}
        case "Point":
            radius_m = properties.get("radius_m", defaults.orbit_radius_m)
            return {"kind": "orbit", "center": positions.point(raw, "coordinates"), "radius_m": radius_m}
        case _:
            return {"kind": "waypoints", "points": positions.points(raw, "coordinates", 1)}
