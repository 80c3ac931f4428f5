"""Half-precision training on processors that have bfloat16 arithmetic: about two thirds of the time a step."""

import importlib
from pathlib import Path
from typing import Any


def processor_has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself (x86: avx512_bf16 or amx_bf16); False where that cannot be told."""
    info = Path("/proc/cpuinfo")
    return info.exists() and "_bf16" in info.read_text(encoding="ascii", errors="replace")


def run_in_bfloat16(network: Any) -> None:
    """Makes a torch detector compute in bfloat16 and channels-last from now on; its outputs, so the loss, stay float32."""
    torch = importlib.import_module("torch")
    network.to(memory_format=torch.channels_last)
    plain = network.predict

    def predict(pictures: Any, *args: Any, **kwargs: Any) -> Any:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = plain(pictures.contiguous(memory_format=torch.channels_last), *args, **kwargs)
        return _in_float32(outputs)

    network.predict = predict


def _in_float32(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_float32(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_in_float32(item) for item in value)
    return value.float() if hasattr(value, "is_floating_point") and value.is_floating_point() else value
