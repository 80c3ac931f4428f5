"""Reads routes from any file that is understood: .plan, .kml, .kmz, .geojson; by its suffix, else by what is in it."""

from collections.abc import Callable
from pathlib import Path, PurePath

from missions.errors import FormatError
from missions.formats.bounded import check_size, read_bytes
from missions.formats.draft import Imported, RouteDefaults
from missions.formats.geojson import read_geojson
from missions.formats.kml import read_kml, read_kmz
from missions.formats.qgc_plan import read_qgc_plan
from missions.route import Route

Reader = Callable[[str, bytes, RouteDefaults], Imported]

READERS: dict[str, Reader] = {".plan": read_qgc_plan, ".kml": read_kml, ".kmz": read_kmz, ".geojson": read_geojson}


def read_routes(source: Path | bytes, defaults: RouteDefaults, *, name: str | None = None) -> list[Route]:
    """The routes of a file, or of its content (then `name` is what it is called). Raises FormatError."""
    return list(import_routes(source, defaults, name=name).routes)


def import_routes(source: Path | bytes, defaults: RouteDefaults, *, name: str | None = None) -> Imported:
    """The routes with notes on what was left out or changed. Raises FormatError naming file, place in it, and cause."""
    content = read_bytes(source) if isinstance(source, Path) else source
    name = PurePath(name or (source.name if isinstance(source, Path) else "upload")).name
    check_size(name, content)
    reader = READERS.get(PurePath(name).suffix.lower()) or _reader_of(name, content)
    return reader(name, content, defaults)


def _reader_of(name: str, content: bytes) -> Reader:
    """By content: a zip is a KMZ, XML a KML, JSON with a fileType a plan, other JSON a GeoJSON."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PK"):
        return read_kmz
    if start.startswith(b"<"):
        return read_kml
    if start.startswith(b"{"):
        return read_qgc_plan if b'"fileType"' in content else read_geojson
    raise FormatError(name, "", f"is of no known format; known: {', '.join(READERS)}")
