"""Exports trained weights for flying: a folder with the network in the frame's own aspect, and its card."""

import importlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from missions.noun import StrictNoun
from models.card import InputSize, ModelCard, Recipe, sha256_of, write_card
from models.errors import ModelError
from models.evaluation.data_set import DataSet, read_picture
from models.evaluation.reports import framed
from models.letterbox import Letterbox, Picture
from models.ultralytics_setup import import_ultralytics

LIMITS = "Synthetic scenes only; not for real operations without retraining on real pictures."
LICENCE = "AGPL-3.0"
CALIBRATION_PICTURES = 200

Precision = Literal["float16", "int8"]


class ExportSettings(StrictNoun):
    """One export. `calibration` is needed for int8: pictures such as those it will see."""

    weights: Path
    out: Path
    name: str
    version: str
    input: InputSize = InputSize(width_px=640, height_px=384)
    precision: Precision = "float16"
    end_to_end: Annotated[bool, Field(description="the network suppresses double boxes itself")] = False
    limits: str = LIMITS
    auxiliary: Annotated[tuple[str, ...], Field(description="classes found only to be masked")] = ()
    ground_m_per_px: Annotated[tuple[float, float] | None, Field(description="finest and coarsest, as in training")] = None


def export(settings: ExportSettings, recipe: Recipe | None, calibration: DataSet | None) -> ModelCard:
    """Writes network and card into `settings.out`. Raises ModelError."""
    if not settings.weights.is_file():
        raise ModelError(str(settings.weights), "", "there is no such file to export")
    if settings.precision == "int8" and calibration is None:
        raise ModelError(str(settings.weights), "", "int8 needs a data set to calibrate on")
    settings.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        network, classes = _to_onnx(settings, Path(scratch))
        if calibration is None or settings.precision != "int8":
            files = [_moved(network, settings.out / f"{settings.name}.onnx")]
        else:
            files = _to_int8(network, classes, settings, calibration)
    card = ModelCard(
        name=settings.name,
        version=settings.version,
        format="openvino" if settings.precision == "int8" else "onnx",
        input=settings.input,
        ground_m_per_px=settings.ground_m_per_px,
        classes=classes,
        auxiliary=settings.auxiliary,
        files={file.name: sha256_of(file) for file in files},
        limits=settings.limits,
        licence=LICENCE,
        recipe=recipe,
    )
    write_card(card, settings.out)
    return card


def _to_onnx(settings: ExportSettings, scratch: Path) -> tuple[Path, tuple[str, ...]]:
    weights = scratch / "network.pt"
    shutil.copyfile(settings.weights, weights)
    network = import_ultralytics(threads=1).YOLO(weights)
    exported = network.export(
        format="onnx",
        imgsz=[settings.input.height_px, settings.input.width_px],
        simplify=True,
        nms=False if settings.end_to_end else None,
        quantize=16 if settings.precision == "float16" else 32,
        device="cpu",
    )
    return Path(exported), tuple(str(network.names[index]) for index in sorted(network.names))


def _to_int8(network: Path, classes: tuple[str, ...], settings: ExportSettings, calibration: DataSet) -> list[Path]:
    """Quantised by NNCF after training, all but the detection head, as a box needs more than 8 bits."""
    openvino, nncf = importlib.import_module("openvino"), importlib.import_module("nncf")
    model = openvino.Core().read_model(network)
    model.set_rt_info(" ".join(name.replace(" ", "_") for name in classes), ["model_info", "labels"])
    pictures = [_as_input(read_picture(path), settings.input) for path in calibration.pictures[:CALIBRATION_PICTURES]]
    quantised = nncf.quantize(
        model,
        nncf.Dataset(pictures),
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(pictures),
        ignored_scope=nncf.IgnoredScope(patterns=[".*/model.23/.*"], validate=False),
    )
    target = settings.out / f"{settings.name}.xml"
    openvino.save_model(quantised, target, compress_to_fp16=True)
    return [target, target.with_suffix(".bin")]


def _as_input(picture: Picture, size: InputSize) -> NDArray[np.float32]:
    at_least = framed(picture, size)
    canvas = np.zeros((size.height_px, size.width_px, 3), np.uint8)
    fit = Letterbox.between((at_least.shape[1], at_least.shape[0]), (size.width_px, size.height_px))
    fit.apply(at_least, canvas)
    return np.ascontiguousarray(canvas[None, :, :, ::-1].transpose(0, 3, 1, 2), dtype=np.float32) / np.float32(255)


def _moved(source: Path, target: Path) -> Path:
    shutil.move(source, target)
    return target
