"""Imports Ultralytics with its habits switched off: no network, no installing of packages, no telemetry, few threads."""

import importlib
import os
import shutil
from pathlib import Path
from types import ModuleType

from models.errors import ModelError

CONFIG_DIR = Path.home() / ".cache" / "oneflight" / "ultralytics"

_SWITCHES = {"YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false", "YOLO_VERBOSE": "false"}


def import_ultralytics(threads: int) -> ModuleType:
    """The `ultralytics` module, with torch held to `threads`. Raises ModelError naming the extra where it is missing."""
    os.environ.update(_SWITCHES)
    os.environ.setdefault("YOLO_CONFIG_DIR", str(CONFIG_DIR))
    Path(os.environ["YOLO_CONFIG_DIR"]).mkdir(parents=True, exist_ok=True)
    try:
        torch = importlib.import_module("torch")
        ultralytics = importlib.import_module("ultralytics")
    except ModuleNotFoundError as error:
        cause = f"{error.name} is not installed; training, export and .pt files need: pip install 'oneflight[training]'"
        raise ModelError("ultralytics", "", cause) from error
    torch.set_num_threads(threads)
    ultralytics.settings.update({"sync": False})
    _give_font()
    return ultralytics


def _give_font() -> None:
    """Lays matplotlib's font where Ultralytics looks for Arial, which it would fetch from the network otherwise."""
    matplotlib = importlib.import_module("matplotlib")
    target = Path(os.environ["YOLO_CONFIG_DIR"]) / "Ultralytics" / "Arial.ttf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", target)


def hold_to(threads: int) -> None:
    """Holds torch to so many threads again: Ultralytics sets its own number when it begins."""
    importlib.import_module("torch").set_num_threads(threads)
