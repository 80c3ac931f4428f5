"""How a demand stands, by the intervals that have passed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ground_station.demands.schemas import DemandState
from ground_station.demands.state import next_due_at, state_of
from missions.route import Frequency
from tests.missions.scheduling.made_district import ON_CALL, make_demand

NOW = datetime(2026, 6, 2, 4, tzinfo=UTC)
DAILY = make_demand("d", frequency=Frequency(times=1, per="day"))


@pytest.mark.parametrize(
    ("waited_h", "state"),
    [
        (0, DemandState.FRESH),
        (23.9, DemandState.FRESH),
        (24, DemandState.DUE),
        (36, DemandState.DUE),
        (36.1, DemandState.OVERDUE),
    ],
)
def test_by_the_hours_waited(waited_h: float, state: DemandState) -> None:
    """A daily demand: due after a day, overdue after a day and a half."""
    seen = NOW - timedelta(hours=waited_h)
    assert state_of(DAILY, seen, NOW) == state
    assert next_due_at(DAILY, seen) == seen + timedelta(hours=24)


def test_never_seen() -> None:
    """A regular demand is overdue, one asked for once is due and then done; neither has a next time."""
    once = make_demand("d", frequency=ON_CALL)
    assert state_of(DAILY, None, NOW) == DemandState.OVERDUE
    assert state_of(once, None, NOW) == DemandState.DUE
    assert state_of(once, NOW, NOW) == DemandState.DONE
    assert next_due_at(DAILY, None) is None
    assert next_due_at(once, NOW) is None


def test_not_today() -> None:
    """The day is the district's: at 04:00 UTC it is 2 June there, and a demand valid from the 3rd sleeps."""
    assert state_of(make_demand("d", valid_from=date(2026, 6, 3)), None, NOW) == DemandState.DORMANT
    assert state_of(make_demand("d", valid_from=date(2026, 6, 2)), None, NOW) != DemandState.DORMANT
