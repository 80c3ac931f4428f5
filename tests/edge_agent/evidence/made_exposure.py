"""Frames as seen straight down from a height, and models that find what they are told."""

from datetime import UTC, datetime

import numpy as np

from edge_agent.evidence.exposure import PERSON_M, Exposure
from edge_agent.ports import Image
from missions.finding import Detection, ModelRef
from missions.geometry import Attitude, GeoPoint, PixelBox
from missions.optics import Intrinsics
from missions.telemetry import Pose

AT = datetime(2026, 5, 1, 4, tzinfo=UTC)
MODEL = ModelRef(name="fake", version="1", weights_sha256="c" * 64)
FOCAL_PX = 1000.0
NOISE = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)


def box(x_min: float, y_min: float, x_max: float, y_max: float) -> PixelBox:
    """A box by its edges."""
    return PixelBox(x_min=x_min, y_min=y_min, x_max=x_max, y_max=y_max)


def straight_down(image: Image, cm_per_px: float) -> Exposure:
    """A frame whose pixels are `cm_per_px` wide at a person's head: 1 cm from 10 m above it with a focal length of 1000 px."""
    height_m = cm_per_px / 100 * FOCAL_PX + PERSON_M
    pose = Pose(
        time_boot_ms=0.0,
        point=GeoPoint(lat_deg=31.79, lon_deg=119.86),
        height_m=height_m,
        camera=Attitude.from_euler(0, -90, 0),
    )
    return Exposure(image, AT, pose, Intrinsics.pinhole(image.shape[1], image.shape[0], FOCAL_PX))


class FakeFinder:
    """Finds the same things in every picture."""

    def __init__(self, *found: Detection, classes: frozenset[str] = frozenset({"person", "vehicle"})) -> None:
        self.found = list(found)
        self.classes = classes
        self.asked = 0

    def find(self, picture: Image, cm_per_px: float | None) -> list[Detection]:
        self.asked += 1
        return self.found
