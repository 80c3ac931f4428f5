"""Working time: when a time limit that counts working hours, working days or hours round the clock ends."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

import holidays

from missions.district import TimeLimit

logger = logging.getLogger(__name__)

DISTRICT_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's time. A fixed offset: there has been no summer time since 1991, and no time zone database is needed."""

SATURDAY = 5
LONGEST_SEARCH_DAYS = 3660
"""A limit that has not ended after ten years is a slip in the catalogue."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of a working day, in order and apart. The default: 09:00-12:00 and 13:30-17:30, seven hours."""

    spans: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(17, 30)))

    def per_day(self) -> timedelta:
        """How much working time a day has."""
        return sum((_on(date.min, end) - _on(date.min, start) for start, end in self.spans), timedelta())


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """China's working days with their hours.

    Public holidays and make-up working days are those of the `holidays` package. The State Council publishes a year's
    arrangement late in the year before; where the package does not have it yet, weekends and the holidays fixed by law
    count as free, no make-up days are known, and `is_published` says so.
    """

    hours: WorkingHours = field(default_factory=WorkingHours)

    def is_published(self, year: int) -> bool:
        """Whether the year's arrangement with its make-up days is known (every one since 2001 has some)."""
        return _arrangement(year).published

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`."""
        arrangement = _arrangement(day.year)
        if day in arrangement.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in arrangement.free_days

    def spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time from `moment` on, the first one cut to begin there."""
        local = moment.astimezone(DISTRICT_TIME)
        for number in range(LONGEST_SEARCH_DAYS):
            day = local.date() + timedelta(days=number)
            if not self.is_working_day(day):
                continue
            for start, end in self.hours.spans:
                if _on(day, end) > local:
                    yield max(_on(day, start), local), _on(day, end)


CHINA = WorkingCalendar()


def due_at(opened_at: datetime, limit: TimeLimit, calendar: WorkingCalendar = CHINA) -> datetime:
    """When `limit` ends that began at `opened_at`, in the district's time.

    u runs round the clock. h runs in working hours only. A d is one day's working hours: what is opened on Monday at
    10:00 with 1 d is due on Tuesday at 10:00; what is opened outside working hours begins with the next working hour.
    Raises ValueError where `opened_at` has no zone.
    """
    if opened_at.tzinfo is None:
        raise ValueError("opened_at needs a time zone")
    if limit.unit == "u":
        return opened_at.astimezone(DISTRICT_TIME) + timedelta(hours=limit.amount)
    per_unit = calendar.hours.per_day() if limit.unit == "d" else timedelta(hours=1)
    return _after_working(opened_at, per_unit * limit.amount, calendar)


def _after_working(opened_at: datetime, needed: timedelta, calendar: WorkingCalendar) -> datetime:
    for start, end in calendar.spans_from(opened_at):
        if needed <= end - start:
            return start + needed
        needed -= end - start
    raise ValueError(f"the limit does not end within {LONGEST_SEARCH_DAYS} days")


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, DISTRICT_TIME)


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """One year's free days, and the days at weekends that are worked."""

    published: bool
    free_days: frozenset[date]
    make_up_days: frozenset[date]


@cache
def _arrangement(year: int) -> _Arrangement:
    china = holidays.country_holidays("CN", years=year)
    make_up_days = frozenset(day for day in china.weekend_workdays if day.year == year)
    if not make_up_days:
        logger.warning("no published holiday arrangement for %d: make-up working days are unknown", year)
    return _Arrangement(bool(make_up_days), frozenset(day for day in china if day.year == year), make_up_days)
