"""What a training run was and did: `run.json` beside its weights, written anew after every epoch."""

import platform
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

from pydantic import Field

from missions.finding import Sha256
from missions.noun import Instant, StrictNoun
from models.checking.data_report import DataReport
from models.training.settings import TrainingSettings

RUN_FILE = "run.json"
PACKAGES = ("oneflight", "ultralytics", "torch", "numpy")


class Epoch(StrictNoun):
    """One pass over the pictures: mean losses of the training by Ultralytics' names, and the seconds it took."""

    losses: dict[str, float]
    took_s: Annotated[float, Field(ge=0)]


class TrainingRun(StrictNoun):
    """One run: what was asked, on what data, with what software, and how each epoch went."""

    command: str
    settings: TrainingSettings
    data: DataReport
    initial_sha256: Annotated[Sha256 | None, Field(description="of the weights it went on from")]
    software: Annotated[dict[str, str], Field(description="package -> version")]
    started_at: Instant
    ended_at: Instant | None = None
    epochs: tuple[Epoch, ...] = ()
    weights_sha256: Annotated[Sha256 | None, Field(description="None while it runs, and where it was ended early")] = None

    def with_epoch(self, losses: dict[str, float], took_s: float) -> "TrainingRun":
        """The run one epoch later."""
        return self.model_copy(update={"epochs": (*self.epochs, Epoch(losses=losses, took_s=took_s))})

    def ended(self, at: datetime, weights_sha256: str) -> "TrainingRun":
        """The run with its weights."""
        return self.model_copy(update={"ended_at": at, "weights_sha256": weights_sha256})

    def write(self, folder: Path) -> None:
        """Writes `run.json` into `folder`, whole or not at all."""
        draft = folder / f".{RUN_FILE}"
        draft.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        draft.replace(folder / RUN_FILE)


def software() -> dict[str, str]:
    """The versions that a run's outcome hangs on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
