"""Runs .onnx files and OpenVINO folders on the processor, without PyTorch."""

import ast
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from openvino import Layout, Type
from openvino.preprocess import ColorFormat, PrePostProcessor

from models.boxes import Boxes
from models.decoding import Decoder, decoder_for
from models.errors import ModelError
from models.letterbox import Letterbox, Picture
from models.runtime import RuntimeSettings, checked_picture

logger = logging.getLogger(__name__)


class OpenVinoRuntime:
    """A compiled network. Not to be shared between threads."""

    def __init__(self, network: "Network", class_count: int, settings: RuntimeSettings) -> None:
        self._min_score = settings.min_score
        self._size_px = network.input_size_px
        self._decode = network.decoder(class_count)
        self._batch = network.batch
        self._compiled = network.compiled(settings.threads)

    def infer(self, image_bgr: Picture) -> Boxes:
        """The boxes in one picture of any size. Raises PictureError."""
        return self.infer_many([image_bgr])[0]

    def infer_many(self, images_bgr: Sequence[Picture]) -> list[Boxes]:
        """The boxes in each picture; they go through the network as many at once as it takes. Raises PictureError."""
        pictures = [checked_picture(image) for image in images_bgr]
        found: list[Boxes] = []
        for start in range(0, len(pictures), self._batch):
            found += self._infer_batch(pictures[start : start + self._batch])
        return found

    def _infer_batch(self, pictures: Sequence[Picture]) -> list[Boxes]:
        width_px, height_px = self._size_px
        tensor = np.zeros((self._batch, height_px, width_px, 3), np.uint8)
        fits = [Letterbox.between((p.shape[1], p.shape[0]), self._size_px) for p in pictures]
        for fit, picture, canvas in zip(fits, pictures, tensor, strict=False):
            fit.apply(picture, canvas)
        outputs = self._compiled(tensor)[0]
        return [self._in_picture(output, fit) for output, fit in zip(outputs, fits, strict=False)]

    def _in_picture(self, output: Any, fit: Letterbox) -> Boxes:
        boxes = self._decode(np.asarray(output, dtype=np.float32), self._min_score)
        return Boxes(fit.to_picture(boxes.xyxy), boxes.scores, boxes.classes)


class Network:
    """A network as read from its file: what it takes, what it gives, and what it says of itself."""

    def __init__(self, path: Path) -> None:
        """Reads .onnx or .xml. Raises ModelError where it is neither, broken, or no detector."""
        self.path = path
        self._core = openvino.Core()
        try:
            self._model = self._core.read_model(path)
        except RuntimeError as error:
            raise ModelError(str(path), "", f"no ONNX or OpenVINO network: {_last_line(error)}") from error
        if len(self._model.inputs) != 1 or len(self._model.outputs) != 1:
            ends = f"{len(self._model.inputs)} inputs and {len(self._model.outputs)} outputs"
            raise ModelError(str(path), "", f"a detector has one input and one output, and this network {ends}")

    @property
    def batch(self) -> int:
        """Pictures that go through at once; 1 where the network leaves it open."""
        first = self._model.input(0).partial_shape[0]
        return 1 if first.is_dynamic else int(first.get_length())

    @property
    def input_size_px(self) -> tuple[int, int]:
        """Width and height of the input. Raises ModelError where the network leaves them open and says nothing of them."""
        shape = self._model.input(0).partial_shape
        if shape.rank.is_static and len(shape) == 4 and not (shape[2].is_dynamic or shape[3].is_dynamic):
            return int(shape[3].get_length()), int(shape[2].get_length())
        stated = self._stated("imgsz")
        if not (isinstance(stated, list) and len(stated) == 2):
            raise ModelError(str(self.path), "input", f"its shape is {shape}; a fixed width and height are needed")
        return int(stated[1]), int(stated[0])

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names that the file states, in order; empty where it states none."""
        names = self._stated("names")
        if isinstance(names, dict):
            return tuple(str(names[key]) for key in sorted(names))
        labels = self._info("model_info", "labels")
        return tuple(labels.split()) if labels else ()

    def decoder(self, class_count: int) -> Decoder:
        """The reader of the network's output. Raises ModelError where its shape fits no layout of that many classes."""
        shape = self._model.output(0).partial_shape
        sizes = tuple(-1 if size.is_dynamic else int(size.get_length()) for size in shape) if shape.rank.is_static else ()
        decoder = decoder_for(sizes[1:], class_count)
        if decoder is None:
            expected = f"(batch, n, 6) or (batch, {4 + class_count}, n) for {class_count} classes"
            raise ModelError(str(self.path), "output", f"its shape is {shape}; expected {expected}")
        return decoder

    def compiled(self, threads: int) -> openvino.CompiledModel:
        """The network made ready for pictures: 8-bit blue-green-red in, (batch, height, width, 3)."""
        width_px, height_px = self.input_size_px
        if self._model.is_dynamic():
            self._model.reshape([self.batch, 3, height_px, width_px])
        steps = PrePostProcessor(self._model)
        picture = steps.input(0)
        picture.tensor().set_element_type(Type.u8).set_layout(Layout("NHWC")).set_color_format(ColorFormat.BGR)
        picture.preprocess().convert_color(ColorFormat.RGB).convert_element_type(Type.f32).scale(255.0)
        picture.model().set_layout(Layout("NCHW"))
        config = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY"}
        return self._core.compile_model(steps.build(), "CPU", config)

    def _stated(self, key: str) -> Any:
        """A literal among what Ultralytics writes into its exports; None where it is not there."""
        text = self._info("framework", key)
        if text is None:
            return None
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError):
            logger.warning("%s states %s as %r, which cannot be read", self.path, key, text)
            return None

    def _info(self, *path: str) -> str | None:
        if not self._model.has_rt_info(list(path)):
            return None
        return str(self._model.get_rt_info(list(path)).value)


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
