"""Small footage taken to order, looked at by a detector that knows the truth: what is left is the placing's own error."""

from pathlib import Path

import pytest

from edge_agent.bench.aimed import AimedFootage
from edge_agent.bench.deviation import KindFigures
from edge_agent.bench.ordered import NoFootage, Options, Truth, order_footage
from edge_agent.material.given import Given
from edge_agent.ports import Image, Seen
from missions.finding import Detection, ModelRef

SMALL: Options = {"pattern": "aimed", "flights": 2, "matters": 2, "size": "320x180", "processes": 1, "seed": 5}


class Oracle:
    """Sees, picture by picture, what the truth says."""

    def __init__(self, truth: Truth) -> None:
        self._classes = {matter.id: matter.class_key for matter in truth.world.matters}
        self._frames = iter(truth.frames)

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self._classes.values())

    @property
    def model(self) -> ModelRef:
        return ModelRef(name="oracle", version="1", weights_sha256="0" * 64)

    def detect(self, image: Image, classes: frozenset[str], ground_m_per_px: float | None = None) -> Seen:
        boxes = next(self._frames).boxes
        return Seen([Detection(class_key=self._classes[id], confidence=0.9, box=box) for id, box in boxes.items()])


def measured(folder: Path, options: Options) -> KindFigures:
    truth = order_footage(folder, {**SMALL, **options})
    return AimedFootage.open(folder / "material", truth, Given(frames_per_s=2.0)).compare(Oracle(truth))


def test_with_an_exact_pose_true_boxes_are_placed_exactly(tmp_path: Path) -> None:
    """Two photos at 45 degrees through a bent lens: places are off by what a box tells less than an outline, under 0.6 m."""
    kind = measured(tmp_path / "photos", {"pitch-deg": -45})
    assert len(kind.deviations) == kind.flights == 2
    assert all(one.distance_m < 0.6 for one in kind.deviations)


def test_passes_on_video_are_placed_by_their_tracks(tmp_path: Path) -> None:
    """Two passes of four frames, each one track; positions are exact, so that places are off by under 0.6 m."""
    kind = measured(tmp_path / "video", {"kind": "video", "frames": 4, "frames-per-s": 2})
    assert len(kind.deviations) == kind.flights == 2
    assert all(one.distance_m < 0.6 for one in kind.deviations)


def test_footage_that_cannot_be_taken_says_why(tmp_path: Path) -> None:
    """The simulator's own words are in the error."""
    with pytest.raises(NoFootage, match="pitch-deg"):
        order_footage(tmp_path / "none", {"pitch-deg": 30})
