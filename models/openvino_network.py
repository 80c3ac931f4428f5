"""A network as read by OpenVINO from .onnx or .xml: what it takes, what it gives, and what its file says of itself."""

from pathlib import Path

import openvino
from openvino import Layout, Type
from openvino.preprocess import ColorFormat, PrePostProcessor

from models.card import InputSize
from models.decoding import MORE_OF_TASK, Decoder, decoder_for
from models.errors import ModelError
from models.export_facts import KEYS, ExportFacts, facts_beside, facts_of


class Network:
    """One input, and one output of boxes (an outline network's second output is left alone).

    `batch` pictures go through at once; one where the network leaves their number open, as that is the fastest on a processor
    (docs/figures.md): several batches are under way at once instead.
    """

    def __init__(self, path: Path) -> None:
        """Reads .onnx or .xml. Raises ModelError where it is neither, broken, or no detector."""
        self.path = path
        self._core = openvino.Core()
        try:
            self._model = self._core.read_model(path)
        except RuntimeError as error:
            raise ModelError(str(path), "", f"no ONNX or OpenVINO network: {_last_line(error)}") from error
        self.facts = self._read_facts()
        outputs = 2 if self.facts.task == "segment" else 1
        if len(self._model.inputs) != 1 or len(self._model.outputs) != outputs:
            ends = f"{len(self._model.inputs)} inputs and {len(self._model.outputs)} outputs"
            raise ModelError(str(path), "", f"a detector has one input and one output, and this network {ends}")

        first = self._model.input(0).partial_shape[0]
        self.batch = 1 if first.is_dynamic else int(first.get_length())
        self.input_size = self._read_input_size()

    def _read_input_size(self) -> InputSize:
        """Raises ModelError where the network leaves its size open and says nothing of it."""
        shape = self._model.input(0).partial_shape
        if shape.rank.is_static and len(shape) == 4 and not (shape[2].is_dynamic or shape[3].is_dynamic):
            return InputSize(width_px=int(shape[3].get_length()), height_px=int(shape[2].get_length()))
        if self.facts.input is None:
            raise ModelError(str(self.path), "input", f"its shape is {shape}; a fixed width and height are needed")
        return self.facts.input

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names that the file states, in order; empty where it states none."""
        labels = self._info("model_info", "labels")
        return self.facts.class_names or (tuple(labels.split()) if labels else ())

    def decoder(self, class_count: int) -> Decoder:
        """The reader of the network's output. Raises ModelError where its shape fits no layout of that many classes."""
        task = self.facts.task
        if task not in MORE_OF_TASK:
            known = ", ".join(MORE_OF_TASK)
            raise ModelError(
                str(self.path), "task", f"it is '{task}', which gives no boxes of things; needed is one of {known}"
            )
        shape = self._model.output(0).partial_shape
        sizes = tuple(-1 if size.is_dynamic else int(size.get_length()) for size in shape) if shape.rank.is_static else ()
        decoder = decoder_for(sizes[1:], class_count, task)
        if decoder is None:
            more = MORE_OF_TASK[task]
            expected = f"(batch, n, {6 + more}) or (batch, {4 + class_count + more}, n) for {class_count} classes"
            raise ModelError(str(self.path), "output", f"its shape is {shape}; expected {expected}")
        return decoder

    def compiled(self, threads: int) -> openvino.CompiledModel:
        """The network made ready for pictures: 8-bit blue-green-red in, (batch, height, width, 3)."""
        size = self.input_size
        if self._model.is_dynamic():
            self._model.reshape([self.batch, 3, size.height_px, size.width_px])
        steps = PrePostProcessor(self._model)
        picture = steps.input(0)
        picture.tensor().set_element_type(Type.u8).set_layout(Layout("NHWC")).set_color_format(ColorFormat.BGR)
        picture.preprocess().convert_color(ColorFormat.RGB).convert_element_type(Type.f32).scale(255.0)
        picture.model().set_layout(Layout("NCHW"))
        config = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "ENABLE_CPU_PINNING": False}
        return self._core.compile_model(steps.build(), "CPU", config)

    def _read_facts(self) -> ExportFacts:
        if self.path.suffix.lower() == ".xml":
            return facts_beside(self.path)
        stated = {key: text for key in KEYS if (text := self._info("framework", key)) is not None}
        return facts_of(stated, str(self.path))

    def _info(self, *path: str) -> str | None:
        if not self._model.has_rt_info(list(path)):
            return None
        return str(self._model.get_rt_info(list(path)).value)


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
