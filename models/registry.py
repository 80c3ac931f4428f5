"""Finds a model by name or path, proves that it is what its card says, and makes it ready.

A reference is the name of a promoted model (models/shelf.py) or of a shipped one (`district-33`), or a path: a folder with a
card, a bare `.onnx`, a folder that was exported for OpenVINO, a `.pt` (with the training extra), `FOLDER/NAME` of a registry.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from missions.district import District
from missions.finding import ModelRef
from models.boxes import Boxes, Ints
from models.card import CARD_FILE, ModelCard, read_card, sha256_of
from models.decoding import one_name_a_thing
from models.errors import ModelError
from models.letterbox import Picture
from models.looking import look
from models.opening import Opened, files_of, format_of, open_weights
from models.runtime import Runtime, RuntimeSettings, checked_picture
from models.shelf import Shelf
from models.slicing import Ground, Size, Slicing, plan_slices

SHIPPED = Path(__file__).parent / "weights"
DEFAULT = "district-33"


@dataclass(frozen=True)
class Model:
    """A network that is ready to look at pictures, with its card.

    Where the card has a calibration, scores are probabilities of being right; nothing below `min_score` is reported.
    """

    card: ModelCard
    runtime: Runtime
    min_score: float = 0.0

    @property
    def ref(self) -> ModelRef:
        """What a finding says of the network that saw it."""
        return self.card.ref

    @property
    def class_keys(self) -> tuple[str, ...]:
        """The catalogue's keys of the classes; `Boxes.classes` are indices into it."""
        return self.card.class_keys

    @property
    def auxiliary_keys(self) -> frozenset[str]:
        """Those of the classes that are found only to be masked."""
        return frozenset(self.card.class_map.get(name, name) for name in self.card.auxiliary)

    def infer(self, image_bgr: Picture, ground_m_per_px: float | None = None, *, also_whole: bool = False) -> Boxes:
        """The boxes in a picture, (height, width, 3), 8-bit blue-green-red; each thing has one name. Raises PictureError.

        Where it is known how much ground a pixel in the picture's middle shows (metres), the network is shown the ground at
        the size that it was trained for, in several pieces if need be; `also_whole` is for things larger than such a piece.
        """
        picture = checked_picture(image_bgr)
        slicing = self.slicing((picture.shape[1], picture.shape[0]), ground_m_per_px)
        if slicing is None:
            boxes = self.runtime.infer(picture)
        else:
            boxes = look(self.runtime, picture, slicing, self._input, also_whole=also_whole)
        return self._told(one_name_a_thing(boxes, self._kinds[boxes.classes]))

    def _told(self, boxes: Boxes) -> Boxes:
        calibration = self.card.calibration
        return calibration.apply(boxes, self.card.classes).at_least(self.min_score) if calibration else boxes

    def slicing(self, frame: Size, ground_m_per_px: float | None) -> Slicing | None:
        """The pieces that a frame is looked at in; None where it is looked at whole, as large as it fits."""
        trained = self.card.ground_m_per_px
        if ground_m_per_px is None or trained is None:
            return None
        return plan_slices(frame, self._input, Ground(ground_m_per_px, *trained))

    @property
    def _input(self) -> Size:
        return self.card.input.width_px, self.card.input.height_px

    @cached_property
    def _kinds(self) -> Ints:
        """Of each class: 1 where it is auxiliary. What is only to be masked takes no thing's name away, nor loses its own."""
        return np.array([name in self.card.auxiliary for name in self.card.classes], np.int64)


def load(reference: str | Path = DEFAULT, settings: RuntimeSettings | None = None, promoted: Path | None = None) -> Model:
    """The model that `reference` names, with `settings.min_score` a probability where its card has a calibration.

    `promoted` is the registry in which names are looked for first. Raises ModelError naming file, part of it and what is wrong.
    """
    settings = settings or RuntimeSettings()
    path = locate(reference, promoted)
    if (path / CARD_FILE).is_file():
        return _load_with_card(path, settings)
    return _load_without_card(_weights_in(path) if path.is_dir() else path, settings)


def locate(reference: str | Path, promoted: Path | None = None) -> Path:
    """The folder or file of a reference. Raises ModelError where there is none."""
    is_name = Path(reference).name == str(reference)
    shelf = Shelf(promoted) if promoted and is_name else Shelf(Path(reference).parent)
    current = shelf.current(Path(reference).name)
    if current is not None:
        return current
    shipped = SHIPPED / reference
    if is_name and (shipped / CARD_FILE).is_file():
        return shipped
    path = Path(reference)
    if not path.exists():
        names = ", ".join(shipped_names()) or "none"
        raise ModelError(str(reference), "", f"there is no such file or folder, nor a shipped model of that name ({names})")
    return path


def shipped_names() -> list[str]:
    """The names of the models that come with OneFlight."""
    return sorted(card.parent.name for card in SHIPPED.glob(f"*/{CARD_FILE}"))


def check_classes(model: Model, district: District) -> None:
    """Raises ModelError naming the model's classes that the district's catalogue does not know, auxiliary ones aside."""
    known = {*district.detector_classes, *model.card.auxiliary}
    unknown = [key for key in model.class_keys if key not in known]
    if unknown:
        cause = f"the catalogue of {district.id} does not know: {', '.join(unknown)}; map them in {CARD_FILE} (class_map)"
        raise ModelError(model.card.name, "classes", cause)


def _load_with_card(folder: Path, settings: RuntimeSettings) -> Model:
    card = read_card(folder)
    for name, expected in card.files.items():
        actual = sha256_of(folder / name)
        if actual != expected:
            raise ModelError(str(folder / name), "SHA-256", f"it is {actual}, and the card says {expected}")
    opened = open_weights(folder / next(iter(card.files)), card, _in_scores(settings, card))
    _check_agreement(folder, card, opened)
    return Model(card, opened.runtime, settings.min_score)


def _in_scores(settings: RuntimeSettings, card: ModelCard) -> RuntimeSettings:
    """The settings with the network's own score in place of a probability."""
    if card.calibration is None:
        return settings
    return replace(settings, min_score=card.calibration.least_score(settings.min_score))


def _check_agreement(folder: Path, card: ModelCard, opened: Opened) -> None:
    source = str(folder / CARD_FILE)
    if opened.input != card.input:
        raise ModelError(source, "input", f"the card says {card.input}, and the weights say {opened.input}")
    if opened.class_names and opened.class_names != card.classes:
        pairs = zip(card.classes, opened.class_names, strict=False)
        first = next((f"'{ours}' and '{theirs}'" for ours, theirs in pairs if ours != theirs), "different numbers of classes")
        raise ModelError(source, "classes", f"card and weights differ: {first}")


def _load_without_card(path: Path, settings: RuntimeSettings) -> Model:
    files = {file.name: sha256_of(file) for file in files_of(path)}
    opened = open_weights(path, None, settings)
    card = ModelCard(
        name=path.stem,
        version="unknown",
        format=format_of(path),
        input=opened.input,
        classes=opened.class_names,
        files=files,
        limits="Nothing is stated about this model: it has no card.",
        licence="unknown",
    )
    return Model(card, opened.runtime)


def _weights_in(folder: Path) -> Path:
    found = sorted(file for suffix in (".xml", ".onnx") for file in folder.glob(f"*{suffix}"))
    if len(found) != 1:
        listed = ", ".join(file.name for file in found) or "none"
        raise ModelError(str(folder), "", f"a folder without {CARD_FILE} must hold one .xml or .onnx file, and holds: {listed}")
    return found[0]
