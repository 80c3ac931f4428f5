"""What a training run is told, and how that reads in Ultralytics' arguments."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from missions.noun import StrictNoun

ARCHITECTURE = "yolo26n.yaml"

RECIPE: dict[str, bool | int | float | str] = {
    "optimizer": "AdamW",
    "lrf": 0.05,
    "cos_lr": True,
    "warmup_epochs": 1,
    "mosaic": 0.3,
    "close_mosaic": 3,
    "scale": 0.2,
    "fliplr": 0.5,
    "flipud": 0.5,
    "degrees": 0.0,
    "hsv_s": 0.4,
    "hsv_v": 0.4,
    "cache": "ram",
    "workers": 1,
    "amp": False,
    "deterministic": False,
    "val": False,
    "plots": False,
}
"""Settings under which a small network learns rendered scenes from nothing, on a processor."""


class TrainingSettings(StrictNoun):
    """One training run. `data` is a YOLO data set's folder; `initial` weights to go on from, else from nothing."""

    data: Path
    out: Path
    epochs: Annotated[int, Field(ge=1)] = 25
    image_size_px: Annotated[int, Field(ge=64, multiple_of=32)] = 320
    batch: Annotated[int, Field(ge=1)] = 8
    learning_rate: Annotated[float, Field(gt=0, le=0.1)] = 0.0015
    threads: Annotated[int, Field(ge=1)] = 2
    seed: Annotated[int, Field(ge=0)] = 0
    hours: Annotated[float | None, Field(gt=0, description="ends by then, however many epochs that makes")] = None
    initial: Path | None = None
    accept_data: Annotated[bool, Field(description="train although the check of the data set found errors")] = False

    def arguments(self) -> dict[str, bool | int | float | str]:
        """The recipe with this run's numbers, in Ultralytics' words; no paths. Trained weights need no warming up."""
        own: dict[str, bool | int | float | str] = {
            "epochs": self.epochs,
            "imgsz": self.image_size_px,
            "batch": self.batch,
            "nbs": self.batch,
            "lr0": self.learning_rate,
            "seed": self.seed,
        }
        if self.initial is not None:
            own["warmup_epochs"] = 0
        if self.hours is not None:
            own["time"] = self.hours
        return {**RECIPE, **own}
