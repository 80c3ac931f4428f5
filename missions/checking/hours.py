"""HOURS and CREW: flights are flown when people are there for it, and no more at once than they can watch."""

from collections.abc import Iterator
from datetime import time

from missions.checking.day import CheckedFlight, Day
from missions.checking.violation import Rule, Violation, clock


def check_hours(day: Day) -> Iterator[Violation]:
    """Take-off and landing lie within the operation's hours and, unless it flies at night, within daylight."""
    operations = day.district.operations
    spans = [("the flying day", _seconds(operations.day_begins), _seconds(operations.day_ends))]
    if not operations.night_flights:
        daylight = day.schedule.daylight
        spans.append(("daylight", day.seconds(daylight.begins_at), day.seconds(daylight.ends_at)))
    for one in day.flights:
        for name, begins_s, ends_s in spans:
            yield from _within(one, name, begins_s, ends_s)


def check_crew(day: Day) -> Iterator[Violation]:
    """At each take-off, how many flights are in the air with it."""
    limit = day.district.operations.flights_at_once
    for one in day.flights:
        count = sum(other.takes_off_s <= one.takes_off_s < other.lands_s for other in day.flights)
        if count > limit:
            begun = f"with flight '{one.id}' {count} flights are in the air at {clock(one.takes_off_s)}"
            text = f"{begun}; the crew may watch {limit} at once"
            yield Violation(rule=Rule.CREW, subject=one.id, text=text, limit=limit, value=count)


def _within(one: CheckedFlight, name: str, begins_s: float, ends_s: float) -> Iterator[Violation]:
    span = f"{name} is {clock(begins_s)}-{clock(ends_s)}"
    if one.takes_off_s < begins_s:
        text = f"flight '{one.id}' takes off at {clock(one.takes_off_s)}; {span}"
        yield Violation(rule=Rule.HOURS, subject=one.id, text=text, limit=begins_s, value=one.takes_off_s)
    if one.lands_s > ends_s:
        text = f"flight '{one.id}' lands at {clock(one.lands_s)}; {span}"
        yield Violation(rule=Rule.HOURS, subject=one.id, text=text, limit=ends_s, value=one.lands_s)


def _seconds(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
