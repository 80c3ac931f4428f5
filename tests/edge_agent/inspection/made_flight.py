"""A made-up flight over things on flat ground, as shots with pictures that a made-up network reads."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from edge_agent.config import Tracking
from edge_agent.inspection.classes import Wanted
from edge_agent.inspection.inspection import Bench
from edge_agent.inspection.job import Job, marks_of
from edge_agent.material.material import Material
from edge_agent.placement.heights import Heights
from edge_agent.ports import Image, Seen
from edge_agent.shot import PoseAccuracy, Shot, ShotPose, Sourced
from edge_agent.track import Provenance
from missions.catalog import load
from missions.errors import InvalidInput
from missions.evidence.keys import SigningKey
from missions.finding import Detection, ModelRef
from missions.geometry import Attitude, GeoPoint, LocalFrame, PixelBox
from missions.optics import Intrinsics

HOME = GeoPoint(lat_deg=31.78, lon_deg=119.90)
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
HEIGHT_M, FOCAL_PX, WIDTH_PX, HEIGHT_PX = 80.0, 400.0, 400, 300
"""20 cm a pixel: a picture shows 80 x 60 m, and no face can be recognised."""

M_PER_PX = HEIGHT_M / FOCAL_PX
ACCURACY = PoseAccuracy(
    position_m=1.0, height_m=1.0, heading_deg=1.0, tilt_deg=0.5, timing_s=0.0, focal_share=0.002, pixel_px=2.0
)
MODEL = ModelRef(name="made-up", version="1", weights_sha256="c" * 64)
DISTRICT = load()
KEY = SigningKey.generate()


@dataclass(frozen=True)
class MadeThing:
    """A square of 4 m."""

    class_key: str
    east_m: float
    north_m: float


def town() -> Image:
    """Blocks of all greys, as roofs from above."""
    rng = np.random.default_rng(1)
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), 110, dtype=np.uint8)
    for x, y, level in zip(
        rng.integers(0, WIDTH_PX, 200), rng.integers(0, HEIGHT_PX, 200), rng.integers(20, 230, 200), strict=True
    ):
        picture[y : y + 24, x : x + 24] = level
    return picture


@dataclass
class MadeFlight:
    """Pictures straight down at the given places (east, north), top to the north, `interval_s` apart. Each carries its number
    in its first pixel. `dark` ones show nothing, `broken` ones cannot be decoded, `unplaced` ones tell no position.
    """

    folder: Path
    places: list[tuple[float, float]]
    things: list[MadeThing]
    interval_s: float = 2.0
    dark: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    unplaced: set[int] = field(default_factory=set)
    confidence: float = 0.8
    looked_at: list[int] = field(default_factory=list)
    classes: tuple[str, ...] = ("garbage_pile", "overflowing_bin", "crowd")
    model: ModelRef = MODEL

    def shots(self) -> list[Shot]:
        return [self._shot(number, place) for number, place in enumerate(self.places)]

    def _shot(self, number: int, place: tuple[float, float]) -> Shot:
        path = self.folder / f"{number:04d}.jpg"
        if not path.exists():
            path.touch()
        pose = ShotPose(LocalFrame(HOME).to_geo(*place), Attitude.from_euler(0, -90, 0), 100.0 + HEIGHT_M, HEIGHT_M)
        shot = Shot(
            name=path.name,
            path=path,
            at=NOON + timedelta(seconds=self.interval_s * number),
            time_s=self.interval_s * number,
            pose=Sourced(pose, "made up"),
            intrinsics=Sourced(Intrinsics.pinhole(WIDTH_PX, HEIGHT_PX, FOCAL_PX), "made up"),
            accuracy=Sourced(ACCURACY, "made up"),
        )
        return replace(shot, pose=None, unplaced="tells no position") if number in self.unplaced else shot

    def read(self, shot: Shot) -> Image:
        number = int(shot.path.stem)
        if number in self.broken:
            raise InvalidInput(shot.name, "", "cannot be decoded: it ends too early")
        image = np.zeros((HEIGHT_PX, WIDTH_PX, 3), dtype=np.uint8) if number in self.dark else town()
        image[0, 0] = (number % 256, number // 256, 0)
        return image

    def detect(self, image: Image, classes: frozenset[str], ground_m_per_px: float | None = None) -> Seen:
        number = int(image[0, 0, 0]) + 256 * int(image[0, 0, 1])
        self.looked_at.append(number)
        boxes = [(thing.class_key, self._box(thing, number)) for thing in self.things if thing.class_key in classes]
        return Seen([Detection(class_key=key, confidence=self.confidence, box=box) for key, box in boxes if box])

    def _box(self, thing: MadeThing, number: int) -> PixelBox | None:
        """By hand: a pixel is 0.2 m, east is right, north is up."""
        east_m, north_m = self.places[number]
        u, v = 200 + (thing.east_m - east_m) / M_PER_PX, 150 - (thing.north_m - north_m) / M_PER_PX
        half = 2.0 / M_PER_PX
        inside = half < u < WIDTH_PX - half and half < v < HEIGHT_PX - half
        return PixelBox(x_min=u - half, y_min=v - half, x_max=u + half, y_max=v + half) if inside else None

    def bench(self) -> Bench:
        return Bench(
            material=Material(self.shots(), read=self.read),
            left_out=(),
            detector=self,
            provenance=Provenance(MODEL, "1.0"),
            wanted=Wanted({"garbage_pile": "sanitation", "overflowing_bin": "sanitation", "crowd": "public_gathering"}, ()),
            district=DISTRICT,
            heights=Heights(),
            tracking=Tracking(),
            min_confidence=0.35,
            max_error_m=15.0,
            key=KEY,
        )


def job_of(bench: Bench) -> Job:
    files = marks_of(shot.path for shot in bench.material.shots)
    return Job(material="made up", files=files, asked={}, model=MODEL, software_version="1.0")


def line_with_things(folder: Path) -> MadeFlight:
    """Twelve pictures, 20 m apart, over three things; one picture is dark, one broken, one unplaced."""
    things = [MadeThing("garbage_pile", 50, 5), MadeThing("overflowing_bin", 120, -10), MadeThing("crowd", 180, 8)]
    places = [(20.0 * number, 0.0) for number in range(12)]
    return MadeFlight(folder, places, things, dark={11}, broken={2}, unplaced={5})
