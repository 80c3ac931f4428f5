"""Footage that the simulator takes to order, as a program of its own, and the truth that comes with it."""

import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

from missions.errors import InvalidInput, OneFlightError
from missions.geometry import GeoPoint, PixelBox
from missions.noun import Noun
from missions.optics import Intrinsics

FRONT_DOOR = Path(__file__).parents[2] / "oneflight.py"

MATERIAL, TRUTH = "material", "truth.json"
"""In the folder of an order."""


class NoFootage(OneFlightError):
    """The simulator took none; its own words say why."""


class TrueMatter(Noun):
    """What stands where."""

    id: str
    class_key: str
    position: GeoPoint


class TrueWorld(Noun):
    """All that stands."""

    matters: tuple[TrueMatter, ...]


class TrueError(Noun):
    """What a picture's pose and lens got wrong, as far as it is asked here."""

    focal_share: float = 0.0


class TrueFrame(Noun):
    """One picture: the matter its flight was aimed at, and the boxes of all in view by their ids."""

    name: str
    flight: int
    error: TrueError
    target: str | None
    boxes: dict[str, PixelBox]


class Truth(Noun):
    """What `truth.json` says, as far as it is asked here."""

    lens: Intrinsics
    world: TrueWorld
    frames: tuple[TrueFrame, ...]


Options = dict[str, str | int | float]
"""Of `oneflight simulate footage`, by name."""


def order_footage(out: Path, options: Options, *flags: str) -> Truth:
    """Has `oneflight simulate footage` write below `out`. Raises NoFootage where it does not, InvalidInput for its truth."""
    words = [*(word for name, value in options.items() for word in (f"--{name}", str(value))), *flags]
    command = [sys.executable, str(FRONT_DOOR), "simulate", "footage", "--out", str(out), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NoFootage(f"`simulate footage {' '.join(words)}` ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return read_truth(out / TRUTH)


def read_truth(path: Path) -> Truth:
    """Raises InvalidInput naming the file."""
    try:
        return Truth.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise InvalidInput(str(path), "", f"is no truth of footage: {error}") from error
