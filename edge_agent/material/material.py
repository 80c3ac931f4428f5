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
from edge_agent.material.picture_reader import PictureReader
from edge_agent.material.video import is_video, read_video
from edge_agent.ports import Image
from edge_agent.shot import Shot
from missions.errors import InvalidInput

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
RECEIVER_FILES = {".mrk", ".nav", ".obs", ".bin", ".rtk"}
SIDECARS = {".srt", ".lrf", ".thm", ".json", ".xml", ".txt", ".csv", ".md", ".aux", ".ini", ".db"} | RECEIVER_FILES
"""Suffixes of what lies beside material and is none."""


class LeftOut(NamedTuple):
    """A file, or part of one, that could not be used, and why."""

    name: str
    why: str


@dataclass(slots=True)
class Material:
    """Shots in order of time, what had to be left out (it grows while pictures are loaded), and how pictures are read."""

    shots: Sequence[Shot]
    left_out: list[LeftOut] = field(default_factory=list)
    read: Callable[[Shot], Image] = field(default_factory=PictureReader)

    def load(self, shot: Shot) -> Image:
        """The picture, (height, width, 3), blue-green-red; where it is broken, noted in `left_out`, and InvalidInput raised."""
        try:
            return self.read(shot)
        except InvalidInput as error:
            self._leave_out(LeftOut(shot.path.name, error.cause))
            raise

    def pictures(self) -> Iterator[tuple[Shot, Image]]:
        """All shots whose pictures can be read, with them; the others are noted in `left_out`."""
        for shot in self.shots:
            try:
                image = self.load(shot)
            except InvalidInput:
                continue
            yield shot, image

    def _leave_out(self, left: LeftOut) -> None:
        """Once: a video that ends too early lacks many frames for one reason."""
        if left not in self.left_out:
            self.left_out.append(left)


def open_material(path: Path, given: Given = NOTHING) -> Material:
    """The material at `path`; raises InvalidInput where there is none that can be read."""
    if not path.exists():
        raise InvalidInput(str(path), "", "there is no such file or folder")
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    material = _read(files, given)
    if not material.shots and not path.is_dir():
        raise InvalidInput(str(path), "", material.left_out[0].why if material.left_out else "is no material that is read")
    if not material.shots:
        raise InvalidInput(str(path), "", f"holds no picture that can be read ({len(material.left_out)} files left out)")
    return material


def _read(files: Sequence[Path], given: Given) -> Material:
    shots: list[Shot] = []
    left_out: list[LeftOut] = []
    for file in files:
        if file.suffix.lower() in SIDECARS or file.name.startswith("."):
            continue
        try:
            shots += _shots(file, given)
        except InvalidInput as error:
            left_out.append(LeftOut(file.name, error.cause))
    return Material(sorted(shots, key=lambda shot: (shot.time_s, shot.name)), left_out)


def _shots(file: Path, given: Given) -> list[Shot]:
    if is_video(file):
        return read_video(file, given)
    if file.suffix.lower() in PICTURES:
        return [read_photo(file, given)]
    raise InvalidInput(str(file), "", "is no picture, video or log that is read")
