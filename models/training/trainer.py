"""Trains a detector on a YOLO data set: from nothing, or on from weights."""

import logging
import shutil
import time
from pathlib import Path
from typing import Any

from models.card import RECIPE_FILE, Recipe, read_recipe
from models.errors import ModelError
from models.evaluation.data_set import DataSet, read_data_set
from models.training.bfloat16 import processor_has_bfloat16, run_in_bfloat16
from models.training.recovery import recover
from models.training.settings import ARCHITECTURE, TrainingSettings
from models.ultralytics_setup import hold_to, import_ultralytics

logger = logging.getLogger(__name__)

WEIGHTS_FILE = "weights.pt"


def train(settings: TrainingSettings, command: str) -> Path:
    """Trains and gives the weights: `out/weights.pt`, beside `out/recipe.json`.

    Meanwhile `out/run/weights/last.pt` holds those of the last whole epoch. `command` is what the user typed, for the recipe.
    Raises ModelError or DataSetError before anything is computed.
    """
    data = read_data_set(settings.data, "train")
    if settings.initial is not None and not settings.initial.is_file():
        raise ModelError(str(settings.initial), "", "there is no such file to go on from")
    settings.out.mkdir(parents=True, exist_ok=True)
    ultralytics = import_ultralytics(settings.threads)
    initial = _trainable(settings, data)
    network = ultralytics.YOLO(ARCHITECTURE)
    _Watch(settings.threads).follow(network)
    network.train(
        data=str(data.file),
        pretrained=str(initial) if initial else False,
        project=str(settings.out.resolve()),
        name="run",
        exist_ok=True,
        device="cpu",
        **settings.arguments(),
    )
    weights = settings.out / WEIGHTS_FILE
    shutil.copyfile(settings.out / "run" / "weights" / "last.pt", weights)
    _write_recipe(settings, command, len(data.pictures), network.trainer.epoch + 1)
    return weights


def _trainable(settings: TrainingSettings, data: DataSet) -> Path | None:
    """The weights to go on from; those of an ONNX export are made trainable first."""
    if settings.initial is None or settings.initial.suffix != ".onnx":
        return settings.initial
    return recover(settings.initial, data.pictures, settings.image_size_px, settings.threads, settings.out)


class _Watch:
    """Sets a run up on its first step, and says after each epoch how it stands."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._since_s = time.monotonic()

    def follow(self, network: Any) -> None:
        network.add_callback("on_train_start", self._begin)
        network.add_callback("on_train_epoch_end", self._report)

    def _begin(self, trainer: Any) -> None:
        hold_to(self._threads)
        if processor_has_bfloat16():
            run_in_bfloat16(trainer.model)
        self._since_s = time.monotonic()

    def _report(self, trainer: Any) -> None:
        took_s, self._since_s = time.monotonic() - self._since_s, time.monotonic()
        losses = ", ".join(f"{name} {float(value):.3f}" for name, value in trainer.tloss.items())
        logger.info("epoch %d of %d: %s; %.0f s", trainer.epoch + 1, trainer.epochs, losses, took_s)


def _write_recipe(settings: TrainingSettings, command: str, images: int, epochs: int) -> None:
    earlier = read_recipe(settings.initial)
    recipe = Recipe(
        architecture=ARCHITECTURE,
        commands=(*(earlier.commands if earlier else ()), command),
        arguments=settings.arguments(),
        images=images + (earlier.images if earlier else 0),
        epochs=epochs + (earlier.epochs if earlier else 0),
    )
    (settings.out / RECIPE_FILE).write_text(recipe.model_dump_json(indent=2) + "\n", encoding="utf-8")
