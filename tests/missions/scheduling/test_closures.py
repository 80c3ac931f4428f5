"""Closures as they are given: what may be said of a day, and what takes the place of what."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from missions.district import District
from missions.errors import InvalidInput
from missions.schedule import Closure, DayConditions, Span
from missions.scheduling.closures import MOST, with_closures
from tests.missions.scheduling.made_district import DAY, span, square


def closure(id: str = "parade", x_m: float = 0, begins_s: float = 0, ends_s: float = 3600) -> Closure:
    """100 m across, 600 m north of dock-1 unless it is moved east."""
    return Closure(id=id, outline=square(x_m, 600, 50), span=span(begins_s, ends_s))


def test_closures_come_together(small: District) -> None:
    """Another id comes to those before; the same id takes the earlier one's place."""
    before = with_closures(DayConditions(wind_mps=3), [closure(), closure("race", 100)], small, DAY)
    later = closure(ends_s=1800)
    after = with_closures(before, [later], small, DAY)
    assert {one.id: one.span for one in after.closures} == {"parade": later.span, "race": span(0, 3600)}
    assert after.wind_mps == 3


@pytest.mark.parametrize(
    ("closures", "words"),
    [
        ([closure(), closure()], "parade: is the id of two"),
        ([closure(x_m=90_000)], "lies outside the permitted area"),
        ([closure(begins_s=-86_400, ends_s=-43_200)], "which is no part of"),
        ([closure(f"c{n}") for n in range(MOST + 1)], "at most 20"),
    ],
)
def test_what_cannot_be_meant_is_refused(small: District, closures: list[Closure], words: str) -> None:
    """Two of one id, far away, on another day, too many: the closure and what is wrong are named."""
    with pytest.raises(InvalidInput, match=words):
        with_closures(DayConditions(), closures, small, DAY)


def test_a_closure_lasts_and_has_an_inside() -> None:
    """It ends after it begins; its outline does not cross itself and is no line."""
    good = closure()
    a, b, c, d = good.outline
    backwards = Span(begins_at=good.span.ends_at, ends_at=good.span.ends_at - timedelta(seconds=1))
    for outline, when, words in (
        (good.outline, backwards, "not after it begins"),
        ((a, c, b, d), good.span, "no simple polygon"),
        ((a, b, a), good.span, "no simple polygon"),
    ):
        with pytest.raises(ValidationError, match=words):
            Closure(id="parade", outline=outline, span=when)
