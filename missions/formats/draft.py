"""Routes on their way in: what a file says of each, completed by defaults, and refused with its place in the file."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Annotated, Self

from pydantic import Field, ValidationError
from shapely import Polygon

from missions.district import Category
from missions.errors import FormatError
from missions.geometry import GeoPoint
from missions.noun import Noun, StrictNoun
from missions.route import Area, CameraUse, Frequency, Route

ON_CALL = Frequency(times=0, per="on_call")
POSITION_DECIMALS = 8
"""Of a degree, about 1 mm: removes the noise of binary fractions, keeps everything a file can mean."""

MAX_ROUTES = 2000
"""Of one file: five times a whole district's catalogue."""

MAX_POINTS = 10_000
"""Of one route: a point a metre along 10 km."""


class RouteDefaults(StrictNoun):
    """What an imported route gets where its file says nothing."""

    categories: tuple[str, ...] = ()
    frequency: Frequency = ON_CALL
    height_m: Annotated[float, Field(gt=0, le=1000)] = 80.0
    camera: CameraUse = CameraUse()
    speed_mps: Annotated[float, Field(gt=0, le=30)] = 8.0
    corridor_width_m: Annotated[float, Field(gt=0, le=2000)] = 60.0
    orbit_radius_m: Annotated[float, Field(ge=5, le=1000)] = 40.0
    id_prefix: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,47}$")] = None

    @classmethod
    def of(cls, category: Category) -> Self:
        """The defaults that a category of the catalogue gives its routes."""
        return cls(categories=(category.key,), frequency=category.frequency, height_m=category.height_m, camera=category.camera)


class Imported(Noun):
    """The routes of a file, and notes on what in it was left out or changed."""

    routes: tuple[Route, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One route as far as its file tells: `geometry` and `fields` are the route's, as JSON; `where` is its element."""

    where: str
    geometry: dict[str, object]
    name: str = ""
    fields: dict[str, object] = field(default_factory=dict)


def point(lat_deg: float, lon_deg: float) -> dict[str, object]:
    """A point as JSON."""
    return {"lat_deg": round(lat_deg, POSITION_DECIMALS), "lon_deg": round(lon_deg, POSITION_DECIMALS)}


def labelled(where: str, name: str) -> str:
    """An element with its name, as far as that can be shown in one line."""
    shown = "".join(character if character.isprintable() else "?" for character in _one_line(name))
    return f"{where} ({shown:.60})" if shown else where


def complete(source: str, drafts: Sequence[Draft], defaults: RouteDefaults, notes: Sequence[str] = ()) -> Imported:
    """Every draft as a route. Raises FormatError naming the element and the key where one cannot be, or there is none."""
    if not drafts:
        raise FormatError(source, "", "there is nothing in it that could be a route")
    if len(drafts) > MAX_ROUTES:
        raise FormatError(source, "", f"holds {len(drafts)} routes; at most {MAX_ROUTES} are taken from one file")
    prefix = defaults.id_prefix or _prefix(source)
    stem = PurePath(source).stem or "route"
    routes = []
    for number, draft in enumerate(drafts, 1):
        tail = f" {number}" if len(drafts) > 1 else ""
        own_id = prefix if len(drafts) == 1 else f"{prefix}-{number}"
        routes.append(_complete(source, draft, defaults, id=own_id, name=_one_line(draft.name)[:200] or f"{stem}{tail}"[:200]))
    _check_ids(source, routes)
    return Imported(routes=tuple(routes), notes=tuple(notes))


def _complete(source: str, draft: Draft, defaults: RouteDefaults, *, id: str, name: str) -> Route:
    points = sum(_positions(part) for part in draft.geometry.values())
    if points > MAX_POINTS:
        raise FormatError(source, draft.where, f"has {points} points; at most {MAX_POINTS} are taken in one route")
    values: dict[str, object] = {
        "id": id,
        "name": name,
        "categories": defaults.categories,
        "frequency": defaults.frequency,
        "height_m": defaults.height_m,
        "camera": defaults.camera.model_dump(),
        "speed_mps": defaults.speed_mps,
    }
    camera = draft.fields.get("camera")
    values |= draft.fields
    if isinstance(camera, dict):
        values["camera"] = defaults.camera.model_dump() | camera
    try:
        route = Route.model_validate({**values, "geometry": draft.geometry})
    except ValidationError as error:
        raise _format_error(source, draft, error) from error
    if isinstance(route.geometry, Area) and _area(route.geometry.outline) == 0:
        raise FormatError(source, draft.where, "the polygon has no inside")
    return route


def _one_line(name: str) -> str:
    """A name that was laid out over several lines (XML) in one."""
    return re.sub(r"\s*[\t\n\v\f\r]\s*", " ", name.strip())


def _positions(value: object) -> int:
    """How many points there are in a part of a geometry: a point, a line, rings."""
    if isinstance(value, list):
        return sum(map(_positions, value))
    return 1 if isinstance(value, dict) else 0


def _format_error(source: str, draft: Draft, error: ValidationError) -> FormatError:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    given = f" (given: {first['input']!r:.60})" if not isinstance(first["input"], dict) else ""
    return FormatError(source, f"{draft.where}: {key}" if key else draft.where, f"{first['msg']}{given}")


def _area(outline: Sequence[GeoPoint]) -> float:
    return float(Polygon([(corner.lon_deg, corner.lat_deg) for corner in outline]).area)


def _prefix(source: str) -> str:
    """An id from the file's name; where that has no Latin letters, from a hash of it, so that it is the same each time."""
    stem = PurePath(source).stem
    slug = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:48].strip("-")
    return slug or "import-" + hashlib.sha256(stem.encode(errors="surrogatepass")).hexdigest()[:8]


def _check_ids(source: str, routes: Sequence[Route]) -> None:
    seen: set[str] = set()
    for route in routes:
        if route.id in seen:
            raise FormatError(source, f"route '{route.id}'", "this id is given twice")
        seen.add(route.id)
