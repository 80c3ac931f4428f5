"""What a schedule adds up to."""

import pytest
from pydantic import ValidationError

from missions.schedule import DayConditions, Pass, Schedule, Span
from tests.missions.checking.made_day import make_schedule, moment


def test_value_counts_what_is_flown() -> None:
    """Four of five passes of value 3 are flown."""
    schedule = make_schedule()
    assert schedule.value == 12
    assert schedule.model_copy(update={"flights": ()}).value == 0


def test_hours_in_the_air() -> None:
    """f-1 is up for 16 + 20 + 100 + 100 + 40 = 276 s; the hours are those of all three."""
    schedule = make_schedule()
    assert schedule.flights[0].duration_s == pytest.approx(276, abs=0.1)
    ends = sum((flight.lands_at - flight.takes_off_at).total_seconds() for flight in schedule.flights)
    assert schedule.flight_h == pytest.approx(ends / 3600)


def test_travels_as_json() -> None:
    """What is read back is what was written."""
    schedule = make_schedule().model_copy(update={"conditions": DayConditions(since=moment(60), wind_mps=5.0)})
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule


@pytest.mark.parametrize("changes", [{"windows": ()}, {"demand_ids": ()}, {"value": -1.0}])
def test_pass_serves_somebody_at_some_time(changes: dict[str, object]) -> None:
    """A pass without windows or without demands, or worth less than nothing, is none."""
    with pytest.raises(ValidationError):
        Pass.model_validate(dict(make_schedule().passes[0]) | changes)


def test_moments_need_their_zone() -> None:
    """A moment without a zone is refused: it could be any."""
    with pytest.raises(ValidationError, match="zone"):
        Span(begins_at=moment(0).replace(tzinfo=None), ends_at=moment(0))
