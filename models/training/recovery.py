"""Trainable weights from an ONNX export, so that training can go on from a model of which only the flown file is left.

An export melts each batch normalisation into the convolution before it. Here every convolution gets a normalisation again
that changes nothing: its running mean and variance are those that the convolution's output has over some pictures, and its
scale and shift undo them. In training the statistics of a batch take their place, which are near, so learning goes on from
where it was.
"""

import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from models.errors import ModelError
from models.evaluation.data_set import read_picture
from models.training.settings import ARCHITECTURE
from models.ultralytics_setup import import_ultralytics

PICTURES = 128
"""Pictures over which the statistics are taken."""

_BATCH = 16


def recover(exported: Path, pictures: Sequence[Path], size_px: int, threads: int, out: Path) -> Path:
    """Writes `out/recovered.pt` from the ONNX file, with the statistics of `pictures`. Raises ModelError."""
    import_ultralytics(threads)
    torch, tasks = importlib.import_module("torch"), importlib.import_module("ultralytics.nn.tasks")
    arrays, names = _read(exported)
    network = tasks.DetectionModel(ARCHITECTURE, nc=len(names), verbose=False)
    network.names = dict(enumerate(names))
    with torch.no_grad():
        _take_over(network, arrays, exported)
        network.eval()
        for module, output in _outputs(network, _batches(pictures[:PICTURES], size_px)):
            _normalise(module, output)
    target = out / "recovered.pt"
    torch.save({"model": network.half(), "train_args": {}, "epoch": -1}, target)
    return target


def _read(exported: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Arrays by name, and the classes that the export names."""
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
    return arrays, tuple(names[index] for index in range(len(names)))


def _take_over(network: Any, arrays: dict[str, Any], exported: Path) -> None:
    """Copies every convolution's weights; the twin head that exports leave out starts as a copy of the other."""
    torch = importlib.import_module("torch")
    for name, module in network.named_modules():
        if not isinstance(module, torch.nn.Conv2d):
            continue
        source = name.replace("one2one_", "")
        weight, bias = arrays.get(f"{source}.weight"), arrays.get(f"{source}.bias")
        if weight is None or weight.shape != tuple(module.weight.shape):
            raise ModelError(str(exported), source, f"is not of a {ARCHITECTURE.removesuffix('.yaml')} with these classes")
        module.weight.copy_(torch.from_numpy(weight))
        owner = network.get_submodule(name.rpartition(".")[0])
        if getattr(owner, "bn", None) is not None and owner.conv is module:
            owner.bn.running_mean.zero_()
            owner.bn.running_var.fill_(1.0 - owner.bn.eps)
            owner.bn.weight.fill_(1.0)
            owner.bn.bias.copy_(torch.from_numpy(bias))
        elif bias is not None:
            module.bias.copy_(torch.from_numpy(bias))


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
