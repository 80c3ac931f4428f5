"""The rules of a flying day."""

from datetime import time

import pytest
from pydantic import ValidationError

from missions.operations import Operations


def test_crew_watches_together() -> None:
    """Three remote pilots with four flights each watch twelve."""
    assert Operations().flights_at_once == 12
    assert Operations(remote_pilots=1, flights_per_pilot=2).flights_at_once == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"day_begins": time(9), "day_ends": time(9)},
        {"day_begins": time(20)},
        {"remote_pilots": 0},
        {"recharge_s": 0},
        {"timing_error_s": -1},
        {"coffee_breaks": 2},
    ],
)
def test_rules_that_cannot_be_kept_are_refused(changes: dict[str, object]) -> None:
    """A day without a length, a crew of nobody, charging in no time, a negative error, a rule that is none."""
    with pytest.raises(ValidationError):
        Operations.model_validate(changes)
