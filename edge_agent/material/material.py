"""Material to look at: a folder of photos, one photo, a video, or a log with pictures, as shots in order of time.

    material = open_material(path)
    for shot in material.shots:
        image = material.load(shot)

What cannot be read is named in `left_out`; the rest goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from edge_agent.material.camera_log import CameraLog, LoggedPose
from edge_agent.material.given import NOTHING, Given
from edge_agent.material.mavlink_log import read_mavlink_log
from edge_agent.material.photo import read_photo
from edge_agent.material.picture_reader import PictureReader
from edge_agent.material.px4_log import read_px4_log
from edge_agent.material.video import is_video, read_video
from edge_agent.ports import Image
from edge_agent.shot import Shot
from missions.errors import InvalidInput

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
RECEIVER_FILES = {".mrk", ".nav", ".obs", ".bin", ".rtk"}
SIDECARS = {".srt", ".lrf", ".thm", ".json", ".xml", ".txt", ".csv", ".md", ".aux", ".ini", ".db"} | RECEIVER_FILES
"""Suffixes of what lies beside material and is none."""

LOGS: dict[str, Callable[[Path], CameraLog]] = {".tlog": read_mavlink_log, ".ulg": read_px4_log}
"""Suffix of logs -> their reader."""


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
    """The material at `path`; raises InvalidInput where there is none that can be read. A log's pictures lie beside it."""
    if not path.exists():
        raise InvalidInput(str(path), "", "there is no such file or folder")
    material = _read(_files(path), given)
    if not material.shots and not path.is_dir():
        raise InvalidInput(str(path), "", material.left_out[0].why if material.left_out else "has no pictures beside it")
    if not material.shots:
        raise InvalidInput(str(path), "", f"holds no picture that can be read ({len(material.left_out)} files left out)")
    return material


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())
    beside = path.parent.rglob("*") if path.suffix.lower() in LOGS else ()
    return [path, *sorted(file for file in beside if file.suffix.lower() in PICTURES)]


def _read(files: Sequence[Path], given: Given) -> Material:
    shots: list[Shot] = []
    logs: list[CameraLog] = []
    left_out: list[LeftOut] = []
    for file in files:
        suffix = file.suffix.lower()
        if suffix in SIDECARS or file.name.startswith("."):
            continue
        try:
            if suffix in LOGS:
                logs.append(LOGS[suffix](file))
            else:
                shots += _shots(file, given)
        except InvalidInput as error:
            left_out.append(LeftOut(file.name, error.cause))
    shots = _in_order(shots)
    for log in logs:
        shots = _in_order(_with_log(shots, log, given))
    return Material(shots, left_out)


def _in_order(shots: list[Shot]) -> list[Shot]:
    return sorted(shots, key=lambda shot: (shot.time_s, shot.name))


def _shots(file: Path, given: Given) -> list[Shot]:
    if is_video(file):
        return read_video(file, given)
    if file.suffix.lower() in PICTURES:
        return [read_photo(file, given)]
    raise InvalidInput(str(file), "", "is no picture, video or log that is read")


def _with_log(shots: list[Shot], log: CameraLog, given: Given) -> list[Shot]:
    """The photos that tell no pose of their own, with the log's."""
    photos = [shot for shot in shots if not is_video(shot.path)]
    found = {id(shot): pose for shot, pose in zip(photos, log.poses_of(photos, given), strict=True)}
    return [_with_pose(shot, found[id(shot)], given) if shot.pose is None and id(shot) in found else shot for shot in shots]


def _with_pose(shot: Shot, pose: LoggedPose | str, given: Given) -> Shot:
    if isinstance(pose, str):
        return replace(shot, unplaced=f"{shot.unplaced}; {pose}" if shot.unplaced else pose)
    return read_photo(shot.path, given, pose)
