"""A sound small data set."""

from pathlib import Path

import cv2
import numpy as np
import pytest

NAMES = ("crane", "crowd")


def add_picture(folder: Path, split: str, name: str, *, seed: int, labels: str | None = "0 0.5 0.5 0.25 0.25\n") -> Path:
    """Writes a picture that looks like no other (coloured patches of 16 pixels), with labels; gives its file."""
    patches = np.random.default_rng(seed).integers(0, 255, (8, 8, 3), dtype=np.uint8)
    picture = cv2.resize(patches, (128, 128), interpolation=cv2.INTER_CUBIC)
    path = folder / "images" / split / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)
    if labels is not None:
        file = folder / "labels" / split / f"{path.stem}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(labels)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twelve pictures to train on and twelve to validate on, each showing both classes once."""
    (tmp_path / "data.yaml").write_text(f"path: .\ntrain: images/train\nval: images/val\nnames: [{', '.join(NAMES)}]\n")
    both = "0 0.25 0.25 0.25 0.25\n1 0.75 0.75 0.25 0.25\n"
    for number in range(12):
        add_picture(tmp_path, "train", f"{number}.png", seed=number, labels=both)
        add_picture(tmp_path, "val", f"{number}.png", seed=100 + number, labels=both)
    return tmp_path
