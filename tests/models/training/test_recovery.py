"""Trainable weights from an exported network. Needs the training extra."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from models import registry
from models.card import InputSize, read_card
from models.errors import ModelError
from models.evaluation.data_set import DataSet, read_picture
from models.evaluation.reports import framed
from models.runtime import RuntimeSettings
from models.training.exporter import ExportSettings, export
from models.training.recovery import recover
from models.training.settings import ARCHITECTURE

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ultralytics") is None, reason="PyTorch and Ultralytics are missing: pip install -e '.[training]'"
)
TINY = Path(__file__).parents[1] / "data" / "tiny.onnx"
PICTURE = Path(__file__).parents[1] / "data" / "bank_encroachment.png"


def _data(*more: str) -> DataSet:
    """One picture, of the shipped network's classes and some more."""
    classes = read_card(registry.SHIPPED / registry.DEFAULT).classes
    return DataSet(Path("data.yaml"), (*classes, *more), (PICTURE,))


def test_recovered_weights_see_what_the_export_sees(tmp_path: Path) -> None:
    """Recovered from the shipped network and exported again, it finds the same boxes with the same scores."""
    shipped = registry.SHIPPED / registry.DEFAULT
    recovered = recover(next(shipped.glob("*.onnx")), _data(), 320, 1, tmp_path)
    export(ExportSettings(weights=recovered, out=tmp_path / "again", name="again", version="1"), None, None)
    picture = framed(read_picture(PICTURE), InputSize(width_px=640, height_px=384))
    settings = RuntimeSettings(min_score=0.3)
    before, after = (registry.load(str(one), settings).infer(picture) for one in (shipped, tmp_path / "again"))
    assert len(before) >= 1
    assert np.allclose(before.xyxy, after.xyxy, atol=1.5)
    assert np.allclose(before.scores, after.scores, atol=0.03)


def test_classes_may_be_added(tmp_path: Path) -> None:
    """With two more classes the old ones are found as before, and of the new ones nothing is reported yet."""
    shipped = registry.SHIPPED / registry.DEFAULT
    recovered = recover(next(shipped.glob("*.onnx")), _data("kite", "balloon"), 320, 1, tmp_path)
    card = export(ExportSettings(weights=recovered, out=tmp_path / "more", name="more", version="1"), None, None)
    picture = framed(read_picture(PICTURE), InputSize(width_px=640, height_px=384))
    settings = RuntimeSettings(min_score=0.1)
    before, after = (registry.load(str(one), settings).infer(picture) for one in (shipped, tmp_path / "more"))
    assert card.classes[-2:] == ("kite", "balloon")
    assert after.classes.tolist() == before.classes.tolist()
    assert np.allclose(before.scores, after.scores, atol=0.03)


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    """A network of other layers names the first that does not fit; nothing is written."""
    with pytest.raises(ModelError, match=ARCHITECTURE.removesuffix(".yaml")):
        recover(TINY, _data(), 320, 1, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"\xff\xffno network")
    with pytest.raises(ModelError, match=r"broken\.onnx: is no ONNX file"):
        recover(broken, _data(), 320, 1, tmp_path)
