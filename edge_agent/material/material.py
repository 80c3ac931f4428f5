"""Material to look at: a folder of photos, one photo, a video, or a log with pictures, as shots in order of time.

    material = open_material(path)
    for shot in material.shots:
        image = material.load(shot)

What cannot be read is named in `left_out`; the rest goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from edge_agent.material.given import NOTHING, Given
from edge_agent.material.photo import read_photo
from edge_agent.material.picture import read_picture
from edge_agent.ports import Image
from edge_agent.shot import Shot
from missions.errors import InvalidInput

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
SIDECARS = {
    ".srt",
    ".mrk",
    ".nav",
    ".obs",
    ".bin",
    ".rtk",
    ".lrf",
    ".thm",
    ".json",
    ".xml",
    ".txt",
    ".csv",
    ".md",
    ".aux",
    ".ini",
    ".db",
}
"""Suffixes of what lies beside material and is none."""


class LeftOut(NamedTuple):
    """A file, or part of one, that could not be used, and why."""

    name: str
    why: str


@dataclass(slots=True)
class Material:
    """Shots in order of time, how their pictures are got, and what had to be left out (it grows while pictures are loaded)."""

    shots: Sequence[Shot]
    left_out: list[LeftOut] = field(default_factory=list)
    read: Callable[[Shot], Image] = lambda shot: read_picture(shot.path)

    def load(self, shot: Shot) -> Image:
        """The picture, (height, width, 3), blue-green-red; where it is broken, noted in `left_out`, and InvalidInput raised."""
        try:
            return self.read(shot)
        except InvalidInput as error:
            self.left_out.append(LeftOut(shot.name, error.cause))
            raise

    def pictures(self) -> Iterator[tuple[Shot, Image]]:
        """All shots whose pictures can be read, with them; the others are noted in `left_out`."""
        for shot in self.shots:
            try:
                image = self.load(shot)
            except InvalidInput:
                continue
            yield shot, image


def open_material(path: Path, given: Given = NOTHING) -> Material:
    """The material at `path`; raises InvalidInput where there is none that can be read."""
    if not path.exists():
        raise InvalidInput(str(path), "", "there is no such file or folder")
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    material = _photos(files, given)
    if not material.shots and not path.is_dir():
        raise InvalidInput(str(path), "", material.left_out[0].why if material.left_out else "is no material that is read")
    if not material.shots:
        raise InvalidInput(str(path), "", f"holds no picture that can be read ({len(material.left_out)} files left out)")
    return material


def _photos(files: Sequence[Path], given: Given) -> Material:
    shots: list[Shot] = []
    left_out: list[LeftOut] = []
    for file in files:
        if file.suffix.lower() in SIDECARS or file.name.startswith("."):
            continue
        if file.suffix.lower() not in PICTURES:
            left_out.append(LeftOut(file.name, "is no picture, video or log that is read"))
            continue
        try:
            shots.append(read_photo(file, given))
        except InvalidInput as error:
            left_out.append(LeftOut(file.name, error.cause))
    return Material(sorted(shots, key=lambda shot: (shot.time_s, shot.name)), left_out)
