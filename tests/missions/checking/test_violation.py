"""How violations are told."""

from math import inf, nan

import pytest

from missions.checking import Rule, Violation
from missions.checking.violation import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00:00"), (30_605.4, "08:30:05"), (90_000, "25:00:00"), (-60, "-00:01:00"), (-0.2, "00:00:00"), (59.6, "00:01:00")],
)
def test_clock(seconds: float, text: str) -> None:
    """Whole seconds of the district's day; the next day goes on counting."""
    assert clock(seconds) == text


def test_violation_travels() -> None:
    """A violation reads back from its JSON."""
    violation = Violation(rule=Rule.DOCK, subject="dock-1", text="dock 'dock-1' is full", limit=1, value=2)
    assert Violation.model_validate_json(violation.model_dump_json()) == violation


@pytest.mark.parametrize("value", [nan, inf, -inf, None])
def test_what_is_no_number_has_no_figure(value: float | None) -> None:
    """A value that is none is left out, so that the violation can be told and sent."""
    violation = Violation(rule=Rule.VALUE, subject="p-1", text="pass 'p-1' has the value nan", limit=0, value=value)
    assert violation.value is None
    assert violation.limit == 0
