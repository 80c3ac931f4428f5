"""The truth about footage, beside it as one JSON file: what stood where, where the camera was, and what it got wrong."""

from pathlib import Path
from typing import Literal

from missions.geometry import PixelBox
from missions.noun import Instant, StrictNoun
from missions.optics import Intrinsics
from missions.telemetry import Pose
from simulator.footage.sensor_errors import SensorErrors, ToldError
from simulator.world.matter import World

Kind = Literal["photos", "video", "log"]


class TrueFrame(StrictNoun):
    """One picture. `name` is its file's, in a video with the frame's number from 1 ("DJI_0001.MP4#000012").

    `target` is the matter that the flight was aimed at; `boxes` of all matters in view, by their ids; `velocity_mps` is
    north, east and down.
    """

    name: str
    flight: int
    at: Instant
    pose: Pose
    velocity_mps: tuple[float, float, float]
    error: ToldError
    target: str | None
    boxes: dict[str, PixelBox]


class Truth(StrictNoun):
    """All that is true of one folder of footage."""

    kind: Kind
    world: World
    ground_altitude_m: float
    lens: Intrinsics
    sigmas: SensorErrors
    frames: tuple[TrueFrame, ...]


def save_truth(truth: Truth, path: Path) -> None:
    """Writes it as JSON."""
    path.write_text(truth.model_dump_json() + "\n", encoding="utf-8")
