"""When limits end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.district import TimeLimit
from missions.working_time import CHINA, DISTRICT_TIME, due_at


def at(day: str, clock: str) -> datetime:
    """A moment in the district's time."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=DISTRICT_TIME)


def limit(amount: float, unit: str) -> TimeLimit:
    """A time limit."""
    return TimeLimit.model_validate({"amount": amount, "unit": unit})


@pytest.mark.parametrize(
    ("opened", "amount", "unit", "due"),
    [
        # 2025-06-04 is a Wednesday: 2 h from 10:00 end at 12:00; 4 h pass the break, 2 h before it and 2 h from 13:30
        (at("2025-06-04", "10:00"), 2, "h", at("2025-06-04", "12:00")),
        (at("2025-06-04", "10:00"), 4, "h", at("2025-06-04", "15:30")),
        # half an hour is left on Wednesday; the rest of the hour is worked on Thursday
        (at("2025-06-04", "17:00"), 1, "h", at("2025-06-05", "09:30")),
        # in the break, and at night: the next working hour begins the count
        (at("2025-06-04", "12:30"), 1, "h", at("2025-06-04", "14:30")),
        (at("2025-06-04", "23:00"), 1, "h", at("2025-06-05", "10:00")),
        # a working day later at the same hour; over a weekend
        (at("2025-06-04", "10:00"), 1, "d", at("2025-06-05", "10:00")),
        (at("2025-06-06", "10:00"), 1, "d", at("2025-06-09", "10:00")),
        # round the clock
        (at("2025-06-04", "23:00"), 2, "u", at("2025-06-05", "01:00")),
        (at("2025-06-04", "10:00"), 0.5, "u", at("2025-06-04", "10:30")),
    ],
)
def test_ends(opened: datetime, amount: float, unit: str, due: datetime) -> None:
    """Hours are working hours, days are working days, and u runs round the clock."""
    assert due_at(opened, limit(amount, unit)) == due


def test_public_holidays_are_free() -> None:
    """National Day 2025 was free from Wednesday 1 to Wednesday 8 October."""
    assert due_at(at("2025-09-30", "17:00"), limit(1, "h")) == at("2025-10-09", "09:30")


def test_make_up_days_are_worked() -> None:
    """Sunday 28 September and Saturday 11 October 2025 were worked for it."""
    assert CHINA.is_working_day(date(2025, 9, 28))
    assert CHINA.is_working_day(date(2025, 10, 11))
    assert due_at(at("2025-09-27", "10:00"), limit(1, "h")) == at("2025-09-28", "10:00")


def test_year_without_arrangement_falls_back(caplog: pytest.LogCaptureFixture) -> None:
    """A limit that ends in a year nobody has published yet still ends, weekends are free, and the gap is told."""
    far = date(2091, 3, 3)
    assert not CHINA.is_published(far.year)
    assert CHINA.is_published(2025)
    saturday = next(day for n in range(7) if (day := far + timedelta(days=n)).weekday() == 5)
    assert not CHINA.is_working_day(saturday)
    assert due_at(datetime(2090, 12, 29, 2, tzinfo=UTC), limit(15, "d")).year == 2091


@pytest.mark.parametrize("year", [1900, 1950, 2101, 3000])
def test_no_year_crashes(year: int) -> None:
    """Years outside every table give due times too."""
    opened = datetime(year, 12, 30, 2, tzinfo=UTC)
    assert due_at(opened, limit(3, "d")) > opened


def test_time_without_zone_is_refused() -> None:
    """A moment without a zone is no moment."""
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2025, 6, 4, 10), limit(1, "h"))  # noqa: DTZ001


@given(
    minutes=st.integers(0, 500_000),
    amount=st.floats(0.25, 40),
    more=st.floats(0, 40),
    unit=st.sampled_from(["h", "d", "u"]),
)
def test_due_is_working_time_and_grows(minutes: int, amount: float, more: float, unit: str) -> None:
    """A longer limit never ends sooner, no limit ends before it began, and h and d end within working hours."""
    opened = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = due_at(opened, limit(amount, unit))
    assert opened < due <= due_at(opened, limit(amount + more, unit))
    if unit != "u":
        assert CHINA.is_working_day(due.date())
        assert any(start <= due.time() <= end for start, end in CHINA.hours.spans)
