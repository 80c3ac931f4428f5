"""Export: what is checked before anything is computed."""

from pathlib import Path

import pytest

from models.errors import ModelError
from models.training.exporter import ExportSettings, export


def test_missing_weights_are_named(tmp_path: Path) -> None:
    """Weights that are not there are refused before any library looks for them."""
    settings = ExportSettings(weights=tmp_path / "gone.pt", out=tmp_path / "out", name="n", version="1")
    with pytest.raises(ModelError, match=r"gone\.pt: there is no such file to export"):
        export(settings, None, None)
    assert not (tmp_path / "out").exists()


def test_int8_needs_pictures_to_calibrate_on(tmp_path: Path) -> None:
    """Without pictures the ranges of int8 would be guesses."""
    weights = tmp_path / "weights.pt"
    weights.touch()
    settings = ExportSettings(weights=weights, out=tmp_path / "out", name="n", version="1", precision="int8")
    with pytest.raises(ModelError, match="int8 needs a data set"):
        export(settings, None, None)
