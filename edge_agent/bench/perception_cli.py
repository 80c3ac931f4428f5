"""`oneflight bench perception`: what the path from frame to finding does, in figures."""

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from edge_agent.bench.accuracy import measure_accuracy
from edge_agent.bench.footage import film
from edge_agent.bench.soak import soak
from edge_agent.bench.throughput import Setting, Yolo, measure_throughput
from edge_agent.config import Model
from models.registry import DEFAULT

app = typer.Typer(add_completion=False)


@app.command()
def perception(
    report: Annotated[Path | None, typer.Option(help="JSON file for the figures")] = None,
    ultralytics_python: Annotated[
        Path | None, typer.Option(help="an interpreter that has Ultralytics, to compare with")
    ] = None,
    ultralytics_weights: Annotated[Path | None, typer.Option(help="its .pt; left out: the model's network file")] = None,
    minutes: Annotated[float, typer.Option("--soak", min=0, help="minutes to watch the memory for")] = 0.0,
    places: Annotated[bool, typer.Option(help="measure places as well, as `bench accuracy` does")] = True,
    rounds: Annotated[int, typer.Option(min=1, help="passes over the video that count, each contender's in turn")] = 5,
    threads: Annotated[int, typer.Option(min=1, help="of the runtime, in the path as alone")] = 1,
    model: Annotated[str, typer.Option(help="name or path")] = DEFAULT,
    work: Annotated[Path | None, typer.Option(help="folder for the footage, kept; left out: a new one that is deleted")] = None,
    seed: Annotated[int, typer.Option(min=0, help="of worlds, flights and errors")] = 1,
) -> None:
    """Measure the whole path on a video, against the network's runtime alone and model.track(); its memory; its places."""
    yolo = Yolo(ultralytics_python, ultralytics_weights) if ultralytics_python else None
    with tempfile.TemporaryDirectory() as passing:
        kept = work or Path(passing)
        folder = kept / "throughput"
        setting = Setting(folder, film(folder, seed), model, threads)
        figures = _throughput(setting, rounds, yolo) | _soak(setting, minutes)
        if places:
            figures |= measure_accuracy(kept, seed, Model(reference=model)).figures()
    _tell(figures, report)


def _throughput(setting: Setting, rounds: int, yolo: Yolo | None) -> dict[str, object]:
    contenders = [setting.path(), setting.bare(), *([setting.track(yolo)] if yolo else [])]
    return measure_throughput(contenders, rounds).figures()


def _soak(setting: Setting, minutes: float) -> dict[str, object]:
    return soak(setting.path(), minutes).figures() if minutes else {}


def _tell(figures: dict[str, object], report: Path | None) -> None:
    text = json.dumps(figures, indent=1) + "\n"
    typer.echo(text, nl=False)
    if report is not None:
        report.write_text(text, encoding="utf-8")
