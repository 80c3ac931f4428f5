"""`oneflight model check-data`: whether a labelled data set is fit for use."""

from pathlib import Path
from typing import Annotated

import typer


def check_data(
    data: Annotated[Path, typer.Argument(help="folder of a YOLO data set (data.yaml)")],
    model: Annotated[str | None, typer.Option(help="model whose classes it must have; else those of the catalogue")] = None,
    catalog: Annotated[Path | None, typer.Option(help="catalogue folder; the shipped one if left out")] = None,
    auxiliary: Annotated[list[str] | None, typer.Option(help="class that only serves to mask; can be repeated")] = None,
    any_classes: Annotated[bool, typer.Option("--any-classes", help="do not ask who knows its classes")] = False,
    report: Annotated[Path | None, typer.Option(help="JSON file to write all that was found to")] = None,
) -> None:
    """Check a data set: classes, labels, broken pictures, duplicates, leakage between splits. Exit code 1: not fit for use."""
    from models.checking.data_check import check_data_set

    checked = check_data_set(data, None if any_classes else (*_known(model, catalog), *(auxiliary or ())))
    if report:
        report.write_text(checked.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(checked.in_words())
    if checked.errors:
        raise typer.Exit(1)


def _known(model: str | None, catalog: Path | None) -> tuple[str, ...]:
    if model is not None:
        from models.card import read_card
        from models.registry import locate

        return read_card(locate(model)).classes
    from missions.catalog import load as load_catalog

    return tuple(load_catalog(catalog).detector_classes)
