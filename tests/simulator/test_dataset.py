"""Rendered training data."""

from pathlib import Path

import numpy as np
import pytest

from missions.errors import InvalidInput
from simulator.dataset import DatasetOptions, render_example, write_dataset

OPTIONS = DatasetOptions(size_px=160, seed=7)


def test_pictures_and_labels_depend_on_the_seed_alone() -> None:
    """The same number of the same seed gives the same picture; another seed another."""
    first, second = render_example(OPTIONS, 3), render_example(OPTIONS, 3)
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]
    assert not np.array_equal(first[0], render_example(DatasetOptions(size_px=160, seed=8), 3)[0])


def test_labels_lie_inside_and_most_pictures_have_some() -> None:
    """Every box lies in its picture and has an area; about one picture in ten is empty."""
    examples = [render_example(OPTIONS, index) for index in range(20)]
    for picture, labels in examples:
        assert picture.shape == (160, 160, 3)
        for label in labels:
            box = label.box
            assert 0 <= box.x_min < box.x_max <= 160
            assert 0 <= box.y_min < box.y_max <= 160
            assert 0 <= label.class_index < len(OPTIONS.class_keys)
    assert 12 <= sum(bool(labels) for _, labels in examples) <= 20


def test_a_data_set_has_the_folders_that_yolo_reads(tmp_path: Path) -> None:
    """A label file for each picture, five numbers a line, and the names in the order asked for."""
    options = DatasetOptions(size_px=96, seed=2, class_keys=("crane", "crowd"))
    write_dataset(tmp_path, 11, options, processes=1)
    names = (tmp_path / "data.yaml").read_text()
    assert "0: crane\n  1: crowd\n" in names
    pictures = {p.relative_to(tmp_path / "images").with_suffix("") for p in (tmp_path / "images").rglob("*.jpg")}
    labels = {p.relative_to(tmp_path / "labels").with_suffix("") for p in (tmp_path / "labels").rglob("*.txt")}
    assert pictures == labels
    assert len(pictures) == 11
    assert {p.parts[0] for p in pictures} == {"train", "val"}
    for path in (tmp_path / "labels").rglob("*.txt"):
        for line in path.read_text().splitlines():
            key, *shares = line.split()
            assert key in "01"
            assert all(0 <= float(share) <= 1 for share in shares)


def test_a_class_that_nobody_can_paint_is_refused(tmp_path: Path) -> None:
    """The error names it, and nothing is written."""
    with pytest.raises(InvalidInput, match="unicorn"):
        write_dataset(tmp_path / "out", 1, DatasetOptions(class_keys=("unicorn",)))
    assert not (tmp_path / "out").exists()
