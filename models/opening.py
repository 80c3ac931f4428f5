"""Opens weights of any format with the engine that reads it, which is imported only then."""

from dataclasses import dataclass
from pathlib import Path

from models.card import Format, InputSize, ModelCard
from models.errors import ModelError
from models.runtime import Runtime, RuntimeSettings

FORMAT_OF_SUFFIX: dict[str, Format] = {".onnx": "onnx", ".xml": "openvino", ".pt": "ultralytics"}


@dataclass(frozen=True)
class Opened:
    """Weights made ready, and what the file says of itself (no class names: it says nothing of them)."""

    runtime: Runtime
    class_names: tuple[str, ...]
    input: InputSize


def open_weights(path: Path, card: ModelCard | None, settings: RuntimeSettings) -> Opened:
    """Opens an existing file, by its card where it has one. Raises ModelError."""
    weights_format = card.format if card else format_of(path)
    if weights_format == "ultralytics":
        return _open_with_ultralytics(path, card, settings)
    return _open_with_openvino(path, card, settings)


def format_of(path: Path) -> Format:
    """The format that a file's name tells. Raises ModelError where it is none of ours."""
    known = FORMAT_OF_SUFFIX.get(path.suffix.lower())
    if known is None:
        raise ModelError(str(path), "", f"no model: expected {', '.join(FORMAT_OF_SUFFIX)}, or a folder")
    return known


def files_of(path: Path) -> tuple[Path, ...]:
    """All files that belong to the one to open; the weights are in the last. Raises ModelError where one is missing."""
    if format_of(path) != "openvino":
        return (path,)
    weights = path.with_suffix(".bin")
    if not weights.is_file():
        raise ModelError(str(path), "", f"its weights, {weights.name}, are missing beside it")
    return path, weights


def _open_with_openvino(path: Path, card: ModelCard | None, settings: RuntimeSettings) -> Opened:
    from models.openvino_network import Network
    from models.openvino_runtime import OpenVinoRuntime

    network = Network(path)
    names = network.class_names
    count = len(card.classes) if card else len(names)
    if not count:
        raise ModelError(str(path), "classes", "it states no class names: put it into a folder with a card")
    return Opened(OpenVinoRuntime(network, count, settings), names, network.input_size)


def _open_with_ultralytics(path: Path, card: ModelCard | None, settings: RuntimeSettings) -> Opened:
    from models.ultralytics_runtime import UltralyticsRuntime

    runtime = UltralyticsRuntime(path, card.input if card else None, settings)
    return Opened(runtime, runtime.class_names, runtime.input)
