"""Reads a data set in YOLO's format: data.yaml, images/SPLIT/*.jpg, labels/SPLIT/*.txt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from models.boxes import Floats, Ints
from models.errors import DataSetError, PictureError
from models.letterbox import Picture

SPLITS = ("train", "val", "test")
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True)
class Labels:
    """The truth about one picture: (n, 4) corners in pixels, and (n,) class indices."""

    xyxy: Floats
    classes: Ints


@dataclass(frozen=True)
class DataSet:
    """One split of a data set. `file` is its data.yaml."""

    file: Path
    names: tuple[str, ...]
    pictures: tuple[Path, ...]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Places = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
"""One folder of pictures, or several."""


class _DataFile(BaseModel):
    model_config = ConfigDict(extra="ignore")
    path: str = "."
    train: Places
    val: Places
    test: Places | None = None
    names: dict[int, str] | list[str]


def read_data_set(folder: Path, split: str) -> DataSet:
    """The split `train`, `val` or `test` of the data set in `folder`. Raises DataSetError."""
    return _split(folder, _read_stated(folder), split)


def read_splits(folder: Path) -> dict[str, DataSet]:
    """Every split that the data set in `folder` states; two that are the same pictures are one. Raises DataSetError."""
    stated = _read_stated(folder)
    named = {split: place for split in SPLITS if (place := getattr(stated, split)) is not None}
    first = {place: split for split, place in reversed(named.items())}
    return {split: _split(folder, stated, split) for split in named if first[named[split]] == split}


def _read_stated(folder: Path) -> _DataFile:
    file = folder / "data.yaml"
    try:
        return _DataFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataSetError(str(file), "", f"cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise DataSetError(str(file), ".".join(str(part) for part in first["loc"]), first["msg"]) from error


def _split(folder: Path, stated: _DataFile, split: str) -> DataSet:
    file, place = folder / "data.yaml", getattr(stated, split, None)
    if place is None:
        raise DataSetError(str(file), split, "the data set has no such split")
    found = [_pictures(folder / stated.path / one) for one in place]
    if not any(found):
        raise DataSetError(str(folder / stated.path / ", ".join(place)), "", "there are no pictures in it")
    return DataSet(file, _in_order(file, stated.names), tuple(picture for pictures in found for picture in pictures))


def _pictures(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in PICTURE_SUFFIXES)


def read_picture(path: Path) -> Picture:
    """A picture file, blue-green-red. Raises PictureError where it is broken."""
    picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR) if path.stat().st_size else None
    if picture is None:
        raise PictureError(str(path), "", "no picture that can be read")
    return np.asarray(picture, dtype=np.uint8)


def label_file(picture: Path) -> Path:
    """Where a picture's labels lie, if it has any: the last folder named `images` on its way is named `labels` then."""
    parts = list(picture.parts)
    named = [index for index, part in enumerate(parts[:-1]) if part == "images"]
    if named:
        parts[named[-1]] = "labels"
    return Path(*parts).with_suffix(".txt")


def read_labels(picture: Path, size_px: tuple[int, int], class_count: int) -> Labels:
    """The labels of a picture of (width, height); without a label file there is nothing in it. Raises DataSetError."""
    file = label_file(picture)
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    rows = [_read_line(file, number, line, class_count) for number, line in enumerate(lines, 1) if line.strip()]
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    centre, half = table[:, 1:3], table[:, 3:5] / 2
    corners = np.hstack([centre - half, centre + half]) * np.array([*size_px, *size_px])
    return Labels(corners.astype(np.float32), table[:, 0].astype(np.int64))


def _read_line(file: Path, number: int, line: str, class_count: int) -> list[float]:
    try:
        row = [float(part) for part in line.split()]
    except ValueError as error:
        raise DataSetError(str(file), f"line {number}", f"no numbers: '{line[:60]}'") from error
    if len(row) != 5 or not 0 <= row[0] < class_count or not all(0 <= part <= 1 for part in row[1:]):
        cause = f"expected a class below {class_count} and four shares of the picture's size, found '{line[:60]}'"
        raise DataSetError(str(file), f"line {number}", cause)
    return row


def _in_order(file: Path, names: dict[int, str] | list[str]) -> tuple[str, ...]:
    if isinstance(names, list):
        return tuple(names)
    if sorted(names) != list(range(len(names))):
        raise DataSetError(str(file), "names", "the classes must be numbered from 0 without gaps")
    return tuple(names[index] for index in range(len(names)))
