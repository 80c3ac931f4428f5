"""What Ultralytics writes of a network into its exports: one reader for the different places that it is written to.

| format | place | values |
|---|---|---|
| ONNX | properties of the file | Python literals as text |
| OpenVINO | `metadata.yaml` beside the .xml | YAML |
| TensorRT | length and JSON ahead of the engine | JSON |
"""

import ast
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from models.card import InputSize
from models.errors import ModelError

logger = logging.getLogger(__name__)

METADATA_FILE = "metadata.yaml"
KEYS = ("names", "imgsz", "task")
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """The names of the classes in order (none where it says nothing of them), the input's size, and what the network is for."""

    class_names: tuple[str, ...] = ()
    input: InputSize | None = None
    task: str = "detect"


def facts_of(stated: Mapping[str, Any], where: str) -> ExportFacts:
    """From what stands in file `where`; what cannot be read counts as not stated, and is logged."""
    values = {key: _value(stated[key], key, where) for key in KEYS if key in stated}
    task = values.get("task")
    return ExportFacts(_names(values.get("names")), _size(values.get("imgsz")), task if isinstance(task, str) else "detect")


def facts_beside(path: Path) -> ExportFacts:
    """From `metadata.yaml` in the file's folder; nothing where there is none. Raises ModelError where it is no YAML."""
    file = path.parent / METADATA_FILE
    if not file.is_file():
        return ExportFacts()
    try:
        stated = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ModelError(str(file), "", f"cannot be read: {error}") from error
    return facts_of(stated if isinstance(stated, dict) else {}, str(file))


def split_engine(content: bytes, where: str) -> tuple[ExportFacts, bytes]:
    """A TensorRT file's facts and the engine behind them; an engine that others built has none.

    Its first four bytes are the length of the JSON that follows, the least significant first.
    """
    length = int.from_bytes(content[:_LENGTH_BYTES], "little")
    head = content[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if not head.startswith(b"{") or len(head) < length:
        return ExportFacts(), content
    try:
        stated = json.loads(head)
    except ValueError as error:
        raise ModelError(where, "metadata", f"the {length} bytes ahead of the engine are no JSON: {error}") from error
    return facts_of(stated, where), content[_LENGTH_BYTES + length :]


def _value(stated: Any, key: str, where: str) -> Any:
    if not isinstance(stated, str) or key == "task":
        return stated
    try:
        return ast.literal_eval(stated)
    except (ValueError, SyntaxError):
        logger.warning("%s states %s as %r, which cannot be read", where, key, stated)
        return None


def _names(stated: Any) -> tuple[str, ...]:
    if isinstance(stated, dict):
        return tuple(str(stated[key]) for key in sorted(stated, key=int))
    return tuple(map(str, stated)) if isinstance(stated, list | tuple) else ()


def _size(stated: Any) -> InputSize | None:
    """Of [height, width], as Ultralytics has it; None where it is nothing of the kind."""
    if not isinstance(stated, list | tuple) or len(stated) != 2:
        return None
    try:
        return InputSize(width_px=stated[1], height_px=stated[0])
    except ValidationError:
        return None
