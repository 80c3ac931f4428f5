"""Runs .onnx files and OpenVINO folders on the processor, without PyTorch."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
import openvino

from models.boxes import Boxes, Floats
from models.letterbox import Letterbox, Picture
from models.openvino_network import Network
from models.runtime import RuntimeSettings, checked_picture

REQUESTS = 3
"""Batches under way at once: while the network works on one, the next is made ready and the last is read."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A batch in the network, which reads its memory until it is done."""

    request: openvino.InferRequest
    tensor: Picture


class OpenVinoRuntime:
    """A compiled network. Several threads may use it: what one makes ready while another waits costs no time."""

    def __init__(self, network: Network, class_count: int, settings: RuntimeSettings) -> None:
        self._min_score = settings.min_score
        self._size = network.input_size
        self._decode = network.decoder(class_count)
        self._batch = network.batch
        compiled = network.compiled(settings.threads)
        self._free: SimpleQueue[openvino.InferRequest] = SimpleQueue()
        for _ in range(REQUESTS):
            self._free.put(compiled.create_infer_request())

    def infer(self, image_bgr: Picture) -> Boxes:
        """The boxes in one picture of any size. Raises PictureError."""
        return self.infer_many([image_bgr])[0]

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        """The boxes in each picture; they go through the network as many at once as it takes. Raises PictureError."""
        pictures = [checked_picture(image) for image in images_bgr]
        size = (self._size.width_px, self._size.height_px)
        fits = [Letterbox.between((picture.shape[1], picture.shape[0]), size) for picture in pictures]
        outputs = [output for batch in self._through_network(pictures, fits) for output in batch]
        return [self._in_picture(output, fit) for output, fit in zip(outputs, fits, strict=False)]

    def _through_network(self, pictures: Sequence[Picture], fits: Sequence[Letterbox]) -> Iterator[Floats]:
        """What the network gives for each batch, in order."""
        under_way: deque[_UnderWay] = deque()
        for start in range(0, len(pictures), self._batch):
            batch = slice(start, start + self._batch)
            tensor = self._tensor(pictures[batch], fits[batch])
            while (request := self._request(wait=not under_way)) is None:
                yield self._finished(under_way.popleft())
            request.start_async({0: tensor}, share_inputs=True)
            under_way.append(_UnderWay(request, tensor))
        while under_way:
            yield self._finished(under_way.popleft())

    def _request(self, *, wait: bool) -> openvino.InferRequest | None:
        """A free one; None where there is none now and it is not to be waited for, as for one who holds some himself."""
        try:
            return self._free.get(block=wait)
        except Empty:
            return None

    def _finished(self, one: _UnderWay) -> Floats:
        """What a batch gave, copied, as the request's own memory is used again."""
        try:
            one.request.wait()
            return np.array(one.request.get_output_tensor(0).data, dtype=np.float32)
        finally:
            self._free.put(one.request)

    def _tensor(self, pictures: Sequence[Picture], fits: Sequence[Letterbox]) -> Picture:
        """(batch, height, width, 3); pictures that a batch lacks are black."""
        tensor = np.zeros((self._batch, self._size.height_px, self._size.width_px, 3), np.uint8)
        for fit, picture, canvas in zip(fits, pictures, tensor, strict=False):
            fit.apply(picture, canvas)
        return tensor

    def _in_picture(self, output: Any, fit: Letterbox) -> Boxes:
        boxes = self._decode(output, self._min_score)
        return Boxes(fit.to_picture(boxes.xyxy), boxes.scores, boxes.classes)
