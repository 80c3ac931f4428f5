"""Puts imported routes where they belong: a file of their own, or a district's catalogue; whole, or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from missions.catalog import check, load
from missions.catalog.contents import ROUTES
from missions.catalog.route_features import format_routes
from missions.errors import CatalogError, Conflict, FormatError
from missions.route import Route

NOTE = "Imported routes."


def write_routes(routes: Sequence[Route], path: Path, note: str = NOTE) -> None:
    """Writes a routes file in the catalogue's convention, beside it first, then in one step."""
    _replace(path, format_routes(routes, note))


def append_routes(routes: Sequence[Route], directory: Path) -> None:
    """Adds the routes to the catalogue in `directory`, after the whole catalogue has been checked with them.

    Raises Conflict where an id is taken, CatalogError where the catalogue would not be sound; then nothing has changed.
    """
    present = load(directory).routes
    taken = {route.id for route in present} & {route.id for route in routes}
    if taken:
        raise Conflict(f"{directory / ROUTES} has these routes already: {', '.join(sorted(taken))}; give another id prefix")
    text = format_routes([*present, *routes], _note_of(directory / ROUTES))
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "trial"
        shutil.copytree(directory, trial)
        (trial / ROUTES).write_text(text, encoding="utf-8")
        _raise_first(check(trial))
    _replace(directory / ROUTES, text)


def _note_of(path: Path) -> str:
    """The note at the head of a routes file that has just been read without fault."""
    document = json.loads(path.read_text(encoding="utf-8-sig"))
    return str(document.get("note", NOTE))


def _raise_first(errors: Sequence[CatalogError]) -> None:
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise CatalogError(errors[0].source, errors[0].where, errors[0].cause + more)


def _replace(path: Path, text: str) -> None:
    """Readers see the old file or the new one, never half of it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise FormatError(str(path), "", f"cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
