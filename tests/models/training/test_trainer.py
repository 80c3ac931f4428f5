"""Training: what is checked before anything is computed."""

import importlib.util
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import DataSetError, ModelError
from models.training.settings import TrainingSettings
from models.training.trainer import checked_data, train


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data set of one picture."""
    (tmp_path / "images").mkdir()
    (tmp_path / "data.yaml").write_text("path: .\ntrain: images\nval: images\nnames: [crane]\n")
    cv2.imwrite(str(tmp_path / "images/a.png"), np.zeros((32, 32, 3), np.uint8))
    return tmp_path


def test_a_missing_data_set_is_named_first(tmp_path: Path) -> None:
    """Without a data set nothing is imported, written or computed."""
    with pytest.raises(DataSetError, match=r"data\.yaml.*cannot be read"):
        train(TrainingSettings(data=tmp_path / "gone", out=tmp_path / "out"), "")
    assert not (tmp_path / "out").exists()


def test_missing_weights_to_go_on_from_are_named(data: Path, tmp_path: Path) -> None:
    """Ultralytics would look for missing weights on the network: it is never asked."""
    with pytest.raises(ModelError, match=r"gone\.pt: there is no such file to go on from"):
        train(TrainingSettings(data=data, out=tmp_path / "out", initial=tmp_path / "gone.pt"), "")


def test_a_data_set_with_errors_is_refused_unless_accepted(data: Path, tmp_path: Path) -> None:
    """A broken picture is named with its kind before anything is computed; `accept_data` trains nevertheless, and says so."""
    (data / "images/b.png").write_bytes(b"no picture")
    settings = TrainingSettings(data=data, out=tmp_path / "out")
    with pytest.raises(DataSetError, match=r"1 errors, the first: error: images/b\.png: a picture that cannot be read"):
        train(settings, "")
    assert not (tmp_path / "out").exists()
    assert checked_data(settings.model_copy(update={"accept_data": True})).errors == 1


@pytest.mark.skipif(importlib.util.find_spec("ultralytics") is not None, reason="the training extra is installed")
def test_without_the_extra_the_error_names_it(data: Path, tmp_path: Path) -> None:
    """The base install has no PyTorch; who asks for training is told what to install."""
    with pytest.raises(ModelError, match=r"not installed.*oneflight\[training\]"):
        train(TrainingSettings(data=data, out=tmp_path / "out"), "")
