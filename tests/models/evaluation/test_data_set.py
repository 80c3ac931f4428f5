"""Reading data sets in YOLO's format."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import DataSetError, PictureError
from models.evaluation.data_set import label_file, read_data_set, read_labels, read_picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data set of one picture of 100 x 50 px with one object."""
    for part in ("images/val", "labels/val"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "data.yaml").write_text("path: .\ntrain: images/val\nval: images/val\nnames:\n  0: crane\n  1: crowd\n")
    cv2.imwrite(str(tmp_path / "images/val/a.png"), np.full((50, 100, 3), 7, np.uint8))
    (tmp_path / "labels/val/a.txt").write_text("1 0.5 0.5 0.2 0.4\n")
    return tmp_path


def test_names_pictures_and_labels_are_read(folder: Path) -> None:
    """Centre (50, 25) and size (20, 20) px are corners (40, 15) and (60, 35)."""
    data = read_data_set(folder, "val")
    assert data.names == ("crane", "crowd")
    assert read_picture(data.pictures[0]).shape == (50, 100, 3)
    labels = read_labels(data.pictures[0], (100, 50), 2)
    assert labels.classes.tolist() == [1]
    assert np.allclose(labels.xyxy, [[40, 15, 60, 35]])


def test_a_picture_without_labels_is_empty(folder: Path) -> None:
    """No label file: nothing is in the picture."""
    (folder / "labels/val/a.txt").unlink()
    assert len(read_labels(folder / "images/val/a.png", (100, 50), 2).classes) == 0


@pytest.mark.parametrize(
    ("picture", "labels"),
    [("d/images/val/a.png", "d/labels/val/a.txt"), ("d/images/a.jpg", "d/labels/a.txt"), ("images/d/a.png", "labels/d/a.txt"),
     ("images/x/images/a.png", "images/x/labels/a.txt"), ("d/a.png", "d/a.txt")],
)  # fmt: skip
def test_labels_lie_where_yolo_looks_for_them(picture: str, labels: str) -> None:
    """Beside `images`, whether in splits or not; beside the picture where there is no such folder."""
    assert label_file(Path(picture)) == Path(labels)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1 0.5 0.5 0.2", "expected a class below 2"),
        ("2 0.5 0.5 0.2 0.2", "below 2"),
        ("1 a b c d", "no numbers"),
        ("1 0.5 1.5 0.2 0.2", "shares"),
    ],
)
def test_a_broken_label_is_named_by_its_line(folder: Path, line: str, says: str) -> None:
    """The error names the file, the line and what was expected."""
    (folder / "labels/val/a.txt").write_text(f"0 0.1 0.1 0.1 0.1\n{line}\n")
    with pytest.raises(DataSetError, match=rf"a\.txt: line 2: .*{says}"):
        read_labels(folder / "images/val/a.png", (100, 50), 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("names: [a]\nval: images/val\n", "train: Field required"),
        ("train: x\nval: images/val\nnames: {0: a, 2: b}\n", "names: the classes must be numbered"),
        ("train: x\nval: nowhere\nnames: [a]\n", "there are no pictures"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_broken_description_is_named(folder: Path, text: str, says: str) -> None:
    """A malformed data.yaml gets an error with the key and the cause."""
    (folder / "data.yaml").write_text(text)
    with pytest.raises(DataSetError, match=says):
        read_data_set(folder, "val")


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_broken_picture_is_named(tmp_path: Path, content: bytes) -> None:
    """An empty file and one that is no picture are refused by name."""
    path = tmp_path / "broken.jpg"
    path.write_bytes(content)
    with pytest.raises(PictureError, match=r"broken\.jpg: no picture that can be read"):
        read_picture(path)
