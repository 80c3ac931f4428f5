"""Trains a detector on a YOLO data set: from nothing, or on from weights."""

import logging
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.card import RECIPE_FILE, Recipe, read_recipe, sha256_of
from models.checking.data_check import check_data_set
from models.checking.data_report import DataReport, SplitReport
from models.errors import DataSetError, ModelError
from models.evaluation.data_set import DataSet, read_data_set
from models.training.bfloat16 import processor_has_bfloat16, run_in_bfloat16
from models.training.picture_lists import write_picture_lists
from models.training.recovery import recover
from models.training.run_record import TrainingRun, software
from models.training.settings import ARCHITECTURE, TrainingSettings
from models.ultralytics_setup import hold_to, import_ultralytics

logger = logging.getLogger(__name__)

WEIGHTS_FILE = "weights.pt"


def train(settings: TrainingSettings, command: str) -> Path:
    """Trains and gives the weights: `out/weights.pt`, beside `out/recipe.json` and `out/run.json`.

    Meanwhile `out/run/weights/last.pt` holds those of the last whole epoch. `command` is what the user typed, for the record.
    Raises ModelError or DataSetError before anything is computed, also where the check of the data set finds errors.
    """
    data = read_data_set(settings.data, "train")
    if settings.initial is not None and not settings.initial.is_file():
        raise ModelError(str(settings.initial), "", "there is no such file to go on from")
    checked = checked_data(settings)
    settings.out.mkdir(parents=True, exist_ok=True)
    ultralytics = import_ultralytics(settings.threads)
    initial = _trainable(settings, data)
    network = ultralytics.YOLO(ARCHITECTURE)
    watch = _Watch(settings, _begun(settings, command, checked))
    watch.follow(network)
    network.train(
        data=str(write_picture_lists(settings.data, settings.out)),
        pretrained=str(initial) if initial else False,
        project=str(settings.out.resolve()),
        name="run",
        exist_ok=True,
        device="cpu",
        **settings.arguments(),
    )
    weights = settings.out / WEIGHTS_FILE
    shutil.copyfile(settings.out / "run" / "weights" / "last.pt", weights)
    watch.run.ended(datetime.now(UTC), sha256_of(weights)).write(settings.out)
    _write_recipe(settings, command, checked.splits["train"], network.trainer.epoch + 1)
    return weights


def checked_data(settings: TrainingSettings) -> DataReport:
    """The report on the run's data set; raises DataSetError where it is not fit for use and `accept_data` is not said."""
    report = check_data_set(settings.data)
    first = next((trouble for trouble in report.troubles if trouble.is_error), None)
    if first is not None and not settings.accept_data:
        cause = (
            f"{report.errors} errors, the first: {first.line()}; `oneflight model check-data` shows all, --accept-data trains"
        )
        raise DataSetError(str(settings.data), "", cause)
    return report


def _begun(settings: TrainingSettings, command: str, data: DataReport) -> TrainingRun:
    run = TrainingRun(
        command=command,
        settings=settings,
        data=data,
        initial_sha256=sha256_of(settings.initial) if settings.initial else None,
        software=software(),
        started_at=datetime.now(UTC),
    )
    run.write(settings.out)
    return run


def _trainable(settings: TrainingSettings, data: DataSet) -> Path | None:
    """The weights to go on from; those of an ONNX export are made trainable first."""
    if settings.initial is None or settings.initial.suffix != ".onnx":
        return settings.initial
    return recover(settings.initial, data, settings.image_size_px, settings.threads, settings.out)


class _Watch:
    """Sets a run up on its first step, and records and says after each epoch how it stands."""

    def __init__(self, settings: TrainingSettings, run: TrainingRun) -> None:
        self.run = run
        self._settings = settings
        self._since_s = time.monotonic()

    def follow(self, network: Any) -> None:
        network.add_callback("on_train_start", self._begin)
        network.add_callback("on_train_epoch_end", self._report)

    def _begin(self, trainer: Any) -> None:
        hold_to(self._settings.threads)
        if processor_has_bfloat16():
            run_in_bfloat16(trainer.model)
        self._since_s = time.monotonic()

    def _report(self, trainer: Any) -> None:
        took_s, self._since_s = time.monotonic() - self._since_s, time.monotonic()
        losses = {str(name): float(value) for name, value in trainer.tloss.items()}
        self.run = self.run.with_epoch(losses, took_s)
        self.run.write(self._settings.out)
        told = ", ".join(f"{name} {value:.3f}" for name, value in losses.items())
        logger.info("epoch %d of %d: %s; %.0f s", trainer.epoch + 1, trainer.epochs, told, took_s)


def _write_recipe(settings: TrainingSettings, command: str, data: SplitReport, epochs: int) -> None:
    earlier = read_recipe(settings.initial)
    recipe = Recipe(
        architecture=ARCHITECTURE,
        commands=(*(earlier.commands if earlier else ()), command),
        arguments=settings.arguments(),
        data_sha256=(*(earlier.data_sha256 if earlier else ()), data.data_sha256),
        images=data.pictures + (earlier.images if earlier else 0),
        epochs=epochs + (earlier.epochs if earlier else 0),
    )
    (settings.out / RECIPE_FILE).write_text(recipe.model_dump_json(indent=2) + "\n", encoding="utf-8")
