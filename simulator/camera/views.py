"""What was truly in view, frame by frame, as JSON lines: the truth that a demonstration's findings are compared with."""

from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from missions.geometry import PixelBox
from missions.noun import Noun
from missions.telemetry import Pose


class FrameView(Noun):
    """One frame: its pose, and the boxes of the matters in it by their ids."""

    time_boot_ms: int
    pose: Pose
    matters: dict[str, PixelBox]


class ViewsLog:
    """Appends to a file, each line at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("a", encoding="utf-8", buffering=1)

    def write(self, pose: Pose, matters: Mapping[str, PixelBox]) -> None:
        """One line for one frame."""
        view = FrameView(time_boot_ms=int(pose.time_boot_ms), pose=pose, matters=dict(matters))
        self._file.write(view.model_dump_json() + "\n")
        self._file.flush()

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def read_views(path: Path) -> list[FrameView]:
    """Every whole line of a log; a last line cut short by a killed camera is left out."""
    text = path.read_text(encoding="utf-8")
    return [FrameView.model_validate_json(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
