"""A data set as a folder: images and labels by split, data.yaml as YOLO reads it, dataset.json with how it was made."""

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import cv2

from missions.errors import InvalidInput
from simulator.dataset.options import SPLITS, DatasetOptions
from simulator.dataset.picture import render_example


def write_dataset(out: Path, images: int, options: DatasetOptions, *, processes: int = 2) -> Iterable[int]:
    """Writes the data set and yields each picture's number when it is done; the same seed gives the same files.

    Pictures that are there already are kept, so a broken run can be taken up again with the same options. Raises InvalidInput
    where the folder holds a data set of other options, or cannot be written to.
    """
    described = _described(images, options)
    _claim(out, described, options)
    work = partial(_write_image, out, options)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin_worker) as pool:
        yield from pool.map(work, range(images), chunksize=10)
    described["sha256"] = _hash(out)
    (out / "dataset.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def _claim(out: Path, described: dict[str, object], options: DatasetOptions) -> None:
    """Makes the folders. Refuses a folder with another data set in it."""
    stated = out / "dataset.json"
    if stated.is_file():
        found = json.loads(stated.read_text(encoding="utf-8"))
        differing = [key for key, value in described.items() if found.get(key) != json.loads(json.dumps(value))]
        if differing:
            raise InvalidInput(str(stated), differing[0], "another data set is here: write into another folder")
    for kind in ("images", "labels"):
        for split in SPLITS:
            (out / kind / split).mkdir(parents=True, exist_ok=True)
    names = "".join(f"  {i}: {key}\n" for i, key in enumerate(options.class_keys))
    places = "".join(f"{split}: images/{split}\n" for split in SPLITS if split != "test" or options.test_share)
    (out / "data.yaml").write_text(f"path: {out.resolve()}\n{places}names:\n{names}", encoding="utf-8")
    stated.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def _described(images: int, options: DatasetOptions) -> dict[str, object]:
    plain = {key: value for key, value in asdict(options).items() if key not in ("waters", "roads")}
    lines = hashlib.sha256()
    for strip in (*options.waters, *options.roads):
        lines.update(strip.line.tobytes() + str(strip.width_m).encode())
    made_by = f"oneflight {version('oneflight')}"
    return {"made_by": made_by, "images": images, "options": plain, "ground_lines_sha256": lines.hexdigest()}


def _begin_worker() -> None:
    os.nice(10)
    cv2.setNumThreads(1)


def _write_image(out: Path, options: DatasetOptions, index: int) -> int:
    split = options.split_of(index)
    picture, label = out / "images" / split / f"{index:06d}.jpg", out / "labels" / split / f"{index:06d}.txt"
    if picture.is_file() and label.is_file():
        return index
    example = render_example(options, index)
    if not cv2.imwrite(str(picture), example.picture, [cv2.IMWRITE_JPEG_QUALITY, example.jpeg_quality]):
        raise InvalidInput(str(out), f"images/{split}/{index:06d}.jpg", "cannot be written")
    label.write_text("".join(one.line(options.size_px) + "\n" for one in example.labels), encoding="utf-8")
    return index


def _hash(out: Path) -> str:
    """Of every picture and label, with its place in the folder."""
    whole = hashlib.sha256()
    for file in sorted(path for kind in ("images", "labels") for path in (out / kind).rglob("*.*")):
        whole.update(f"{file.relative_to(out)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
