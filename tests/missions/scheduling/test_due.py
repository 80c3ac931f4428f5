"""What is due, how often, and what it is worth."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.calendar import TimeWindow
from missions.demand import Demand
from missions.district import District
from missions.operations import Operations
from missions.route import Frequency
from missions.schedule import Span
from missions.scheduling.daylight import daylight_on
from missions.scheduling.due import DueDemand, common, due_on, flying_day, rehearsed_history
from missions.working_time import DISTRICT_TIME
from tests.missions.scheduling.made_district import (
    AFTERNOON,
    DAY,
    FLYING,
    MORNING,
    ON_CALL,
    TWICE,
    make_demand,
    make_district,
    moment,
    span,
)

WEEKLY = Frequency(times=1, per="week")
LANDED = FLYING.ends_at


def looks(demand: Demand, last: datetime | None = None) -> list[DueDemand]:
    """What the demand is owed on the day."""
    return due_on([demand], DAY, FLYING, {} if last is None else {demand.id: last})


def test_summer_day_is_bound_by_hours() -> None:
    """From 8 to 18 o'clock the midsummer sun is up: the hours are the day."""
    district = make_district(operations=Operations(day_begins=time(8), day_ends=time(18)))
    day = date(2026, 6, 21)
    flying = flying_day(district, day, daylight_on(district, day))
    assert flying.begins_at == datetime(2026, 6, 21, 8, tzinfo=DISTRICT_TIME)
    assert flying.ends_at == datetime(2026, 6, 21, 18, tzinfo=DISTRICT_TIME)


def test_winter_day_is_bound_by_daylight(small: District) -> None:
    """Between 06:30 and 19:30 the midwinter sun rises and sets: daylight is the day, unless nights are flown."""
    day = date(2026, 12, 21)
    daylight = daylight_on(small, day)
    assert flying_day(small, day, daylight) == daylight
    night = flying_day(make_district(operations=Operations(night_flights=True)), day, daylight)
    assert (night.ends_at - night.begins_at) == timedelta(hours=13)


def test_no_time_between_hours_and_daylight(small: District) -> None:
    """Where it is dark in all the hours the flying day has no length, and nothing is due on it."""
    flying = flying_day(small, DAY, span(14 * 3600, 15 * 3600))
    assert flying.begins_at == flying.ends_at
    assert due_on([make_demand("d"), make_demand("e", windows=(MORNING,))], DAY, flying, {}) == []


@pytest.mark.parametrize(("days", "value"), [(7, 3 * 1.0), (10.5, 3 * 1.5), (21, 3 * 3.0), (70, 3 * 3.0), (None, 3 * 3.0)])
def test_value_is_priority_times_how_overdue(days: float | None, value: float) -> None:
    """A weekly demand of priority 3, by the weeks since its last visit at the day's end; three at most, and if never."""
    last = None if days is None else LANDED - timedelta(days=days)
    [due] = looks(make_demand("d", frequency=WEEKLY), last)
    assert due.value == pytest.approx(value)
    assert due.windows == (FLYING,)


def test_not_due_before_its_interval_is_over() -> None:
    """A weekly demand seen to six days and 23 hours before the day's end waits until tomorrow."""
    assert looks(make_demand("d", frequency=WEEKLY), LANDED - timedelta(days=7) + timedelta(hours=1)) == []


def test_twice_a_day_in_two_halves() -> None:
    """13 h are 2.5 parts of 5.2 h: 06:30-11:42 and 14:18-19:30. The first look is worth 3 * 19.5 h / 12 h since midnight, the
    second, which comes while the first is fresh, 3.
    """
    first, second = looks(make_demand("d", frequency=TWICE), moment(-6.5 * 3600))
    assert first.windows == (span(0, 5.2 * 3600),)
    assert second.windows == (span(7.8 * 3600, 13 * 3600),)
    assert (first.number, second.number) == (1, 2)
    assert (first.value, second.value) == pytest.approx((3 * 19.5 / 12, 3.0))


def test_looks_that_no_window_leaves_room_for_are_not_asked() -> None:
    """Two looks a day in the morning only are one; in morning and afternoon two, each in its own window."""
    assert [due.windows for due in looks(make_demand("d", frequency=TWICE, windows=(MORNING,)))] == [(span(1800, 12600),)]
    both = looks(make_demand("d", frequency=TWICE, windows=(MORNING, AFTERNOON)))
    assert [due.windows for due in both] == [(span(1800, 12600),), (span(9 * 3600, 12.5 * 3600),)]


def test_windows_of_other_days_are_closed() -> None:
    """The day is a Tuesday: a window of Mondays leaves nothing."""
    monday = TimeWindow(begins=time(8), ends=time(9), weekdays=(0,))
    assert looks(make_demand("d", windows=(monday,))) == []
    assert [due.windows for due in looks(make_demand("d", windows=(monday, MORNING)))] == [(span(1800, 12600),)]


TUESDAYS_AND_THURSDAYS = (TimeWindow(begins=time(7), ends=time(9), weekdays=(1, 3)),)


def test_named_weekdays() -> None:
    """Tuesdays and Thursdays from 7 to 9: due on both, once each, though a week's half is longer than the two days between."""
    demand = make_demand("d", frequency=Frequency(times=2, per="week"), windows=TUESDAYS_AND_THURSDAYS)
    week = [date(2026, 6, 1) + timedelta(days=number) for number in range(8)]  # Monday to Monday
    seen: dict[str, datetime] = {}
    worth = []
    for day in week:
        flying = Span(begins_at=at(day, 6), ends_at=at(day, 19))
        found = due_on([demand], day, flying, seen)
        worth += [(day.weekday(), one.value) for one in found]
        assert all(one.windows == (Span(begins_at=at(day, 7), ends_at=at(day, 9)),) for one in found)
        if found:
            seen = {"d": at(day, 8)}
            assert due_on([demand], day, flying, seen) == []
    assert worth == [(1, 9.0), (3, 3.0)]


def test_missed_weekday_counts() -> None:
    """Seen to on a Tuesday and not on Thursday: on the Tuesday after it has waited 7 days of 5."""
    demand = make_demand("d", frequency=Frequency(times=2, per="week"), windows=TUESDAYS_AND_THURSDAYS)
    [one] = looks(demand, at(DAY - timedelta(days=7), 8))
    assert one.value == pytest.approx(3 * 7 / 5)


def test_event_of_one_day() -> None:
    """On the fifth of December from 8 to 12 and never else: an event is valid for a day, in a window of it."""
    day = date(2026, 12, 5)
    window = TimeWindow(begins=time(8), ends=time(12))
    event = make_demand("d", frequency=ON_CALL, windows=(window,), valid_from=day, valid_until=day)
    found = {
        one: due_on([event], one, Span(begins_at=at(one, 7), ends_at=at(one, 17)), {})
        for one in (day - timedelta(days=1), day, day + timedelta(days=1))
    }
    assert [len(looks) for looks in found.values()] == [0, 1, 0]
    assert found[day][0].windows == (Span(begins_at=at(day, 8), ends_at=at(day, 12)),)


def at(day: date, hour: int) -> datetime:
    """An hour of a day in the district."""
    return datetime.combine(day, time(hour), DISTRICT_TIME)


def test_windows_are_put_in_order_and_together() -> None:
    """However they are written down: 08:00-10:00 with 07:00-09:00 is 07:00-10:00, and early hours are cut off."""
    late, early, night = ((8, 10), (7, 9), (5, 6))
    windows = [TimeWindow(begins=time(a), ends=time(b)) for a, b in (late, early, night)]
    [due] = looks(make_demand("d", windows=windows))
    assert due.windows == (span(1800, 12600),)


def test_on_call_is_due_until_it_is_done() -> None:
    """What is asked for once is due at its priority, and never again after it was seen to."""
    once = make_demand("d", frequency=ON_CALL, priority=5)
    assert [due.value for due in looks(once)] == [5.0]
    assert looks(once, LANDED - timedelta(days=400)) == []


def test_what_does_not_hold_is_not_due() -> None:
    """A demand that lapsed yesterday is not due today."""
    assert looks(make_demand("d", valid_until=DAY - timedelta(days=1))) == []


hours = st.integers(0, 23)


@given(
    windows=st.lists(st.tuples(hours, st.integers(1, 24)), max_size=4),
    times=st.integers(1, 24),
    since_h=st.one_of(st.none(), st.floats(0, 200)),
)
def test_looks_lie_in_the_day_and_apart(windows: list[tuple[int, int]], times: int, since_h: float | None) -> None:
    """Whatever is asked: looks' windows are in order, disjoint, within the day, and each look's lie after the look's before."""
    made = [TimeWindow(begins=time(a), ends=time(b - 1, 59)) for a, b in windows if b > a]
    demand = make_demand("d", frequency=Frequency(times=times, per="day"), windows=made)
    due = looks(demand, None if since_h is None else LANDED - timedelta(hours=since_h))
    spans = [one for look in due for one in look.windows]
    assert all(one.begins_at < one.ends_at for one in spans)
    assert all(a.ends_at < b.begins_at for a, b in pairwise(spans))
    assert all(FLYING.begins_at <= one.begins_at and one.ends_at <= FLYING.ends_at for one in spans)
    assert all(0 < look.value <= 3 * 3.0 for look in due)


def test_rehearsed_past_is_repeatable() -> None:
    """The same seed makes the same past, another one another; a route's demands of one interval were seen to at one time."""
    demands = [make_demand("r:a", "r"), make_demand("r:b", "r"), make_demand("s:a", "s"), make_demand("e", frequency=ON_CALL)]
    past = rehearsed_history(demands, DAY, 1)
    assert past == rehearsed_history(demands, DAY, 1)
    assert past != rehearsed_history(demands, DAY, 2)
    assert past["r:a"] == past["r:b"] != past["s:a"]
    assert "e" not in past


@given(seed=st.integers(0, 2**32), times=st.integers(1, 24), per=st.sampled_from(["day", "week", "month"]))
def test_rehearsed_past_lies_within_an_interval(seed: int, times: int, per: str) -> None:
    """Every visit was within one interval before the day's midnight."""
    demand = make_demand("d", frequency=Frequency.model_validate({"times": times, "per": per}))
    midnight = datetime.combine(DAY, time(), DISTRICT_TIME).astimezone(UTC)
    waited = midnight - rehearsed_history([demand], DAY, seed)["d"]
    assert timedelta(0) <= waited <= timedelta(hours=demand.interval_h or 0)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [((0, 9), (5, 20), (5, 9)), ((0, 9), (9, 20), None), ((0, 4), (5, 6), None), ((0, 9), (2, 3), (2, 3))],
)
def test_what_spans_have_in_common(one: tuple[int, int], other: tuple[int, int], both: tuple[int, int] | None) -> None:
    """Touching is nothing in common; the order does not matter."""
    expected: Span | None = span(*both) if both else None
    assert common(span(*one), span(*other)) == common(span(*other), span(*one)) == expected
