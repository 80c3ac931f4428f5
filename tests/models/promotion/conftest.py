"""Frozen pictures of one colour each, and models that see them or mix two colours up."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.card import write_card
from models.evaluation.data_set import DataSet, read_data_set
from tests.models.conftest import CLASSES, card_for, end_to_end_network, save

COLORS = ((0, 0, 255), (0, 255, 0), (255, 0, 0))
LABELS = ("0 0.25 0.375 0.25 0.5", "1 0.625 0.5 0.25 0.5", "2 0.5 0.5 1 1")
"""The boxes of the tiny network, as shares of 64 x 32 pixels."""


def make_model(folder: Path, version: str, classes: tuple[str, ...] = CLASSES) -> Path:
    """The tiny network under a version; with other names in `classes` it calls things by these."""
    folder.mkdir(parents=True)
    card = card_for(save(end_to_end_network(), folder, classes))
    write_card(card.model_copy(update={"version": version, "classes": classes}), folder)
    return folder


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A model that is always right."""
    return make_model(tmp_path / "good", "1")


@pytest.fixture
def also_good(tmp_path: Path) -> Path:
    """Another version of it."""
    return make_model(tmp_path / "also_good", "2")


@pytest.fixture
def mixing_up(tmp_path: Path) -> Path:
    """A model that calls green things blue and blue ones green."""
    return make_model(tmp_path / "mixing_up", "3", ("red_thing", "blue_thing", "green_thing"))


def write_frozen(folder: Path, blue: int = 12) -> DataSet:
    """Twelve pictures each of red and green things, and some of blue ones."""
    for part in ("images", "labels"):
        (folder / part).mkdir(parents=True)
    (folder / "data.yaml").write_text(f"path: .\ntrain: images\nval: images\ntest: images\nnames: [{', '.join(CLASSES)}]\n")
    for index, count in enumerate((12, 12, blue)):
        for number in range(count):
            cv2.imwrite(str(folder / f"images/{index}-{number}.png"), np.full((32, 64, 3), COLORS[index], np.uint8))
            (folder / f"labels/{index}-{number}.txt").write_text(LABELS[index] + "\n")
    return read_data_set(folder, "test")


@pytest.fixture
def frozen(tmp_path: Path) -> DataSet:
    """Enough pictures of all."""
    return write_frozen(tmp_path / "frozen")
