"""Data sets as folders."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from missions.errors import InvalidInput
from simulator.dataset.folder import write_dataset
from simulator.dataset.options import DatasetOptions

OPTIONS = DatasetOptions(size_px=96, seed=2, class_keys=("crane", "crowd", "vehicle"), val_share=0.2, test_share=0.2)


def _written(out: Path, images: int, options: DatasetOptions = OPTIONS) -> list[int]:
    return list(write_dataset(out, images, options, processes=1))


def test_a_data_set_has_the_folders_that_yolo_reads(tmp_path: Path) -> None:
    """A label file for each picture, five numbers a line, the names in the order asked for, and three splits."""
    assert _written(tmp_path, 11) == list(range(11))
    stated = (tmp_path / "data.yaml").read_text()
    assert "train: images/train\nval: images/val\ntest: images/test\n" in stated
    assert "0: crane\n  1: crowd\n  2: vehicle\n" in stated
    pictures = {p.relative_to(tmp_path / "images").with_suffix("") for p in (tmp_path / "images").rglob("*.jpg")}
    labels = {p.relative_to(tmp_path / "labels").with_suffix("") for p in (tmp_path / "labels").rglob("*.txt")}
    assert pictures == labels
    assert len(pictures) == 11
    assert {p.parts[0] for p in pictures} == {"train", "val", "test"}
    for path in (tmp_path / "labels").rglob("*.txt"):
        for line in path.read_text().splitlines():
            key, *shares = line.split()
            assert key in "012"
            assert all(0 <= float(share) <= 1 for share in shares)


def test_it_says_how_it_was_made_and_its_hash_follows_its_contents(tmp_path: Path) -> None:
    """Options, number, version; the same options give the same hash, another seed another one."""
    for name, seed in (("one", 2), ("again", 2), ("other", 3)):
        _written(tmp_path / name, 2, replace(OPTIONS, seed=seed))
    one, again, other = (json.loads((tmp_path / name / "dataset.json").read_text()) for name in ("one", "again", "other"))
    assert one["images"] == 2
    assert one["options"]["seed"] == 2
    assert one["made_by"].startswith("oneflight ")
    assert one["sha256"] == again["sha256"] != other["sha256"]


def test_a_broken_run_is_taken_up_again(tmp_path: Path) -> None:
    """What is missing is rendered, what is there is kept, and the result is that of one run."""
    _written(tmp_path, 3)
    whole = json.loads((tmp_path / "dataset.json").read_text())["sha256"]
    first, *others = sorted((tmp_path / "images").rglob("*.jpg"))
    first.unlink()
    before = [path.stat().st_mtime_ns for path in others]
    _written(tmp_path, 3)
    assert json.loads((tmp_path / "dataset.json").read_text())["sha256"] == whole
    assert [path.stat().st_mtime_ns for path in others] == before


def test_a_folder_with_another_data_set_is_refused(tmp_path: Path) -> None:
    """Pictures of two kinds are not mixed."""
    _written(tmp_path, 1)
    with pytest.raises(InvalidInput, match=r"dataset\.json: options: another data set is here"):
        _written(tmp_path, 1, replace(OPTIONS, seed=9))
