"""What a training run is told."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from models.training.settings import RECIPE, TrainingSettings


def settings(**changes: object) -> TrainingSettings:
    return TrainingSettings.model_validate({"data": Path("data"), "out": Path("out"), **changes})


def test_a_runs_own_numbers_join_the_recipe() -> None:
    """The arguments are the recipe and the run's numbers; every step updates the weights (nominal batch = batch)."""
    arguments = settings(epochs=7, batch=4, learning_rate=0.001).arguments()
    assert arguments.items() >= {**RECIPE, "epochs": 7, "batch": 4, "nbs": 4, "lr0": 0.001, "imgsz": 320}.items()
    assert "time" not in arguments


def test_trained_weights_are_not_warmed_up() -> None:
    """Warming up would shake what the weights have learned; only a run from nothing does it."""
    assert settings(initial=Path("weights.pt")).arguments()["warmup_epochs"] == 0
    assert settings().arguments()["warmup_epochs"] == 1


def test_a_time_limit_is_passed_on() -> None:
    """Half an hour reaches the training as hours."""
    assert settings(hours=0.5).arguments()["time"] == 0.5


@pytest.mark.parametrize("change", [{"epochs": 0}, {"image_size_px": 100}, {"threads": 0}, {"hours": 0}, {"epoch": 3}])
def test_nonsense_is_refused(change: dict[str, float]) -> None:
    """No epochs, a side that is no multiple of 32, no threads, no time and unknown settings are refused."""
    with pytest.raises(ValidationError):
        settings(**change)
