"""Measuring a model on labelled pictures."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.card import InputSize
from models.errors import DataSetError
from models.evaluation.data_set import read_data_set
from models.evaluation.evaluator import figures_of
from models.evaluation.reports import LEAST_SCORE, check_same_classes, collect_reports, framed
from models.registry import load
from models.runtime import RuntimeSettings

RED, BLACK = (0, 0, 255), (0, 0, 0)


def write_data(folder: Path, names: str) -> Path:
    """Two pictures of the tiny network's size, one red and one black; box 0 is true in both."""
    for part in ("images/val", "labels/val"):
        (folder / part).mkdir(parents=True)
    (folder / "data.yaml").write_text(f"path: .\ntrain: images/val\nval: images/val\nnames: [{names}]\n")
    for name, color in (("red", RED), ("black", BLACK)):
        cv2.imwrite(str(folder / f"images/val/{name}.png"), np.full((32, 64, 3), color, np.uint8))
        (folder / f"labels/val/{name}.txt").write_text("0 0.25 0.375 0.25 0.5\n")
    return folder


def test_figures_follow_from_what_the_network_sees(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The network sees red things in red pictures only: of two objects one is found, nothing is wrong, AP 1/2."""
    data = read_data_set(write_data(tmp_path_factory.mktemp("data"), "red_thing, green_thing, blue_thing"), "val")
    figures = figures_of(collect_reports(load(tiny, RuntimeSettings(min_score=LEAST_SCORE)), data), "two pictures", 0.5)
    assert (figures.images, figures.instances) == (2, 2)
    assert figures.map50 == pytest.approx(0.5)
    assert figures.precision == pytest.approx(1.0)
    assert figures.recall == pytest.approx(0.5)
    assert figures.classes[1].ap50 is None


def test_classes_are_matched_by_name(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a data set that numbers red things 1, and knows no blue ones, the red one is found, and blue reports are left out."""
    data = read_data_set(write_data(tmp_path_factory.mktemp("data"), "green_thing, red_thing"), "val")
    for label in data.file.parent.glob("labels/val/*.txt"):
        label.write_text("1 0.25 0.375 0.25 0.5\n")
    reports = collect_reports(load(tiny, RuntimeSettings(min_score=0.5)), data)
    assert (reports.classes.tolist(), reports.right.tolist()) == ([1], [True])
    assert reports.instances.tolist() == [0, 2]


def test_other_classes_are_refused(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A data set of other classes, or in another order, is not what a model is measured or calibrated on."""
    data = read_data_set(write_data(tmp_path_factory.mktemp("data"), "green_thing, red_thing, blue_thing"), "val")
    with pytest.raises(DataSetError, match="names: the classes are not those of tiny"):
        check_same_classes(load(tiny), data)


def test_small_pictures_are_framed_not_enlarged() -> None:
    """320 x 320 in 640 x 384 keeps its pixels, so that objects keep the size they are flown at; a frame is left alone."""
    size = InputSize(width_px=640, height_px=384)
    crop = np.full((320, 320, 3), 9, np.uint8)
    assert framed(crop, size).shape == (384, 640, 3)
    assert (framed(crop, size)[:320, :320] == 9).all()
    frame = np.zeros((720, 1280, 3), np.uint8)
    assert framed(frame, size) is frame
