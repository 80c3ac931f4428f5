"""From a network's score to the probability that its report is right."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.boxes import Boxes
from models.calibration import BetaCurve, Calibration
from models.card import read_card, write_card
from models.registry import load
from models.runtime import RuntimeSettings

PLAIN = BetaCurve(a=1, b=1, c=0)
HALVING = BetaCurve(a=1, b=0, c=-10)
"""ln p/(1-p) = ln s - 10: about s / 22026 for every score."""

curves = st.builds(BetaCurve, a=st.floats(0.1, 5), b=st.floats(0.1, 5), c=st.floats(-3, 3))


def calibration(pooled: BetaCurve, **classes: BetaCurve) -> Calibration:
    return Calibration(data="d", data_sha256="0" * 64, command="c", reports=1, pooled=pooled, classes=classes)


def floats(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_the_plain_curve_leaves_scores_as_they_are() -> None:
    """With a = b = 1 and c = 0 the log-odds are those of the score."""
    assert PLAIN.probability(floats(0.2, 0.5, 0.9)) == pytest.approx([0.2, 0.5, 0.9])


def test_a_curve_is_what_its_formula_says() -> None:
    """A = 2, b = 1, c = ln 2 at 0.5: odds 0.25 / 0.5 * 2 = 1, so 0.5."""
    assert BetaCurve(a=2, b=1, c=float(np.log(2))).probability(floats(0.5)) == pytest.approx([0.5])


@given(curves, st.lists(st.floats(0, 1, width=32), min_size=2))
def test_order_is_kept(curve: BetaCurve, scores: list[float]) -> None:
    """Whatever the curve, the surer of two reports of a class stays the surer, and probabilities lie within 0 and 1."""
    probabilities = curve.probability(floats(*sorted(scores)))
    assert (np.diff(probabilities) >= 0).all()
    assert probabilities.min() >= 0
    assert probabilities.max() <= 1


@given(curves, st.floats(0.01, 0.99))
def test_nothing_of_a_probability_lies_below_its_least_score(curve: BetaCurve, probability: float) -> None:
    """A report a little under the least score is less probable than asked for: the network need not report it."""
    least = curve.least_score(probability)
    assert least == 0 or curve.probability(floats(least - 1e-4))[0] < probability + 1e-6


def test_each_class_has_its_own_curve_and_the_rest_the_pooled_one() -> None:
    """The box of a class that is rarely right falls behind the other's, although its score is greater."""
    boxes = Boxes(np.zeros((2, 4), np.float32), floats(0.9, 0.6), np.array([0, 1]))
    told = calibration(PLAIN, shy=HALVING).apply(boxes, ("shy", "other"))
    assert told.classes.tolist() == [1, 0]
    assert told.scores == pytest.approx([0.6, 0.9 * np.exp(-10)], rel=1e-3)


def test_a_model_with_a_calibration_tells_probabilities(tiny: Path) -> None:
    """The tiny network scores red 1: odds of e^-1 make 0.269. It is asked for from a probability on, not from a score."""
    card = read_card(tiny)
    assert not load(tiny).ref.calibrated
    flat = BetaCurve(a=0, b=0, c=-1)
    write_card(card.model_copy(update={"calibration": calibration(PLAIN, red_thing=flat)}), tiny)
    picture = np.full((32, 64, 3), (0, 0, 255), np.uint8)
    surer, model = load(tiny, RuntimeSettings(min_score=0.3)), load(tiny, RuntimeSettings(min_score=0.2))
    assert model.ref.calibrated
    assert model.infer(picture).scores == pytest.approx([1 / (1 + np.e)])
    assert len(surer.infer(picture)) == 0
