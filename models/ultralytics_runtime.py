"""Runs a user's own .pt file through Ultralytics. Needs the training extra; for aircraft, export to ONNX instead."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from models.boxes import Boxes
from models.card import InputSize
from models.decoding import MORE_OF_TASK
from models.errors import ModelError
from models.letterbox import Picture
from models.runtime import RuntimeSettings, checked_picture
from models.ultralytics_setup import import_ultralytics

DEFAULT_SIZE = InputSize(width_px=640, height_px=640)


class UltralyticsRuntime:
    """A .pt network of any version of YOLO. Threads that share it wait for each other: Ultralytics' predictor keeps state."""

    def __init__(self, path: Path, size: InputSize | None, settings: RuntimeSettings) -> None:
        """Reads `path`, which must exist. Raises ModelError where it is no detector."""
        self._model = import_ultralytics(settings.threads).YOLO(path)
        if self._model.task not in MORE_OF_TASK:
            known = ", ".join(MORE_OF_TASK)
            raise ModelError(str(path), "task", f"it is '{self._model.task}', and one of {known} is needed")
        self.input = size or DEFAULT_SIZE
        self._min_score = settings.min_score
        self._one_at_a_time = Lock()

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes, in order."""
        names = self._model.names
        return tuple(str(names[key]) for key in sorted(names))

    def infer(self, image_bgr: Picture) -> Boxes:
        """The boxes in one picture. Raises PictureError."""
        return self.infer_many([image_bgr])[0]

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        """The boxes in each picture, all at once. Raises PictureError."""
        pictures = [checked_picture(image) for image in images_bgr]
        size = (self.input.height_px, self.input.width_px)
        with self._one_at_a_time:
            results = self._model.predict(pictures, conf=self._min_score, imgsz=size, device="cpu", verbose=False)
        return [_boxes(result) for result in results]


def _boxes(result: Any) -> Boxes:
    """Of a picture; of turned boxes the upright ones round them."""
    found = result.boxes if result.obb is None else result.obb
    return Boxes.sorted_by_score(
        found.xyxy.cpu().numpy().astype(np.float32).reshape(-1, 4),
        found.conf.cpu().numpy().astype(np.float32),
        found.cls.cpu().numpy().astype(np.int64),
    )
