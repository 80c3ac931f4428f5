"""A simulated flight's photos, as a drone leaves them, through the command line: what is found against what stood there."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from missions.evidence.key_folder import DIRECTORY_VARIABLE
from missions.geometry import ErrorEllipse, GeoPoint, LocalFrame

ROOT = Path(__file__).parents[3]


def oneflight(tmp_path: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), DIRECTORY_VARIABLE: str(tmp_path / "keys")}
    command = [sys.executable, str(ROOT / "oneflight.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def flown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of a square of 120 m with eight matters, by a drone with a multirotor's errors."""
    folder = tmp_path_factory.mktemp("footage")
    words = ["--side-m", "120", "--matters", "8", "--frames-per-s", "0.4", "--seed", "5"]
    done = oneflight(folder, "simulate", "footage", "--out", folder / "flight", *words)
    assert done.returncode == 0, done.stderr
    return folder / "flight"


def in_view(truth: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The matters that are whole on at least one photo, by id."""
    seen = {id for frame in truth["frames"] for id in frame["boxes"]}
    return {matter["id"]: matter for matter in truth["world"]["matters"] if matter["id"] in seen}


def is_inside(found: GeoPoint, true: GeoPoint, ellipse: ErrorEllipse) -> bool:
    off_m = np.array(LocalFrame(found).to_xy(true))
    return bool(off_m @ np.linalg.inv(ellipse.covariance()) @ off_m <= 5.991)


def test_what_stood_there_is_found_where_it_stood(flown: Path, tmp_path: Path) -> None:
    """All matters but one at most are one finding each, median error under 2.5 m, nearly all in their ellipses; a photo
    that was cut off in the copying is named, and told by the exit code.
    """
    photos = sorted((flown / "material").glob("*.JPG"))
    photos[-1].write_bytes(photos[-1].read_bytes()[:50_000])
    done = oneflight(tmp_path, "inspect", flown / "material", "--out", tmp_path / "out")
    assert done.returncode == 3, done.stderr
    assert f"{photos[-1].name}: broken: cannot be decoded" in done.stderr
    truth = json.loads((flown / "truth.json").read_text(encoding="utf-8"))
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    errors_m, inside = [], []
    matters = in_view(truth)
    for matter in matters.values():
        true = GeoPoint.model_validate(matter["position"])
        near = [row for row in rows if row["class"] == matter["class_key"] and _point(row).distance_m(true) < 10]
        assert len(near) <= 1, f"{matter['class_key']} was found {len(near)} times"
        errors_m += [_point(row).distance_m(true) for row in near]
        inside += [is_inside(_point(row), true, _ellipse(row)) for row in near]
    assert len(errors_m) >= len(matters) - 1
    assert median(errors_m) < 2.5
    assert sum(inside) >= len(inside) - 1


def test_bad_input_is_told_before_anything_is_done(tmp_path: Path) -> None:
    """A folder that is not there: one line that names it, and exit code 2."""
    done = oneflight(tmp_path, "inspect", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (2, f"oneflight: {tmp_path / 'nowhere'}: there is no such file or folder\n")
    assert not (tmp_path / "out").exists()


def _point(row: dict[str, str]) -> GeoPoint:
    return GeoPoint(lat_deg=float(row["lat"]), lon_deg=float(row["lon"]))


def _ellipse(row: dict[str, str]) -> ErrorEllipse:
    return ErrorEllipse(
        semi_major_m=float(row["ellipse_95_semi_major_m"]),
        semi_minor_m=float(row["ellipse_95_semi_minor_m"]),
        orientation_deg=float(row["ellipse_95_orientation_deg"]),
    )
