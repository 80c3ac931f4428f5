"""How far places are off, and whether their ellipses hold what they promise, on footage with the errors of real sensors."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from edge_agent.bench.aimed import AimedFootage
from edge_agent.bench.deviation import KindFigures
from edge_agent.bench.ordered import MATERIAL, Options, order_footage
from edge_agent.config import Model
from edge_agent.detector import NetworkDetector
from edge_agent.material.camera_file import CameraFile, StatedAccuracy
from edge_agent.material.given import Given
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.ports import Detector

DRAWS, EXACT_DRAWS = 480, 100
"""Flights of a kind. 95 % of 480 are known to 1.0 % (one standard deviation)."""

AIRCRAFT_CLASS = "multirotor"

VIDEO_TIMING_S = 0.06
"""Of frames against subtitles; a photo's time is the aircraft's class's."""

MOVING_FRAMES, MOVING_FRAMES_PER_S, MOVING_SPEED_MPS = 6, 2.0, 8.0

HFOV_DEG = 70.0
RANGES_M = (100.0, 200.0, 300.0, 400.0)
"""Slant ranges with an exact pose; the lens is as much longer as the range."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`kinds` by name: nadir, oblique, moving with errors of sensors; exact without."""

    kinds: dict[str, KindFigures]

    def figures(self) -> dict[str, object]:
        """As `oneflight bench perception --report` has them."""
        realistic = ("nadir", "oblique", "moving")
        return {
            "position_error_median_m": round(self.kinds["nadir"].median_m, 2),
            "ellipse_coverage_95": {name: round(self.kinds[name].coverage_95, 3) for name in realistic},
            "exact_pose_error_median_m": round(self.kinds["exact"].median_m, 2),
            "accuracy_details": {
                name: {
                    "flights": kind.flights,
                    "placed": len(kind.deviations),
                    "error_median_m": round(kind.median_m, 2),
                    "mean_squared_deviation": round(kind.mean_squared, 2),
                }
                for name, kind in self.kinds.items()
            },
        }


def measure_accuracy(work: Path, seed: int, model: Model = Model()) -> Accuracy:  # noqa: B008
    """Has footage taken below `work` (some minutes), looks at it, and compares."""
    detector = NetworkDetector.load(model)
    kinds = {name: measure_kind(work / name, order, detector) for name, order in orders(seed).items()}
    exact = [measure_kind(work / f"exact-{slant_m:.0f}", exact_order(slant_m, seed), detector) for slant_m in RANGES_M]
    whole = KindFigures(sum(one.flights for one in exact), tuple(d for one in exact for d in one.deviations))
    return Accuracy({**kinds, "exact": whole})


def orders(seed: int) -> dict[str, Options]:
    """The footage with errors: photos straight down and aslant, and short passes on video."""
    aimed: Options = {"pattern": "aimed", "flights": DRAWS, "matters": 165, "errors": AIRCRAFT_CLASS}
    passes: Options = {
        "kind": "video",
        "frames": MOVING_FRAMES,
        "frames-per-s": MOVING_FRAMES_PER_S,
        "speed-mps": MOVING_SPEED_MPS,
    }
    return {
        "nadir": {**aimed, "seed": seed},
        "oblique": {**aimed, "seed": seed + 1, "pitch-deg": -45},
        "moving": {**aimed, "seed": seed + 2, **passes},
    }


def exact_order(slant_m: float, seed: int) -> Options:
    """Photos at 45 degrees by a drone that knows exactly."""
    hfov_deg = float(np.degrees(2 * np.arctan(np.tan(np.radians(HFOV_DEG / 2)) * RANGES_M[0] / slant_m)))
    where: Options = {"pitch-deg": -45, "height-m": round(slant_m * np.sqrt(0.5), 2), "hfov-deg": round(hfov_deg, 4)}
    return {"pattern": "aimed", "flights": EXACT_DRAWS, "matters": 66, "seed": seed + 3, **where}


def measure_kind(work: Path, order: Options, detector: Detector) -> KindFigures:
    """Has one order's footage taken below `work`, and looks at it."""
    truth = order_footage(work, order)
    given = Given(camera=_stated(order), frames_per_s=MOVING_FRAMES_PER_S)
    return AimedFootage.open(work / MATERIAL, truth, given).compare(detector)


def _stated(order: Options) -> CameraFile:
    """What is known of the aircraft and its camera: its class."""
    accuracy = asdict(AIRCRAFT_CLASSES[AIRCRAFT_CLASS].value)
    if order.get("kind") == "video":
        accuracy["timing_s"] = VIDEO_TIMING_S
    known = {name: value for name, value in accuracy.items() if name in StatedAccuracy.model_fields}
    return CameraFile(accuracy=StatedAccuracy(**known), name="of the bench")
