"""What a demand says of itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from missions.calendar import Season
from missions.demand import Demand
from missions.route import Frequency
from tests.missions.scheduling.made_district import make_demand


@pytest.mark.parametrize(
    ("times", "per", "hours"),
    [(1, "day", 24), (2, "day", 12), (3, "week", 56), (1, "month", 730), (2, "month", 365), (0, "on_call", None)],
)
def test_interval(times: int, per: str, hours: float | None) -> None:
    """The time between two visits: the unit's hours (a month is 8760 / 12) by how many there are in it; none on call."""
    assert make_demand("d", frequency=Frequency.model_validate({"times": times, "per": per})).interval_h == hours


def test_validity_includes_both_days() -> None:
    """Wanted from its first to its last day."""
    demand = make_demand("d", valid_from=date(2026, 6, 1), valid_until=date(2026, 6, 3))
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 4)]
    assert [demand.holds_on(day) for day in days] == [False, True, True, False]


@given(day=st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_wanted_when_valid_and_in_season(day: date) -> None:
    """A demand of a season that is valid for some time is wanted where the two meet, and one without limits always."""
    season = Season(begins=(11, 1), ends=(2, 28))
    demand = make_demand("d", season=season, valid_from=date(2025, 1, 1), valid_until=date(2027, 12, 31))
    assert demand.holds_on(day) == (date(2025, 1, 1) <= day <= date(2027, 12, 31) and season.holds_on(day))
    assert make_demand("d").holds_on(day)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steepest_deg": -45.0, "flattest_deg": -60.0}, "flattest_deg lies below steepest_deg"),
        ({"valid_from": date(2026, 6, 2), "valid_until": date(2026, 6, 1)}, "valid_until lies before valid_from"),
        ({"priority": 6}, "priority"),
        ({"max_sample_m": 0.0}, "max_sample_m"),
        ({"id": "with space"}, "id"),
        ({"wish": "none"}, "wish"),
    ],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, object], message: str) -> None:
    """A demand that cannot be meant is no demand; the error names the field."""
    with pytest.raises(ValidationError, match=message):
        make_demand("d", **changes)


def test_ground_is_that_of_its_route() -> None:
    """A standing demand's ground is its route's; another has a route of its own, whose id is its id in a route's letters."""
    assert make_demand("r-1:sanitation", "r-1").ground_id == "r-1"
    alone = make_demand("hotline:12345.2026")
    assert alone.ground_id == alone.own_route_id == "hotline-12345-2026"


def test_travels_as_json() -> None:
    """What is read back is what was written."""
    demand = make_demand("d", season=Season(begins=(11, 1), ends=(2, 28)))
    assert Demand.model_validate_json(demand.model_dump_json()) == demand
