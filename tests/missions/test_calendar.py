"""Times of day and of year."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from missions.calendar import Season, TimeWindow

LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]


def test_window_length() -> None:
    """Half past seven to ten are 150 minutes; seconds count."""
    assert TimeWindow(begins=time(7, 30), ends=time(10)).length_min == 150
    assert TimeWindow(begins=time(7, 0, 30), ends=time(7, 2)).length_min == 1.5


@pytest.mark.parametrize("ends", [time(7), time(6, 59)])
def test_window_needs_a_length(ends: time) -> None:
    """A window that ends as it begins, or before, is refused; one over midnight too."""
    with pytest.raises(ValidationError, match="ends lies before begins"):
        TimeWindow(begins=time(7), ends=ends)


def test_window_of_some_days() -> None:
    """2026-06-01 is a Monday; a window that names no day is of every day."""
    week = [date(2026, 6, 1) + timedelta(days=number) for number in range(7)]
    weekend = TimeWindow(begins=time(7), ends=time(10), weekdays=(5, 6))
    assert [weekend.is_open_on(day) for day in week] == [False] * 5 + [True] * 2
    assert all(TimeWindow(begins=time(7), ends=time(10)).is_open_on(day) for day in week)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_no_such_weekday(weekday: int) -> None:
    """Days are numbered from 0 to 6."""
    with pytest.raises(ValidationError, match="weekdays"):
        TimeWindow(begins=time(7), ends=time(10), weekdays=(weekday,))


def test_season_over_new_year() -> None:
    """The heating season reaches from November to March; both of its days belong to it."""
    heating = Season(begins=(11, 15), ends=(3, 15))
    inside = [date(2025, 11, 15), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 15)]
    outside = [date(2025, 11, 14), date(2026, 3, 16), date(2026, 7, 1)]
    assert [heating.holds_on(day) for day in inside + outside] == [True] * 4 + [False] * 3


@given(first=st.sampled_from(LEAP_YEAR), last=st.sampled_from(LEAP_YEAR))
def test_season_is_what_one_walks_through(first: date, last: date) -> None:
    """A season is every day that is met walking from its first to its last, round the end of the year if need be."""
    season = Season(begins=(first.month, first.day), ends=(last.month, last.day))
    begin, end = LEAP_YEAR.index(first), LEAP_YEAR.index(last)
    walked = {LEAP_YEAR[(begin + step) % 366] for step in range((end - begin) % 366 + 1)}
    assert {day for day in LEAP_YEAR if season.holds_on(day)} == walked
