"""The detection network as the pipeline wants it: nouns instead of arrays, the plan's classes, no object twice."""

import numpy as np

from edge_agent.config import Model as ModelSettings
from edge_agent.ports import Image
from missions.finding import Detection, ModelRef
from missions.geometry import PixelBox
from models import registry
from models.boxes import Boxes, Floats
from models.runtime import RuntimeSettings

SAME_OBJECT_IOU = 0.7
"""Boxes of different classes that overlap more than this are one object seen twice; the surer one stays."""


class NetworkDetector:
    """A model from `models.registry`."""

    def __init__(self, network: registry.Model) -> None:
        self._network = network

    @classmethod
    def load(cls, settings: ModelSettings) -> "NetworkDetector":
        """Raises ModelError where the model is missing or is not what its card says."""
        runtime = RuntimeSettings(threads=settings.threads, min_score=settings.min_confidence)
        return cls(registry.load(settings.reference or registry.DEFAULT, runtime))

    @property
    def classes(self) -> tuple[str, ...]:
        """The catalogue's keys of what the network knows."""
        return self._network.class_keys

    @property
    def model(self) -> ModelRef:
        """Which network it is."""
        return self._network.ref

    @property
    def review_below(self) -> dict[str, float]:
        """Class -> the confidence below which its findings wait for a person, as far as the model's card says."""
        return self._network.card.review_below

    def detect(self, image: Image, classes: frozenset[str]) -> list[Detection]:
        """The objects of `classes`, the surest first. Raises PictureError for a broken picture."""
        return detections_of(self._network.infer(image), self.classes, classes)


def detections_of(boxes: Boxes, names: tuple[str, ...], wanted: frozenset[str]) -> list[Detection]:
    """The boxes of `wanted` classes, each object once, without those of no size."""
    kept: list[int] = []
    for index in range(len(boxes)):
        x_min, y_min, x_max, y_max = boxes.xyxy[index]
        if names[int(boxes.classes[index])] not in wanted or x_max - x_min < 1 or y_max - y_min < 1:
            continue
        if all(_iou(boxes.xyxy[index], boxes.xyxy[other]) <= SAME_OBJECT_IOU for other in kept):
            kept.append(index)
    return [_detection(boxes, index, names) for index in kept]


def _detection(boxes: Boxes, index: int, names: tuple[str, ...]) -> Detection:
    x_min, y_min, x_max, y_max = (float(value) for value in boxes.xyxy[index])
    return Detection(
        class_key=names[int(boxes.classes[index])],
        confidence=min(max(float(boxes.scores[index]), 0.0), 1.0),
        box=PixelBox(x_min=x_min, y_min=y_min, x_max=x_max, y_max=y_max),
    )


def _iou(one: Floats, two: Floats) -> float:
    corner_min, corner_max = np.maximum(one[:2], two[:2]), np.minimum(one[2:], two[2:])
    overlap = float(np.prod(np.clip(corner_max - corner_min, 0, None)))
    areas = float(np.prod(one[2:] - one[:2]) + np.prod(two[2:] - two[:2]))
    return overlap / (areas - overlap) if areas > overlap else 0.0
