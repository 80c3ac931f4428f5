"""What is due on a day, and how much each look would be worth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from missions.demand import Demand
from missions.district import District
from missions.schedule import Span
from missions.working_time import DISTRICT_TIME

MOST_OVERDUE = 3.0
"""A demand that has waited longer counts as this many intervals: beyond, old neglect would crowd out all else."""

BETWEEN_LOOKS = 0.5
"""Several looks on one day have each a part of it, and so much of such a part lies between: two in one flight would show the
same thing twice."""

History = Mapping[str, datetime]
"""Demand id -> when it was last seen to; a demand that is not named never was."""


@dataclass(frozen=True, slots=True)
class DueDemand:
    """A demand to be served once on the day: `value` is priority times how overdue it is, in intervals, at the day's end.

    `number` counts the looks of the same day (a demand may be due twice).
    """

    demand: Demand
    value: float
    windows: tuple[Span, ...]
    number: int = 1


def flying_day(district: District, day: date, daylight: Span) -> Span:
    """When aircraft may be in the air on `day`: the operation's hours, within daylight unless nights are flown."""
    rules = district.operations
    begins, ends = _at(day, rules.day_begins), _at(day, rules.day_ends)
    if not rules.night_flights:
        begins, ends = max(begins, daylight.begins_at), min(ends, daylight.ends_at)
    return Span(begins_at=begins, ends_at=max(begins, ends))


def due_on(demands: Iterable[Demand], day: date, flying: Span, history: History) -> list[DueDemand]:
    """The demands whose interval has run out by the day's end, once for each look they are owed that day."""
    return [due for demand in demands if demand.holds_on(day) for due in _looks(demand, day, flying, history)]


def rehearsed_history(demands: Iterable[Demand], day: date, seed: int) -> dict[str, datetime]:
    """A made-up past for rehearsals: each route was last flown at a random moment of its interval before the day."""
    midnight = _at(day, time(0))
    past: dict[str, datetime] = {}
    for demand in demands:
        ground = demand.route_id or demand.id
        share = float(np.random.default_rng([seed, *ground.encode()]).random())
        if demand.interval_h is not None:
            past[demand.id] = midnight - timedelta(hours=share * demand.interval_h)
    return past


def _looks(demand: Demand, day: date, flying: Span, history: History) -> list[DueDemand]:
    spans = _windows(demand, day, flying)
    if not spans:
        return []
    last = history.get(demand.id)
    if demand.interval_h is None:
        return [] if last is not None else [DueDemand(demand, float(demand.priority), spans)]
    overdue = MOST_OVERDUE if last is None else _overdue(demand, demand.interval_h, last, day, flying)
    if overdue < 1.0:
        return []
    value = demand.priority * min(overdue, MOST_OVERDUE)
    times = demand.frequency.times if demand.frequency.per == "day" else 1
    if times == 1:
        return [DueDemand(demand, value, spans)]
    parts = [_part(flying, number, times) for number in range(times)]
    cut = [tuple(both for span in spans if (both := common(span, part)) is not None) for part in parts]
    worth = [value, *[float(demand.priority)] * (times - 1)]
    return [DueDemand(demand, worth[n], cut[n], n + 1) for n in range(times) if cut[n]]


def _overdue(demand: Demand, interval_h: float, last: datetime, day: date, flying: Span) -> float:
    """Intervals since it was last seen to. Of one that is wanted on named days, the days since then by those since the named
    day before: on Thursday, one of Tuesdays and Thursdays that was seen to on Tuesday has waited for one.
    """
    if not demand.named_days:
        return (flying.ends_at - last) / timedelta(hours=interval_h)
    since = next(days for days in range(1, 8) if (day - timedelta(days=days)).weekday() in demand.named_days)
    return (day - last.astimezone(DISTRICT_TIME).date()).days / since


def _windows(demand: Demand, day: date, flying: Span) -> tuple[Span, ...]:
    if not demand.windows:
        return (flying,) if flying.ends_at > flying.begins_at else ()
    open_today = (window for window in demand.windows if window.is_open_on(day))
    spans = (Span(begins_at=_at(day, one.begins), ends_at=_at(day, one.ends)) for one in open_today)
    return _united(both for span in spans if (both := common(span, flying)) is not None)


def _united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In their order, and those that overlap or touch as one."""
    united: list[Span] = []
    for span in sorted(spans, key=lambda one: one.begins_at):
        if united and span.begins_at <= united[-1].ends_at:
            united[-1] = Span(begins_at=united[-1].begins_at, ends_at=max(united[-1].ends_at, span.ends_at))
        else:
            united.append(span)
    return tuple(united)


def common(one: Span, other: Span) -> Span | None:
    """What two spans have in common; None where they have nothing."""
    begins, ends = max(one.begins_at, other.begins_at), min(one.ends_at, other.ends_at)
    return Span(begins_at=begins, ends_at=ends) if ends > begins else None


def _part(flying: Span, number: int, of: int) -> Span:
    """One of the equal parts of a day, with `BETWEEN_LOOKS` of a part left out between each two; to the second."""
    part_s = (flying.ends_at - flying.begins_at).total_seconds() / (of + BETWEEN_LOOKS * (of - 1))
    begins_s = number * (1 + BETWEEN_LOOKS) * part_s
    return Span(
        begins_at=flying.begins_at + timedelta(seconds=round(begins_s)),
        ends_at=flying.begins_at + timedelta(seconds=round(begins_s + part_s)),
    )


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, DISTRICT_TIME).astimezone(UTC)
