"""The model that comes with OneFlight."""

from pathlib import Path

import numpy as np
import pytest

from missions.catalog import load as load_catalog
from models.evaluation.data_set import read_picture
from models.evaluation.matching import SAME_OBJECT_IOU, overlaps
from models.evaluation.reports import framed
from models.registry import DEFAULT, Model, check_classes, load, locate

PICTURE = Path(__file__).parent / "data" / "bank_encroachment.png"
"""Cut from a rendered frame, straight down, at the network's scale."""

TRUE_BOX = np.array([[30.4, 30.4, 84.2, 95.4]], np.float32)
"""Where the renderer put the thing, in pixels of PICTURE."""


@pytest.fixture(scope="module")
def shipped() -> Model:
    """The default model."""
    return load(DEFAULT)


def test_it_knows_the_catalogues_classes_in_order(shipped: Model) -> None:
    """Every class of the shipped catalogue is a class of the shipped model, in the same order; besides, only what is masked."""
    district = load_catalog()
    check_classes(shipped, district)
    assert shipped.class_keys == (*district.detector_classes, "person", "vehicle")
    assert shipped.card.auxiliary == ("person", "vehicle")


def test_it_says_how_sure_it_is_and_at_what_size_it_sees(shipped: Model) -> None:
    """The card holds a calibration and a threshold for every class, and the ground that a pixel showed in training."""
    assert shipped.card.calibration is not None
    assert shipped.card.thresholds is not None
    assert set(shipped.card.thresholds.classes) == set(shipped.card.classes)
    assert shipped.card.ground_m_per_px == (0.03, 0.35)


def test_it_finds_a_rendered_thing_where_it_is(shipped: Model) -> None:
    """The surest report in a rendered picture names the thing in it, and overlaps its true box by half or more."""
    boxes = shipped.infer(framed(read_picture(PICTURE), shipped.card.input))
    assert shipped.class_keys[boxes.classes[0]] == "bank_encroachment"
    assert overlaps(boxes.xyxy[:1], TRUE_BOX)[0, 0] >= SAME_OBJECT_IOU


def test_its_card_says_what_it_is_not_for(shipped: Model) -> None:
    """The card limits it to synthetic scenes, and its weights are a few megabytes."""
    assert "Synthetic scenes only" in shipped.card.limits
    assert sum((locate(DEFAULT) / name).stat().st_size for name in shipped.card.files) < 8e6
