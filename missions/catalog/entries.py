"""One entry of a catalogue file made into a noun; each complaint names the entry, the key and what would be right."""

import json
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from missions.errors import CatalogError

N = TypeVar("N", bound=BaseModel)
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: `file` is the file's name, `where` the entry's number, id and line."""

    file: str
    where: str

    def error(self, key: str, cause: str) -> CatalogError:
        """An error at `key` (may be empty) of this entry."""
        return CatalogError(self.file, ": ".join(part for part in (self.where, key) if part), cause)


@dataclass(frozen=True, slots=True)
class Entry(Generic[N]):
    """A noun with the place it was read from, for errors that are found later."""

    noun: N
    place: Place


def validate(noun_type: type[N], raw: object, place: Place) -> Entry[N] | list[CatalogError]:
    """The noun in `raw`, or everything that is wrong with it.

    Validated as strict JSON: lists become tuples and texts dates, but "80" is not a number.
    """
    try:
        noun = noun_type.model_validate_json(json.dumps(raw, default=str), strict=True)
    except ValidationError as error:
        return [place.error(path(e["loc"], raw), cause(e, noun_type)) for e in error.errors(include_url=False)]
    return Entry(noun, place)


def label(raw: object) -> str:
    """How an entry calls itself: its id, key or name; empty where it has none."""
    if isinstance(raw, dict):
        for key in ("id", "key", "name"):
            if isinstance(raw.get(key), str) and raw[key]:
                return str(raw[key])[:64].encode("utf-8", "backslashreplace").decode()
    return ""


def path(location: Location, raw: object) -> str:
    """A location in words: `classes #2 (street_stall).extent_m`, counted from 1."""
    words = ""
    for step in location:
        inner = _inner(raw, step)
        if isinstance(step, int):
            name = label(inner)
            words += f" #{step + 1}" + (f" ({name})" if name else "")
        else:
            words += f".{step}" if words else step
        raw = inner
    return words


def _inner(raw: object, step: str | int) -> object:
    if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
        return raw[step]
    return raw.get(str(step)) if isinstance(raw, dict) else None


def cause(error: ErrorDetails, noun_type: type[BaseModel]) -> str:
    """Pydantic's complaint in words for a district's staff, with what was given."""
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return f"is not a known key; known: {', '.join(_known_keys(noun_type, error['loc'][:-1]))}"
    message = error["msg"].removeprefix("Value error, ")
    given = error["input"]
    if isinstance(given, str | int | float | bool):
        shown = repr(given)
        return f"{message} (given: {shown if len(shown) <= 80 else shown[:79] + '…'})"
    return message


def _known_keys(noun_type: type[BaseModel], location: Location) -> list[str]:
    for step in location:
        field = noun_type.model_fields.get(str(step))
        inner = _model_in(field.annotation) if field else None
        noun_type = inner or noun_type
    return list(noun_type.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return next((found for found in map(_model_in, inner) if found), None)
