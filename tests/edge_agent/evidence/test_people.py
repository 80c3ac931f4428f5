from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from edge_agent.config import Model as ModelSettings
from edge_agent.config import Privacy
from edge_agent.evidence.people import ModelFinder, finders_of
from missions.geometry import PixelBox
from models import registry
from models.boxes import Boxes
from models.card import InputSize, ModelCard
from models.errors import ModelError
from models.letterbox import Picture

PICTURE = np.zeros((320, 320, 3), np.uint8)
CARD = ModelCard(
    name="fake",
    version="1",
    format="onnx",
    input=InputSize(width_px=640, height_px=640),
    classes=("garbage_pile", "person"),
    auxiliary=("person",),
    files={"fake.onnx": "c" * 64},
    limits="made for a test",
    licence="none",
)


@dataclass
class Everything:
    """Sees a heap at (0, 0) and a person at (100, 100), in every picture."""

    looks: list[tuple[int, ...]] = field(default_factory=list)

    def infer(self, image_bgr: Picture) -> Boxes:
        self.looks.append(image_bgr.shape)
        corners = np.array([[0, 0, 50, 50], [100, 100, 110, 120]], np.float32)
        return Boxes(corners, np.array([0.9, 0.2], np.float32), np.array([0, 1]))

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        return [self.infer(image) for image in images_bgr]


def test_only_who_is_to_be_masked_is_given() -> None:
    """Of a model that also knows heaps, the person is given."""
    finder = ModelFinder(lambda: registry.Model(CARD, Everything()), frozenset({"person"}))
    found = finder.find(PICTURE, None)
    assert [(one.class_key, one.box) for one in found] == [("person", PixelBox(x_min=100, y_min=100, x_max=110, y_max=120))]


def test_a_network_is_loaded_when_it_is_needed() -> None:
    """Nothing is loaded before the first picture, and nothing a second time."""
    loaded: list[str] = []

    def load() -> registry.Model:
        loaded.append("fake")
        return registry.Model(CARD, Everything())

    finder = ModelFinder(load, frozenset({"person"}))
    assert loaded == []
    finder.find(PICTURE, 2.0)
    finder.find(PICTURE, 2.0)
    assert loaded == ["fake"]


def test_a_model_without_auxiliary_classes_masks_nobody() -> None:
    """Without such classes and without a model of the user's own there is nobody to ask."""
    assert finders_of(ModelSettings(), frozenset(), Privacy()) == []


def test_a_users_model_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    """A face model that cannot be loaded is an error with its name when the agent starts, not when somebody is seen."""
    with pytest.raises(ModelError, match=r"faces\.onnx"):
        finders_of(ModelSettings(), frozenset(), Privacy(models=(str(tmp_path / "faces.onnx"),)))


def test_everything_that_a_users_model_finds_is_masked() -> None:
    """All classes of the user's model count, whatever they are called."""
    finder = finders_of(ModelSettings(), frozenset({"person"}), Privacy(models=(registry.DEFAULT,)))[1]
    assert finder.classes == frozenset(registry.load(registry.DEFAULT).class_keys)
