"""Trainable weights from an ONNX export, so that training can go on from a model of which only the flown file is left.

An export melts each batch normalisation into the convolution before it. Here every convolution gets a normalisation again
that changes nothing: its running mean and variance are those that the convolution's output has over some pictures, and its
scale and shift undo them. In training the statistics of a batch take their place, which are near, so learning goes on from
where it was.

Where the data set has classes that the export lacks, the last layer gets rows for them that say next to nothing at first; the
rows of the others are found by the class's name.
"""

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from models.errors import ModelError
from models.evaluation.data_set import DataSet, read_picture
from models.training.settings import ARCHITECTURE
from models.ultralytics_setup import import_ultralytics

PICTURES = 128
"""Pictures over which the statistics are taken."""

_BATCH = 16
_NEW_ROW = 0.1
"""Of their random weights, with which the rows of new classes start."""

_CLASS_LAYER = re.compile(r"model\.\d+\.(one2one_)?cv3\.\d+\.2")
"""The convolutions that score classes, one output a class."""


@dataclass(frozen=True)
class _Export:
    """What an ONNX file holds: arrays by name, and the classes in order."""

    file: Path
    arrays: dict[str, Any]
    names: tuple[str, ...]

    def array(self, name: str) -> Any | None:
        """The array of that name; the twin head that exports leave out has those of the other."""
        return self.arrays.get(name.replace("one2one_", ""))


def recover(exported: Path, data: DataSet, size_px: int, threads: int, out: Path) -> Path:
    """Writes `out/recovered.pt` from the ONNX file, for the classes of `data` and with the statistics of its pictures.

    Raises ModelError.
    """
    import_ultralytics(threads)
    torch, tasks = importlib.import_module("torch"), importlib.import_module("ultralytics.nn.tasks")
    export = _read(exported)
    network = tasks.DetectionModel(ARCHITECTURE, nc=len(data.names), verbose=False)
    network.names = dict(enumerate(data.names))
    with torch.no_grad():
        _take_over(network, export, data.names)
        network.eval()
        for module, output in _outputs(network, _batches(data.pictures[:PICTURES], size_px)):
            _normalise(module, output)
    target = out / "recovered.pt"
    torch.save({"model": network.half(), "train_args": {}, "epoch": -1}, target)
    return target


def _read(exported: Path) -> _Export:
    onnx, protobuf = importlib.import_module("onnx"), importlib.import_module("google.protobuf.message")
    try:
        model = onnx.load(exported)
    except (OSError, protobuf.DecodeError) as error:
        raise ModelError(str(exported), "", f"is no ONNX file: {error}") from error
    arrays = {one.name: onnx.numpy_helper.to_array(one).astype(np.float32) for one in model.graph.initializer}
    described = {entry.key: entry.value for entry in model.metadata_props}
    if "names" not in described:
        raise ModelError(str(exported), "names", "the export does not say its classes")
    names = importlib.import_module("ast").literal_eval(described["names"])
    return _Export(exported, arrays, tuple(names[index] for index in range(len(names))))


def _take_over(network: Any, export: _Export, names: tuple[str, ...]) -> None:
    """Copies every convolution's weights."""
    torch = importlib.import_module("torch")
    for name, module in network.named_modules():
        if not isinstance(module, torch.nn.Conv2d):
            continue
        weight, bias = export.array(f"{name}.weight"), export.array(f"{name}.bias")
        if weight is not None and _CLASS_LAYER.fullmatch(name) and weight.shape[1:] == tuple(module.weight.shape[1:]):
            weight, bias = _rows_by_name(module, (weight, bias), export.names, names)
        if weight is None or weight.shape != tuple(module.weight.shape):
            where = name.replace("one2one_", "")
            raise ModelError(str(export.file), where, f"is not of a {ARCHITECTURE.removesuffix('.yaml')}")
        module.weight.copy_(torch.from_numpy(weight))
        owner = network.get_submodule(name.rpartition(".")[0])
        if getattr(owner, "bn", None) is not None and owner.conv is module:
            owner.bn.running_mean.zero_()
            owner.bn.running_var.fill_(1.0 - owner.bn.eps)
            owner.bn.weight.fill_(1.0)
            owner.bn.bias.copy_(torch.from_numpy(bias))
        elif bias is not None:
            module.bias.copy_(torch.from_numpy(bias))


def _rows_by_name(module: Any, known: tuple[Any, Any], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Any, Any]:
    """Weight and bias of the class layer for the classes `new`: the old classes' rows, and faint ones for the others."""
    weight, bias = module.weight.numpy() * _NEW_ROW, module.bias.numpy().copy()
    for row, name in enumerate(new):
        if name in old:
            weight[row], bias[row] = known[0][old.index(name)], known[1][old.index(name)]
    return weight, bias


def _outputs(network: Any, batches: Any) -> Iterator[tuple[Any, tuple[Any, Any]]]:
    """Each normalised convolution with the mean and variance of its output, by channel, over all batches."""
    sums: dict[Any, list[Any]] = {}

    def note(module: Any, _: Any, output: Any) -> None:
        flat = output.transpose(0, 1).flatten(1)
        sums.setdefault(module, []).append((flat.mean(1), flat.pow(2).mean(1)))

    owners = {m.conv: m for m in network.modules() if getattr(m, "bn", None) is not None and hasattr(m, "conv")}
    hooks = [conv.register_forward_hook(note) for conv in owners]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    for conv, found in sums.items():
        mean = sum(one for one, _ in found) / len(found)
        yield owners[conv], (mean, sum(square for _, square in found) / len(found) - mean.pow(2))


def _normalise(module: Any, output: tuple[Any, Any]) -> None:
    """Gives the batch normalisation these statistics, and a scale and shift that undo them."""
    mean, variance = output[0], output[1].clamp(min=1e-6)
    module.bn.running_mean.copy_(mean)
    module.bn.running_var.copy_(variance)
    module.bn.weight.copy_((variance + module.bn.eps).sqrt())
    module.bn.bias.add_(mean)


def _batches(pictures: Sequence[Path], size_px: int) -> Iterator[Any]:
    torch = importlib.import_module("torch")
    squares = [cv2.resize(read_picture(path), (size_px, size_px)) for path in pictures]
    for start in range(0, len(squares), _BATCH):
        stack = np.stack(squares[start : start + _BATCH])[..., ::-1].transpose(0, 3, 1, 2)
        yield torch.from_numpy(np.ascontiguousarray(stack, dtype=np.float32) / 255)
