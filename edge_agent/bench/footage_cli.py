"""`oneflight bench accuracy` and `oneflight bench clutter`: what flights of known truth say of places and of false findings."""

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

accuracy = typer.Typer(add_completion=False)
clutter = typer.Typer(add_completion=False)

Report = Annotated[Path | None, typer.Option(help="JSON file for the figures")]
Work = Annotated[Path | None, typer.Option(help="folder for the footage, kept; left out: a new one that is deleted")]
Seed = Annotated[int, typer.Option(min=0, help="of worlds, flights and errors")]
Model = Annotated[str | None, typer.Option(help="name or path of the model; left out: the shipped one")]


@accuracy.command()
def measure_places(report: Report = None, work: Work = None, seed: Seed = 1, model: Model = None) -> None:
    """Measure how far places are off, and whether the truth lies in their ellipses, with the errors of real sensors."""
    from edge_agent.bench.accuracy import measure_accuracy
    from edge_agent.config import Model as ModelSettings

    with tempfile.TemporaryDirectory() as passing:
        measured = measure_accuracy(work or Path(passing), seed, ModelSettings(reference=model))
    _tell(measured.figures(), report)


@clutter.command()
def measure_false(report: Report = None, work: Work = None, seed: Seed = 1, model: Model = None) -> None:
    """Measure how much is reported on flights over ground on which there is nothing to find."""
    from edge_agent.bench.clutter import measure_clutter

    with tempfile.TemporaryDirectory() as passing:
        measured = measure_clutter(work or Path(passing), seed, model)
    _tell(measured.figures(), report)


def _tell(figures: dict[str, object], report: Path | None) -> None:
    text = json.dumps(figures, indent=1) + "\n"
    typer.echo(text, nl=False)
    if report is not None:
        report.write_text(text, encoding="utf-8")
