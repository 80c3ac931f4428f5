"""`oneflight catalog` and `oneflight routes`: look at, check and extend a district's catalogue."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from missions.catalog import SHIPPED, check, load
from missions.district import District
from missions.errors import CatalogError
from missions.formats.draft import RouteDefaults
from missions.formats.reading import import_routes
from missions.formats.storing import append_routes, write_routes
from missions.route import Frequency, Route

catalog = typer.Typer(no_args_is_help=True, help="Check a district's catalogue")
routes = typer.Typer(no_args_is_help=True, help="Import routes from other programs' files, and look at them")

PLAIN_WIDTH = 160
"""Characters a line, where there is no terminal that has a width."""

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="A catalogue directory (default: the shipped example)")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text")]


@catalog.callback()
@routes.callback()
def _group() -> None:
    """Keeps the command's name where there is only one."""


@catalog.command("check")
def check_catalog(directory: Directory = SHIPPED, as_json: AsJson = False) -> None:
    """Check every file; print the counts, or every error with file, line or key, and cause (exit code 1)."""
    errors = check(directory)
    if errors:
        _print_errors(errors, as_json)
        raise typer.Exit(1)
    counts = counts_of(load(directory))
    if as_json:
        print(json.dumps(counts))
        return
    table = Table("what", "count", title=f"{directory}: no errors")
    for what, count in counts.items():
        table.add_row(what, str(count))
    _console().print(table)


def _console() -> Console:
    """The terminal; wide enough for every column where the output goes to a file or another program."""
    console = Console()
    return console if console.is_terminal else Console(width=PLAIN_WIDTH)


def counts_of(district: District) -> dict[str, int]:
    """How many of each thing a district has."""
    return {
        "departments": len(district.departments),
        "categories": len(district.categories),
        "classes": len(district.detector_classes),
        "routes": len(district.routes),
        "docks": len(district.docks),
        "drones": len(district.drones),
        "sub_districts": len(district.sub_districts),
    }


def _print_errors(errors: list[CatalogError], as_json: bool) -> None:
    if as_json:
        listed = [{"file": e.source, "where": e.where, "cause": e.cause} for e in errors]
        print(json.dumps({"errors": listed}, ensure_ascii=False))
        return
    for error in errors:
        typer.echo(str(error), err=True)
    files = Counter(error.source for error in errors)
    typer.echo(f"{len(errors)} error(s) in {len(files)} file(s)", err=True)


@routes.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A QGroundControl .plan, KML, KMZ or GeoJSON")],
    category: Annotated[list[str] | None, typer.Option(help="Category key; give it again for several")] = None,
    directory: Annotated[Path, typer.Option("--catalog", help="The catalogue that has the categories")] = SHIPPED,
    id_prefix: Annotated[str | None, typer.Option(help="What the routes' ids begin with (default: the file's name)")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the routes to this GeoJSON file")] = None,
    append_to: Annotated[Path | None, typer.Option(metavar="DIR", help="Add the routes to this catalogue")] = None,
    as_json: AsJson = False,
) -> None:
    """Read routes from another program's file; show them, write them to a file, or add them to a catalogue."""
    district = load(append_to or directory, with_routes=False)
    imported = import_routes(file, _defaults(district, category or [], id_prefix))
    for key in sorted({key for route in imported.routes for key in route.categories}):
        district.category(key)
    if append_to is not None:
        append_routes(imported.routes, append_to)
    if out is not None:
        write_routes(imported.routes, out)
    for note in imported.notes:
        typer.echo(f"{file.name}: {note}", err=True)
    _show(imported.routes, as_json)


def _defaults(district: District, categories: list[str], id_prefix: str | None) -> RouteDefaults:
    """What the first category gives its routes; all of them are served. Raises NotFound for one that does not exist."""
    known = [district.category(key) for key in categories]
    defaults = RouteDefaults.of(known[0]) if known else RouteDefaults()
    return RouteDefaults.model_validate(defaults.model_dump() | {"categories": tuple(categories), "id_prefix": id_prefix})


@routes.command("list")
def list_routes(
    directory: Directory = SHIPPED,
    category: Annotated[str | None, typer.Option(help="Only routes that serve this category (its key)")] = None,
    as_json: AsJson = False,
) -> None:
    """List the catalogue's routes."""
    district = load(directory)
    if category is not None:
        district.category(category)
    chosen = [route for route in district.routes if category is None or category in route.categories]
    _show(chosen, as_json)


def _show(chosen: Sequence[Route], as_json: bool) -> None:
    if as_json:
        print(json.dumps([route.model_dump(mode="json") for route in chosen], ensure_ascii=False))
        return
    table = Table(
        "id", "name", "geometry", "categories", "how often", "height", title=f"{len(chosen)} route{'s' * (len(chosen) != 1)}"
    )
    for route in chosen:
        served = ", ".join(route.categories) or "(none yet: --category)"
        often = how_often(route.frequency)
        table.add_row(route.id, escape(route.name), route.geometry.kind, served, often, f"{route.height_m:g} m")
    _console().print(table)


def how_often(frequency: Frequency) -> str:
    """A frequency in words."""
    return "on call" if frequency.per == "on_call" else f"{frequency.times} a {frequency.per}"
