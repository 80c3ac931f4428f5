"""Reading a catalogue file as text, TOML or JSON; whatever is wrong with its syntax is named by line and column."""

import json
import math
import re
import tomllib
from pathlib import Path

from missions.errors import CatalogError

_TOML_PLACE = re.compile(r"^(?P<cause>.*) \(at (?P<place>.*)\)$", re.DOTALL)


def read_text(path: Path) -> str:
    """The file's text, UTF-8 with or without a byte order mark (editors on Windows write one)."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CatalogError(path.name, "", f"the file is missing in {path.parent}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CatalogError(path.name, f"line {line}", "is not UTF-8 text; save the file with the encoding UTF-8") from error
    except OSError as error:
        raise CatalogError(path.name, "", f"cannot be read: {error.strerror}") from error


def parse_toml(source: str, text: str) -> dict[str, object]:
    """The tables of a TOML file; `source` is the file's name for errors."""
    try:
        return tomllib.loads(text, parse_float=_finite)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.match(str(error))
        where, cause = (match["place"], match["cause"]) if match else ("", str(error))
        raise CatalogError(source, where, f"TOML syntax: {cause}") from error
    except (ValueError, RecursionError) as error:
        raise CatalogError(source, "", f"TOML: {error}") from error


def parse_json(source: str, text: str) -> object:
    """The value in a JSON file; a key given twice in one object and numbers that are not finite are refused."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_float=_finite, parse_constant=_finite)
    except json.JSONDecodeError as error:
        raise CatalogError(source, f"line {error.lineno}, column {error.colno}", f"JSON syntax: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise CatalogError(source, "", f"JSON: {error}") from error


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number {text} is not finite")
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is given twice in {_shortened(made)}")
    return made


def _shortened(value: object, length: int = 120) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= length else text[: length - 1] + "…"
