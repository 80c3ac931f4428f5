"""A copy of the shipped catalogue that a test may spoil."""

import json
import shutil
from pathlib import Path

import pytest

from missions.catalog import SHIPPED, check


class Spoilt:
    """A catalogue directory of one's own, with three routes to be quick."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        shutil.copytree(SHIPPED, directory)
        lines = (directory / "routes.geojson").read_text(encoding="utf-8").splitlines()
        short = [lines[0], *lines[1:3], lines[3].removesuffix(","), "]}"]
        (directory / "routes.geojson").write_text("\n".join(short) + "\n", encoding="utf-8")

    def replace(self, file: str, old: str, new: str, count: int = 1) -> None:
        """Replaces text that must be there."""
        path = self.directory / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def write(self, file: str, text: str | bytes) -> None:
        """Replaces the whole file."""
        (self.directory / file).write_bytes(text if isinstance(text, bytes) else text.encode())

    def collection(self, file: str) -> dict:
        """A GeoJSON file as parsed."""
        return json.loads((self.directory / file).read_text(encoding="utf-8"))

    def errors(self) -> list[str]:
        """What `check` says of it."""
        return [str(error) for error in check(self.directory)]


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoilt:
    """A fresh copy."""
    return Spoilt(tmp_path / "district")
