"""A GeoJSON catalogue file: a FeatureCollection in WGS-84, one feature a line so that differences and errors have lines."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from missions.catalog.entries import Entry, Place, label
from missions.catalog.positions import BadPosition
from missions.catalog.syntax import parse_json, read_text
from missions.errors import CatalogError

N = TypeVar("N", bound=BaseModel)
_COLLECTION_KEYS = {"type", "name", "note", "crs", "features"}
_FEATURE_KEYS = {"type", "id", "bbox", "properties", "geometry"}
_FEATURE_LINE = re.compile(r'^\s*\{\s*"type"\s*:\s*"Feature"')


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature, its frame checked: properties and geometry are objects, the geometry has type and coordinates."""

    place: Place
    properties: dict[str, object]
    geometry_type: str
    coordinates: object


class GeojsonFile:
    """One file as read; `errors` gathers what is wrong with it."""

    def __init__(self, path: Path, noun: str) -> None:
        self.name = path.name
        self.errors: list[CatalogError] = []
        self._noun = noun
        try:
            self._text = read_text(path)
            self._raw_features = _features_of(path.name, parse_json(path.name, self._text))
        except CatalogError as error:
            self._text, self._raw_features = "", []
            self.errors.append(error)
        self._features = list(self._framed())

    def read(
        self, convert: Callable[[Feature], Entry[N] | list[CatalogError]], which: Callable[[Feature], bool] = lambda _: True
    ) -> list[Entry[N]]:
        """Every feature (of those `which` picks) that `convert` makes a noun of; its complaints join `errors`."""
        entries = []
        for feature in filter(which, self._features):
            try:
                made = convert(feature)
            except BadPosition as error:
                made = [feature.place.error(f"geometry.{error.where}", error.cause)]
            except CatalogError as error:
                made = [error]
            if isinstance(made, Entry):
                entries.append(made)
            else:
                self.errors.extend(made)
        return entries

    def _framed(self) -> Iterator[Feature]:
        lines = [n for n, line in enumerate(self._text.splitlines(), 1) if _FEATURE_LINE.match(line)]
        if len(lines) != len(self._raw_features):
            lines = []
        for index, raw in enumerate(self._raw_features):
            place = Place(self.name, self._where(index, raw, lines))
            try:
                yield _feature(raw, place)
            except CatalogError as error:
                self.errors.append(error)

    def _where(self, index: int, raw: object, lines: list[int]) -> str:
        name = label(raw.get("properties")) if isinstance(raw, dict) else ""
        facts = [f"{self._noun} {name}" if name else "", f"line {lines[index]}" if lines else ""]
        inside = ", ".join(fact for fact in facts if fact)
        return f"feature {index + 1}" + (f" ({inside})" if inside else "")


def _features_of(source: str, raw: object) -> list[object]:
    if not isinstance(raw, dict) or raw.get("type") != "FeatureCollection":
        raise CatalogError(source, "type", 'expected a GeoJSON object of type "FeatureCollection"')
    if unknown := raw.keys() - _COLLECTION_KEYS:
        known = ", ".join(sorted(_COLLECTION_KEYS))
        raise CatalogError(source, ", ".join(sorted(unknown)), f"is not a known key of a FeatureCollection; known: {known}")
    if "crs" in raw and "CRS84" not in str(raw["crs"]):
        raise CatalogError(source, "crs", "coordinates must be WGS-84 longitude, latitude (CRS84)")
    features = raw.get("features")
    if not isinstance(features, list):
        raise CatalogError(source, "features", "expected a list of features")
    return features


def _feature(raw: object, place: Place) -> Feature:
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        raise place.error("type", 'expected an object of type "Feature"')
    if unknown := raw.keys() - _FEATURE_KEYS:
        raise place.error(", ".join(sorted(unknown)), f"is not a known key; known: {', '.join(sorted(_FEATURE_KEYS))}")
    properties, geometry = raw.get("properties"), raw.get("geometry")
    if not isinstance(properties, dict):
        raise place.error("properties", "expected an object")
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise place.error("geometry", "expected an object with type and coordinates")
    return Feature(place, properties, geometry["type"], geometry.get("coordinates"))
