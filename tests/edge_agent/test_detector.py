import numpy as np

from edge_agent.detector import NetworkDetector, detections_of
from models.boxes import Boxes
from models.card import InputSize, ModelCard
from models.letterbox import Picture
from models.registry import Model

NAMES = ("garbage_pile", "overflowing_bin", "person")
PICTURE = np.zeros((384, 640, 3), np.uint8)


def boxes(*rows: tuple[float, float, float, float, float, int]) -> Boxes:
    array = np.array(rows, dtype=np.float32)
    return Boxes.sorted_by_score(array[:, :4], array[:, 4], array[:, 5].astype(np.int64))


class Sees:
    """A runtime that sees the same in every picture."""

    def __init__(self, seen: Boxes) -> None:
        self.seen = seen
        self.shown: list[Picture] = []

    def infer(self, image_bgr: Picture) -> Boxes:
        self.shown.append(image_bgr)
        return self.seen

    def infer_many(self, images_bgr: list[Picture]) -> list[Boxes]:
        return [self.infer(image) for image in images_bgr]


def detector_that(runtime: Sees, min_confidence: float = 0.3) -> NetworkDetector:
    card = ModelCard(
        name="fake",
        version="1",
        format="onnx",
        input=InputSize(width_px=640, height_px=384),
        classes=NAMES,
        auxiliary=("person",),
        ground_m_per_px=(0.1, 0.3),
        files={"fake.onnx": "a" * 64},
        limits="for tests",
        licence="AGPL-3.0",
    )
    return NetworkDetector(Model(card, runtime), min_confidence)


def test_only_the_plans_classes_are_reported() -> None:
    """A class that the flight does not report is left out."""
    found = detections_of(boxes((0, 0, 10, 10, 0.9, 2), (50, 50, 60, 60, 0.5, 0)), NAMES, frozenset({"garbage_pile"}))
    assert [(d.class_key, round(d.confidence, 3)) for d in found] == [("garbage_pile", 0.5)]


def test_an_object_of_two_classes_is_the_surer_one() -> None:
    """Two classes for the same box are one object; a neighbour that overlaps less is another."""
    seen = boxes((0, 0, 100, 100, 0.6, 0), (2, 0, 100, 100, 0.8, 1), (60, 0, 160, 100, 0.5, 0))
    found = detector_that(Sees(seen)).detect(PICTURE, frozenset(NAMES)).detections
    assert [(d.class_key, d.box.x_min) for d in found] == [("overflowing_bin", 2.0), ("garbage_pile", 60.0)]


def test_a_box_of_no_size_is_no_object() -> None:
    """Boxes that are clipped away to less than a pixel are left out."""
    assert detections_of(boxes((5, 5, 5.2, 90, 0.9, 0)), NAMES, frozenset(NAMES)) == []


def test_people_are_seen_in_the_same_look_and_never_reported() -> None:
    """A person on a heap of rubbish is there to be masked, on a weaker hint than is reported on, and takes nothing's name
    away; asked for as a class of the plan it is still not reported.
    """
    runtime = Sees(
        boxes((0, 0, 100, 100, 0.5, 0), (0, 0, 100, 100, 0.9, 2), (200, 0, 220, 40, 0.2, 2), (300, 0, 340, 40, 0.2, 0))
    )
    detector = detector_that(runtime)
    seen = detector.detect(PICTURE, frozenset(NAMES))
    assert [d.class_key for d in seen.detections] == ["garbage_pile"]
    assert [(d.class_key, d.box.x_min) for d in seen.auxiliary] == [("person", 0.0), ("person", 200.0)]
    assert len(runtime.shown) == 1
    assert detector.classes == ("garbage_pile", "overflowing_bin")


def test_a_frame_from_high_up_is_looked_at_in_tiles() -> None:
    """1280 x 720 at 0.5 m a pixel would show 1 m a pixel of the input, trained to 0.3: it is cut into tiles.
    At 0.1 m a pixel (0.2 of the input's) it is looked at whole.
    """
    runtime = Sees(Boxes.empty())
    detector = detector_that(runtime)
    detector.detect(np.zeros((720, 1280, 3), np.uint8), frozenset(NAMES), 0.5)
    assert len(runtime.shown) > 4
    assert {picture.shape for picture in runtime.shown} == {(384, 640, 3)}
    runtime.shown.clear()
    detector.detect(np.zeros((720, 1280, 3), np.uint8), frozenset(NAMES), 0.1)
    assert [picture.shape for picture in runtime.shown] == [(720, 1280, 3)]
