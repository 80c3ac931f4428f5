"""A data set as Ultralytics is told it: every picture by its absolute path.

It would take a relative `path` in data.yaml for one beside the working folder, or in its own folder of downloads.
"""

from pathlib import Path

import yaml

from models.evaluation.data_set import read_splits

LISTS_FILE = "pictures.yaml"


def write_picture_lists(data: Path, out: Path) -> Path:
    """Writes the pictures of each split of the data set in `data` as lists into `out`; gives the description of these."""
    splits = read_splits(data)
    for name, split in splits.items():
        lines = "\n".join(str(picture.resolve()) for picture in split.pictures)
        (out / f"{name}.txt").write_text(lines + "\n", encoding="utf-8")
    train = splits["train"]
    described = {
        "path": str(out.resolve()),
        "train": "train.txt",
        "val": "val.txt" if "val" in splits else "train.txt",
        "names": dict(enumerate(train.names)),
    }
    file = out / LISTS_FILE
    file.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file
