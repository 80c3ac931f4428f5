"""The detection network as the pipeline wants it: nouns instead of arrays, and apart what is reported from what is masked."""

import numpy as np

from edge_agent.config import Model as ModelSettings
from edge_agent.ports import Image, Seen
from missions.finding import Detection, ModelRef
from missions.geometry import PixelBox
from models import registry
from models.boxes import Boxes
from models.runtime import RuntimeSettings

AUXILIARY_MIN_CONFIDENCE = 0.15
"""People and vehicles are masked on a weaker hint than things are reported on: a mask too many costs nothing."""

LEAST_SIDE_PX = 1.0


class NetworkDetector:
    """A model from `models.registry`, which reports from `min_confidence` on."""

    def __init__(self, network: registry.Model, min_confidence: float = 0.0) -> None:
        self._network = network
        self._min_confidence = min_confidence
        self._auxiliary = network.auxiliary_keys

    @classmethod
    def load(cls, settings: ModelSettings) -> "NetworkDetector":
        """Raises ModelError where the model is missing or is not what its card says."""
        min_score = min(settings.min_confidence, AUXILIARY_MIN_CONFIDENCE)
        runtime = RuntimeSettings(threads=settings.threads, min_score=min_score)
        return cls(registry.load(settings.reference or registry.DEFAULT, runtime, settings.registry), settings.min_confidence)

    @property
    def classes(self) -> tuple[str, ...]:
        """The catalogue's keys of what the network knows and may be reported."""
        return tuple(key for key in self._network.class_keys if key not in self._auxiliary)

    @property
    def auxiliary(self) -> frozenset[str]:
        """What it knows only to have it masked."""
        return self._auxiliary

    @property
    def model(self) -> ModelRef:
        """Which network it is."""
        return self._network.ref

    @property
    def review_below(self) -> dict[str, float]:
        """Class -> the confidence below which its findings wait for a person, as far as the model's card says."""
        return self._network.card.review_below

    def detect(self, image: Image, classes: frozenset[str], ground_m_per_px: float | None = None) -> Seen:
        """What is seen of `classes`, and what is to be masked, from one look. Raises PictureError for a broken picture.

        With `ground_m_per_px`, the ground that a pixel in the picture's middle shows, the network sees it at the size it knows.
        """
        boxes = self._network.infer(image, ground_m_per_px)
        keys = self._network.class_keys
        return Seen(
            detections_of(boxes.at_least(self._min_confidence), keys, classes - self._auxiliary),
            detections_of(boxes.at_least(AUXILIARY_MIN_CONFIDENCE), keys, self._auxiliary),
        )


def detections_of(boxes: Boxes, keys: tuple[str, ...], wanted: frozenset[str]) -> list[Detection]:
    """The boxes of `wanted` classes, the surest first, without those of no size."""
    sides_px = (boxes.xyxy[:, 2:] - boxes.xyxy[:, :2]).min(axis=1, initial=np.inf)
    sized = np.flatnonzero(sides_px >= LEAST_SIDE_PX).tolist()
    return [_detection(boxes, index, keys) for index in sized if keys[int(boxes.classes[index])] in wanted]


def _detection(boxes: Boxes, index: int, keys: tuple[str, ...]) -> Detection:
    x_min, y_min, x_max, y_max = (float(value) for value in boxes.xyxy[index])
    return Detection(
        class_key=keys[int(boxes.classes[index])],
        confidence=min(max(float(boxes.scores[index]), 0.0), 1.0),
        box=PixelBox(x_min=x_min, y_min=y_min, x_max=x_max, y_max=y_max),
    )
