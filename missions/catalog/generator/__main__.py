"""`python -m missions.catalog.generator`: writes routes.geojson."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from missions.catalog import SHIPPED, load
from missions.catalog.contents import ROUTES
from missions.catalog.generator import NOTE, generate
from missions.catalog.route_features import format_routes
from missions.errors import OneFlightError


def main(
    out: Annotated[Path, typer.Option(help="Directory that gets routes.geojson")],
    seed: Annotated[int, typer.Option(help="The same seed makes the same routes")] = 1,
    base: Annotated[Path, typer.Option(help="Catalogue whose other files are used")] = SHIPPED,
) -> None:
    """Make a representative set of routes."""
    made = generate(load(base, with_routes=False), seed)
    out.mkdir(parents=True, exist_ok=True)
    unfinished = out / f"{ROUTES}.part"
    unfinished.write_text(format_routes(made, NOTE.format(seed=seed)), encoding="utf-8")
    unfinished.replace(out / ROUTES)
    typer.echo(f"{len(made)} routes in {out / ROUTES}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except OneFlightError as error:
        typer.echo(f"generator: {error}", err=True)
        sys.exit(2)
