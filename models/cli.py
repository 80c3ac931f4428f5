"""`oneflight model ...`: train, measure, export and look at detection models."""

import json
import logging
import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from missions.errors import OneFlightError
from models.checking.cli import check_data
from models.promotion.cli import list_models, promote, rollback

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Train, evaluate and export detection models")

DataOption = Annotated[Path, typer.Option("--data", help="folder of a YOLO data set (data.yaml)")]
OutOption = Annotated[Path, typer.Option("--out", help="folder to write into")]
ThreadsOption = Annotated[int, typer.Option(min=1, help="processor threads")]
SplitOption = Annotated[str, typer.Option(help="train, val or test")]
ReferenceArgument = Annotated[str, typer.Argument(help="name of a shipped model, or a path")]


class ExportPrecision(StrEnum):
    """Size of a weight in the exported file."""

    FLOAT16 = "float16"
    INT8 = "int8"


@app.callback()
def model() -> None:
    """Detection models: networks, their cards and their figures."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")


app.command("check-data")(check_data)
app.command()(promote)
app.command()(rollback)
app.command("list")(list_models)


@app.command()
def train(
    data: DataOption,
    out: OutOption,
    epochs: Annotated[int, typer.Option(min=1)] = 25,
    imgsz: Annotated[int, typer.Option(min=64, help="side of the training pictures, px")] = 320,
    batch: Annotated[int, typer.Option(min=1, help="pictures a step")] = 8,
    learning_rate: Annotated[float, typer.Option("--lr", help="learning rate to begin with")] = 0.0015,
    threads: ThreadsOption = 2,
    hours: Annotated[float | None, typer.Option(help="end by then, however many epochs that makes")] = None,
    initial: Annotated[
        Path | None, typer.Option("--from", help="weights (.pt, or a model's .onnx) to go on from; else from nothing")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    accept_data: Annotated[bool, typer.Option("--accept-data", help="train although the data set has errors")] = False,
) -> None:
    """Train a detector on pictures with labels."""
    from models.training.settings import TrainingSettings
    from models.training.trainer import train as train_model

    settings = TrainingSettings(
        data=data,
        out=out,
        epochs=epochs,
        image_size_px=imgsz,
        batch=batch,
        learning_rate=learning_rate,
        threads=threads,
        hours=hours,
        initial=initial,
        seed=seed,
        accept_data=accept_data,
    )
    print(train_model(settings, _typed()))


@app.command()
def export(
    weights: Annotated[Path, typer.Option(help="trained weights (.pt)")],
    out: OutOption,
    name: Annotated[str, typer.Option(help="the model's name")],
    version: Annotated[str, typer.Option(help="the model's version")],
    width: Annotated[int, typer.Option(help="of the network's input, px")] = 640,
    height: Annotated[int, typer.Option(help="of the network's input, px")] = 384,
    precision: Annotated[ExportPrecision, typer.Option()] = ExportPrecision.FLOAT16,
    data: Annotated[Path | None, typer.Option(help="data set to calibrate int8 on")] = None,
    end_to_end: Annotated[bool, typer.Option(help="let the network itself suppress double boxes")] = False,
    auxiliary: Annotated[list[str] | None, typer.Option(help="class that only serves to mask; can be repeated")] = None,
    gsd: Annotated[tuple[float, float] | None, typer.Option(help="metres of ground a pixel in training, from and to")] = None,
) -> None:
    """Export trained weights for flying: network and card in one folder."""
    from models.card import InputSize, read_recipe
    from models.evaluation.data_set import read_data_set
    from models.training.exporter import ExportSettings
    from models.training.exporter import export as export_model

    settings = ExportSettings(
        weights=weights,
        out=out,
        name=name,
        version=version,
        input=InputSize(width_px=width, height_px=height),
        precision=precision.value,
        end_to_end=end_to_end,
        auxiliary=tuple(auxiliary or ()),
        ground_m_per_px=gsd,
    )
    recipe = read_recipe(weights)
    if recipe:
        recipe = recipe.model_copy(update={"commands": (*recipe.commands, _typed())})
    card = export_model(settings, recipe, read_data_set(data, "train") if data else None)
    print(f"{out}: {', '.join(card.files)}")


@app.command()
def evaluate(
    data: DataOption,
    reference: ReferenceArgument = "district-33",
    report: Annotated[Path | None, typer.Option(help="JSON file to write the figures to")] = None,
    split: SplitOption = "val",
    confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="for precision and recall; the card's thresholds if left out")
    ] = None,
    false_findings: Annotated[
        Path | None, typer.Option(help="report of `oneflight bench clutter`, whose figure is taken over")
    ] = None,
    described: Annotated[str, typer.Option(help="what the pictures are, for the card")] = "",
    record: Annotated[bool, typer.Option(help="write the figures into the model's card")] = False,
    threads: ThreadsOption = 2,
) -> None:
    """Measure a model: mAP50, calibration error, and precision and recall a class."""
    from models.card import rewrite_card
    from models.evaluation.data_set import read_data_set
    from models.evaluation.evaluator import bounds_of, figures_of
    from models.evaluation.report import as_report, in_words, read_false_per_10_min
    from models.evaluation.reports import LEAST_SCORE, check_same_classes, collect_reports
    from models.registry import load, locate
    from models.runtime import RuntimeSettings

    per_10_min = read_false_per_10_min(false_findings) if false_findings else None
    loaded = load(reference, RuntimeSettings(threads=threads, min_score=LEAST_SCORE))
    pictures = read_data_set(data, split)
    check_same_classes(loaded, pictures)
    reports = collect_reports(loaded, pictures)
    figures = figures_of(
        reports, described or str(data), bounds_of(loaded.card, confidence, pictures.names), loaded.card.auxiliary
    )
    figures = figures.model_copy(update={"false_per_10_min": per_10_min})
    if report:
        report.write_text(json.dumps(as_report(figures, loaded.card), indent=2) + "\n", encoding="utf-8")
    if record:
        rewrite_card(loaded.card.model_copy(update={"figures": figures}), locate(reference))
    print(in_words(figures))


@app.command()
def calibrate(
    data: DataOption,
    reference: ReferenceArgument = "district-33",
    split: SplitOption = "val",
    precision: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="share of reports that must be right for a class to need no review")
    ] = 0.95,
    threads: ThreadsOption = 2,
) -> None:
    """Fit probabilities and thresholds on pictures that the model was not trained on; they are kept in its card."""
    from models.card import rewrite_card
    from models.evaluation.calibrating import calibrate as calibrate_model
    from models.evaluation.data_set import read_data_set
    from models.evaluation.reports import LEAST_SCORE
    from models.registry import load, locate
    from models.runtime import RuntimeSettings

    loaded = load(reference, RuntimeSettings(threads=threads, min_score=LEAST_SCORE))
    card = calibrate_model(loaded, read_data_set(data, split), precision, _typed())
    rewrite_card(card, locate(reference))
    for name, least in card.thresholds.classes.items() if card.thresholds else ():
        print(f"{name:24} {'always waits for a person' if least >= 1 else f'from {least:.3f}'}")


@app.command()
def card(
    reference: ReferenceArgument = "district-33",
    out: Annotated[Path | None, typer.Option(help="Markdown file to write instead of printing")] = None,
) -> None:
    """Show a model's card."""
    from models.card import read_card
    from models.description import describe
    from models.registry import locate

    text = describe(read_card(locate(reference)))
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


@app.command()
def check(
    reference: ReferenceArgument = "district-33",
    catalog: Annotated[Path | None, typer.Option(help="catalogue folder; the shipped one if left out")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Prove that a model is what its card says and that a catalogue knows its classes."""
    from missions.catalog import load as load_catalog
    from models.registry import check_classes, load

    try:
        loaded = load(reference)
        check_classes(loaded, load_catalog(catalog))
    except OneFlightError as error:
        if as_json:
            print(json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False))
        else:
            print(f"oneflight: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    facts = {"ok": True, "name": loaded.card.name, "version": loaded.card.version, "classes": len(loaded.class_keys)}
    print(
        json.dumps(facts)
        if as_json
        else f"{loaded.card.name} {loaded.card.version}: {len(loaded.class_keys)} classes, all known"
    )


def _typed() -> str:
    return shlex.join(["oneflight", *sys.argv[1:]])
