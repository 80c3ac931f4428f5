"""Closures from a GeoJSON file: polygons with `id`, `begins_at` and `ends_at`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from missions.catalog.entries import Entry, validate
from missions.catalog.geojson_file import Feature, GeojsonFile
from missions.catalog.positions import rings
from missions.errors import CatalogError
from missions.geometry import GeoPoint
from missions.noun import StrictNoun
from missions.schedule import Closure, Span
from missions.working_time import DISTRICT_TIME

NO_MOMENT = "expected a time of day (HH:MM) or a moment with its zone (2026-11-24T09:00+08:00)"


def _is_moment(text: str) -> str:
    _on(date.min, text)
    return text


Moment = Annotated[str, AfterValidator(_is_moment)]


class _Drawn(StrictNoun):
    """One feature's properties and outline, as written."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    name: str = ""
    begins_at: Moment
    ends_at: Moment
    outline: Annotated[tuple[GeoPoint, ...], Field(min_length=3)]


def read_closures(file: Path, day: date) -> tuple[Closure, ...]:
    """The closures in `file`, times of day being those of `day`. Raises CatalogError with the first fault."""
    geojson = GeojsonFile(file, "closure")

    def convert(feature: Feature) -> Entry[Closure] | list[CatalogError]:
        return _closure(feature, day)

    entries = geojson.read(convert)
    if geojson.errors:
        raise geojson.errors[0]
    return tuple(entry.noun for entry in entries)


def _closure(feature: Feature, day: date) -> Entry[Closure] | list[CatalogError]:
    if feature.geometry_type != "Polygon":
        raise feature.place.error("geometry.type", f"expected a Polygon (given: {feature.geometry_type!r})")
    outline, *holes = rings(feature.coordinates, "coordinates")
    if holes:
        raise feature.place.error("geometry.coordinates", "a closure has no holes: draw what stays open outside of it")
    drawn = validate(_Drawn, {**feature.properties, "outline": outline}, feature.place)
    if not isinstance(drawn, Entry):
        return drawn
    one = drawn.noun
    begins_at, ends_at = _on(day, one.begins_at), _on(day, one.ends_at)
    span = Span(begins_at=begins_at, ends_at=ends_at).model_dump(mode="json")
    return validate(Closure, {"id": one.id, "outline": outline, "span": span}, feature.place)


def _on(day: date, text: str) -> datetime:
    """HH:MM on the day in the district's time, or a moment with its zone. Raises ValueError."""
    try:
        return datetime.combine(day, datetime.strptime(text, "%H:%M").time(), DISTRICT_TIME)  # noqa: DTZ007 - the zone is added
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(NO_MOMENT) from error
    if moment.tzinfo is None:
        raise ValueError(NO_MOMENT)
    return moment
