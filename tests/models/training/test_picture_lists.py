"""A data set as the training is told it."""

from pathlib import Path

import cv2
import numpy as np
import yaml

from models.training.picture_lists import write_picture_lists


def test_every_picture_is_listed_by_its_absolute_path(tmp_path: Path) -> None:
    """Two folders of pictures to train on and no validation of its own: both are listed, wherever the data set lies."""
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    for name in ("a", "b"):
        (data / f"images/{name}").mkdir(parents=True)
        cv2.imwrite(str(data / f"images/{name}/1.png"), np.zeros((8, 8, 3), np.uint8))
    (data / "data.yaml").write_text("path: .\ntrain: [images/a, images/b]\nval: [images/a, images/b]\nnames: [crane]\n")
    described = yaml.safe_load(write_picture_lists(data, out).read_text())
    assert described == {"path": str(out), "train": "train.txt", "val": "train.txt", "names": {0: "crane"}}
    assert (out / "train.txt").read_text().splitlines() == [str(data / "images/a/1.png"), str(data / "images/b/1.png")]
