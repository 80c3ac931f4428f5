"""Runs .onnx files and OpenVINO folders on the processor, without PyTorch."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import openvino

from models.boxes import Boxes
from models.letterbox import Letterbox, Picture
from models.openvino_network import Network
from models.runtime import RuntimeSettings, checked_picture

REQUESTS = 2
"""Batches under way at once: while the network works on one, the next is made ready."""


class OpenVinoRuntime:
    """A compiled network. Not to be shared between threads."""

    def __init__(self, network: Network, class_count: int, settings: RuntimeSettings) -> None:
        self._min_score = settings.min_score
        self._size = network.input_size
        self._decode = network.decoder(class_count)
        self._batch, self._has_open_batch = network.batch, network.has_open_batch
        self._requests = openvino.AsyncInferQueue(network.compiled(settings.threads), REQUESTS)
        self._requests.set_callback(self._take)
        self._outputs: dict[int, Any] = {}

    def infer(self, image_bgr: Picture) -> Boxes:
        """The boxes in one picture of any size. Raises PictureError."""
        return self.infer_many([image_bgr])[0]

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        """The boxes in each picture; they go through the network as many at once as it takes. Raises PictureError."""
        pictures = [checked_picture(image) for image in images_bgr]
        size = (self._size.width_px, self._size.height_px)
        fits = [Letterbox.between((picture.shape[1], picture.shape[0]), size) for picture in pictures]
        starts = range(0, len(pictures), self._batch)
        for start in starts:
            batch = slice(start, start + self._batch)
            self._requests.start_async(self._tensor(pictures[batch], fits[batch]), start)
        self._requests.wait_all()
        outputs = [output for start in starts for output in self._outputs.pop(start)]
        return [self._in_picture(output, fit) for output, fit in zip(outputs, fits, strict=False)]

    def _tensor(self, pictures: Sequence[Picture], fits: Sequence[Letterbox]) -> Picture:
        """(batch, height, width, 3); pictures that a closed batch lacks are black."""
        count = len(pictures) if self._has_open_batch else self._batch
        tensor = np.zeros((count, self._size.height_px, self._size.width_px, 3), np.uint8)
        for fit, picture, canvas in zip(fits, pictures, tensor, strict=False):
            fit.apply(picture, canvas)
        return tensor

    def _take(self, request: openvino.InferRequest, start: int) -> None:
        """Keeps what a batch gave, as the request's own memory is used again."""
        self._outputs[start] = np.array(request.get_output_tensor(0).data, dtype=np.float32)

    def _in_picture(self, output: Any, fit: Letterbox) -> Boxes:
        boxes = self._decode(output, self._min_score)
        return Boxes(fit.to_picture(boxes.xyxy), boxes.scores, boxes.classes)
