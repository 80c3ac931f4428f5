"""The model card, as data beside the weights: what a network is, how it was trained, how well it does, what it is not for."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from missions.finding import ModelRef, Sha256
from missions.noun import StrictNoun
from models.calibration import Calibration, Thresholds
from models.errors import ModelError

CARD_FILE, RECIPE_FILE = "card.json", "recipe.json"

Share = Annotated[float, Field(ge=0, le=1)]
Metres = Annotated[float, Field(gt=0)]
Format = Literal["onnx", "openvino", "ultralytics"]


class InputSize(StrictNoun):
    """The network's input in pixels; a picture is fitted into it without distortion."""

    width_px: Annotated[int, Field(ge=32, le=4096)]
    height_px: Annotated[int, Field(ge=32, le=4096)]


class ClassFigures(StrictNoun):
    """How well one class is found. Precision and recall hold at the figures' confidence."""

    name: str
    instances: Annotated[int, Field(ge=0, description="in the evaluation's pictures")]
    ap50: Annotated[Share | None, Field(description="None where no instance was shown")]
    precision: Annotated[Share | None, Field(description="None where nothing was reported")]
    recall: Annotated[Share | None, Field(description="None where no instance was shown")]
    reported: Annotated[int | None, Field(ge=0, description="reports that count in precision and recall")] = None
    threshold: Annotated[Share | None, Field(description="least confidence of those reports, if not the figures' own")] = None


class Figures(StrictNoun):
    """What an evaluation measured: overall, and for each class. A match overlaps by half or more (IoU 0.5).

    Overall precision, recall and calibration error are of what can become a finding: auxiliary classes are left out.
    """

    data: Annotated[str, Field(description="which pictures, and the command that made them")]
    images: Annotated[int, Field(ge=1)]
    instances: Annotated[int, Field(ge=0)]
    confidence: Annotated[Share, Field(description="reports below this do not count in precision and recall")]
    map50: Annotated[Share, Field(description="mean over classes of the average precision")]
    precision: Share
    recall: Share
    ece: Annotated[Share | None, Field(description="expected calibration error, 15 equally wide bins, by count")] = None
    ece_equal_mass: Annotated[Share | None, Field(description="the same over 15 bins of as many reports each")] = None
    ece_from: Annotated[Share | None, Field(description="least probability of the reports in both")] = None
    false_per_10_min: Annotated[float | None, Field(ge=0, description="false findings in flights with nothing to find")] = None
    classes: tuple[ClassFigures, ...]


class Recipe(StrictNoun):
    """How the weights came about: enough to make them again."""

    architecture: str
    commands: tuple[str, ...]
    arguments: Annotated[dict[str, bool | int | float | str], Field(description="of the last training run")]
    data_sha256: Annotated[
        tuple[Sha256, ...], Field(description="of the pictures and labels of each run, as far as known")
    ] = ()
    images: Annotated[int, Field(ge=0, description="pictures trained on, in all runs")]
    epochs: Annotated[int, Field(ge=0, description="in all runs")]


class ModelCard(StrictNoun):
    """One network. `files` maps each file beside the card to its SHA-256; the first is the one to open."""

    name: str
    version: str
    format: Format
    input: InputSize
    ground_m_per_px: Annotated[
        tuple[Metres, Metres] | None,
        Field(description="finest and coarsest ground that a pixel of the input showed in training; None: not known"),
    ] = None
    classes: Annotated[tuple[str, ...], Field(min_length=1, description="in the order of the network's output")]
    class_map: dict[str, str] = Field(default_factory=dict, description="a class's name -> its key in the catalogue")
    auxiliary: Annotated[tuple[str, ...], Field(description="classes found only to be masked; no catalogue's category")] = ()
    files: Annotated[dict[str, Sha256], Field(min_length=1)]
    limits: str
    licence: str
    recipe: Recipe | None = None
    calibration: Annotated[Calibration | None, Field(description="None: scores are no probabilities")] = None
    thresholds: Thresholds | None = None
    figures: Figures | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> "ModelCard":
        twice = sorted({name for name in self.classes if self.classes.count(name) > 1})
        if twice:
            raise ValueError(f"classes named twice: {', '.join(twice)}")
        self._refuse_strangers()
        if self.ground_m_per_px and self.ground_m_per_px[0] > self.ground_m_per_px[1]:
            raise ValueError(f"ground_m_per_px is from the finest to the coarsest, not {self.ground_m_per_px}")
        outside = [name for name in self.files if Path(name).name != name]
        if outside:
            raise ValueError(f"files lie beside the card, not elsewhere: {', '.join(outside)}")
        return self

    def _refuse_strangers(self) -> None:
        naming = {
            "class_map": self.class_map,
            "auxiliary": self.auxiliary,
            "calibration": self.calibration.classes if self.calibration else (),
            "thresholds": self.thresholds.classes if self.thresholds else (),
        }
        for key, names in naming.items():
            strange = sorted(set(names) - set(self.classes))
            if strange:
                raise ValueError(f"{key} names classes that the model lacks: {', '.join(strange)}")

    @property
    def class_keys(self) -> tuple[str, ...]:
        """The catalogue's keys of the classes, in the order of the network's output."""
        return tuple(self.class_map.get(name, name) for name in self.classes)

    @property
    def ref(self) -> ModelRef:
        """What a finding says of the network that saw it; the hash is that of the file which holds the weights (the last)."""
        weights_sha256 = list(self.files.values())[-1]
        return ModelRef(
            name=self.name, version=self.version, weights_sha256=weights_sha256, calibrated=self.calibration is not None
        )

    @property
    def review_below(self) -> dict[str, float]:
        """The catalogue's key of a class -> the confidence below which its findings wait for a person."""
        stated = self.thresholds.classes if self.thresholds else {}
        return {self.class_map.get(name, name): value for name, value in stated.items()}


def read_card(folder: Path) -> ModelCard:
    """The card of a model's folder. Raises ModelError naming file, key and cause."""
    path = folder / CARD_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(str(path), "", f"the model's card cannot be read: {error}") from error
    try:
        return ModelCard.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ModelError(str(path), where, first["msg"]) from error


def write_card(card: ModelCard, folder: Path) -> Path:
    """Writes the card into a model's folder, whole or not at all; gives the file."""
    path = folder / CARD_FILE
    draft = path.with_suffix(".tmp")
    draft.write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def read_recipe(weights: Path | None) -> Recipe | None:
    """The recipe that training left beside its weights, or that an exported model's card tells; None where there is none.

    Raises ModelError where it is malformed.
    """
    if weights is None:
        return None
    file = weights.parent / RECIPE_FILE
    if not file.is_file():
        return read_card(weights.parent).recipe if (weights.parent / CARD_FILE).is_file() else None
    try:
        return Recipe.model_validate_json(file.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ModelError(str(file), "", error.errors()[0]["msg"]) from error


def rewrite_card(card: ModelCard, folder: Path) -> None:
    """Writes a card in place of the one there. Raises ModelError where `folder` holds none yet (a bare weights file)."""
    if not (folder / CARD_FILE).is_file():
        raise ModelError(str(folder), "", f"there is no {CARD_FILE} to record this in")
    write_card(card, folder)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file. Raises ModelError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(str(path), "", f"cannot be read: {error.strerror}") from error
