"""KML 2.2 and KMZ: each Placemark's Point (orbit), LineString (corridor) and Polygon (area) is a route."""

from collections.abc import Collection, Iterator
from math import isfinite
from xml.etree.ElementTree import Element

from missions.errors import FormatError
from missions.formats.bounded import unzip
from missions.formats.draft import Draft, Imported, RouteDefaults, complete, labelled, point
from missions.formats.xml_document import parse_xml

RELATIVE = "relativeToGround"


def read_kml(source: str, content: bytes, defaults: RouteDefaults) -> Imported:
    """The routes of a KML document. Raises FormatError naming line or Placemark, and cause."""
    root = parse_xml(source, content)
    if _tag(root) != "kml":
        raise FormatError(source, f"<{_tag(root)}>", "expected <kml>")
    drafts: list[Draft] = []
    for number, placemark in enumerate(_outermost(source, "kml", root, {"Placemark"}), 1):
        drafts += _drafts(source, placemark, number, defaults)
    return complete(source, drafts, defaults)


def read_kmz(source: str, content: bytes, defaults: RouteDefaults) -> Imported:
    """The routes of the first KML document in the archive (`doc.kml` where there is one)."""
    entries = unzip(source, content)
    if any(name.startswith("wpmz/") for name in entries):
        raise FormatError(source, "wpmz/", "is a DJI wayline file (WPML), which is not read; export the route as KML")
    documents = [name for name in entries if name.lower().endswith(".kml")]
    if not documents:
        raise FormatError(source, "", "there is no .kml document in the archive")
    chosen = "doc.kml" if "doc.kml" in documents else documents[0]
    try:
        return read_kml(source, entries[chosen], defaults)
    except FormatError as error:
        raise FormatError(source, f"{chosen}: {error.where}", error.cause) from error


def _drafts(source: str, placemark: Element, number: int, defaults: RouteDefaults) -> Iterator[Draft]:
    name = _text(placemark, "name")
    where = labelled(f"Placemark {number}", name)
    extended = {data.get("name", ""): _text(data, "value") for data in _outermost(source, where, placemark, {"Data"})}
    for shape in _outermost(source, where, placemark, _READERS.keys()):
        reader = _READERS[_tag(shape)]
        fields = _fields(source, where, shape, extended)
        yield Draft(where, reader(source, where, shape, extended, defaults), name, fields)


def _fields(source: str, where: str, shape: Element, extended: dict[str, str]) -> dict[str, object]:
    """Height and speed from ExtendedData; else the height from the coordinates where they count from the ground."""
    fields: dict[str, object] = {key: extended[key] for key in ("height_m", "speed_mps") if extended.get(key)}
    if extended.get("categories"):
        fields["categories"] = extended["categories"].replace(",", " ").split()
    if "height_m" not in fields and _text(shape, "altitudeMode") == RELATIVE:
        heights = [position[2] for position in _positions(source, where, shape) if len(position) > 2]
        if heights and max(heights) > 0:
            fields["height_m"] = max(heights)
    return fields


def _orbit(source: str, where: str, shape: Element, extended: dict[str, str], defaults: RouteDefaults) -> dict[str, object]:
    center = _points(source, where, shape, at_least=1)[0]
    return {"kind": "orbit", "center": center, "radius_m": extended.get("radius_m") or defaults.orbit_radius_m}


def _corridor(source: str, where: str, shape: Element, extended: dict[str, str], defaults: RouteDefaults) -> dict[str, object]:
    line = _points(source, where, shape, at_least=2)
    return {"kind": "corridor", "line": line, "width_m": extended.get("width_m") or defaults.corridor_width_m}


def _area(source: str, where: str, shape: Element, extended: dict[str, str], defaults: RouteDefaults) -> dict[str, object]:
    outlines = [_ring(source, where, ring) for ring in _outermost(source, where, shape, {"outerBoundaryIs"})]
    if len(outlines) != 1:
        raise FormatError(source, f"{where}: Polygon", "expected one outerBoundaryIs")
    return {
        "kind": "area",
        "outline": outlines[0],
        "holes": [_ring(source, where, ring) for ring in _outermost(source, where, shape, {"innerBoundaryIs"})],
    }


_READERS = {"Point": _orbit, "LineString": _corridor, "Polygon": _area}


def _ring(source: str, where: str, shape: Element) -> list[dict[str, object]]:
    """A closed ring without the repeated last point; one left open is taken as closed."""
    points = _points(source, where, shape, at_least=3)
    return points[:-1] if points[0] == points[-1] else points


def _points(source: str, where: str, shape: Element, at_least: int) -> list[dict[str, object]]:
    points = [point(position[1], position[0]) for position in _positions(source, where, shape)]
    if len(points) < at_least:
        raise FormatError(source, f"{where}: coordinates", f"expected at least {at_least} position(s), found {len(points)}")
    return points


def _positions(source: str, where: str, shape: Element) -> list[list[float]]:
    """longitude,latitude[,altitude] tuples apart by white space."""
    positions: list[list[float]] = []
    for number, word in enumerate(_text(shape, "coordinates").split(), 1):
        try:
            position = [float(part) for part in word.split(",")]
        except ValueError as error:
            raise FormatError(source, f"{where}: coordinates #{number}", f"'{word:.40}' is no longitude,latitude") from error
        if len(position) not in (2, 3) or not all(isfinite(part) for part in position):
            raise FormatError(source, f"{where}: coordinates #{number}", f"'{word:.40}' is no longitude,latitude[,altitude]")
        positions.append(position)
    return positions


def _tag(element: Element) -> str:
    """The name without its namespace: files in the wild use several."""
    return str(element.tag).rpartition("}")[2]


def _outermost(source: str, where: str, element: Element, tags: Collection[str]) -> Iterator[Element]:
    """The elements below with one of the tags, each read once. Raises FormatError where one lies within another: KML has no
    such thing, and each would be read as often as there are others around it.
    """
    waiting = [*reversed(element)]
    while waiting:
        one = waiting.pop()
        if _tag(one) not in tags:
            waiting += reversed(one)
            continue
        inner = next((below for below in one.iter() if below is not one and _tag(below) in tags), None)
        if inner is not None:
            raise FormatError(source, f"{where}: {_tag(one)}", f"has a {_tag(inner)} in it, which KML does not allow")
        yield one


def _text(element: Element, tag: str) -> str:
    """Text of the first such element below, or nothing."""
    return next(((one.text or "").strip() for one in element.iter() if _tag(one) == tag), "")
