"""ACCOUNTING and VALUE: every pass is flown once or waits with a reason, and counts for something."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import isfinite

from missions.checking.day import Day
from missions.checking.violation import Rule, Violation
from missions.schedule import Pass

SAME_VALUE = 1e-6
"""What two sums of the same values may differ by."""


def check_accounting(day: Day) -> Iterator[Violation]:
    """Every pass is in exactly one visit or exactly once in `unserved`, with a reason; ids are unique, routes agree."""
    yield from _repeated("pass", (one.id for one in day.schedule.passes))
    yield from _repeated("flight", (one.id for one in day.schedule.flights))
    flown = Counter(one.visit.pass_id for one in day.visits)
    waiting = Counter(one.pass_id for one in day.schedule.unserved)
    for id in day.passes:
        if flown[id] + waiting[id] != 1:
            text = f"pass '{id}' is in {flown[id]} visits and {waiting[id]} times among the unserved: together that must be 1"
            yield Violation(rule=Rule.ACCOUNTING, subject=id, text=text, limit=1, value=flown[id] + waiting[id])
    for one in day.schedule.unserved:
        if not one.text.strip():
            text = f"pass '{one.pass_id}' is unserved ({one.code}) and its text says nothing of why"
            yield Violation(rule=Rule.ACCOUNTING, subject=one.pass_id, text=text)
    yield from _other_routes(day)
    if any(one.looks for one in day.schedule.passes):
        for wanted in day.schedule.passes:
            yield from _other_demands(wanted)


def check_values(day: Day) -> Iterator[Violation]:
    """A pass's value is a number and not negative."""
    for one in day.schedule.passes:
        if not (isfinite(one.value) and one.value >= 0):
            text = f"pass '{one.id}' has the value {one.value:g}; it must be a number of at least 0"
            yield Violation(rule=Rule.VALUE, subject=one.id, text=text, limit=0, value=one.value)


def _other_demands(one: Pass) -> Iterator[Violation]:
    """A pass says of every demand what it asks, and its departments and its value follow from that. A schedule in which no
    pass says so was stored before they did.
    """
    asked = tuple(look.demand_id for look in one.looks)
    if asked != one.demand_ids:
        text = f"pass '{one.id}' serves {_listed(one.demand_ids)}, and says what is asked by {_listed(asked)}"
        yield Violation(rule=Rule.ACCOUNTING, subject=one.id, text=text)
        return
    departments = {look.department_id for look in one.looks}
    if departments != set(one.departments):
        text = f"pass '{one.id}' is of {_listed(one.departments)}; its demands are of {_listed(sorted(departments))}"
        yield Violation(rule=Rule.ACCOUNTING, subject=one.id, text=text)
    worth = sum(look.value for look in one.looks)
    if abs(worth - one.value) > SAME_VALUE:
        text = f"pass '{one.id}' has the value {one.value:g}; its demands are worth {worth:g} together"
        yield Violation(rule=Rule.VALUE, subject=one.id, text=text, limit=worth, value=one.value)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"'{id}'" for id in ids) or "nobody"


def _repeated(what: str, ids: Iterable[str]) -> Iterator[Violation]:
    for id, count in Counter(ids).items():
        if count > 1:
            text = f"the id of {what} '{id}' is given {count} times: it must be 1"
            yield Violation(rule=Rule.ACCOUNTING, subject=id, text=text, limit=1, value=count)


def _other_routes(day: Day) -> Iterator[Violation]:
    """Visits and unserved passes say the route that their pass says."""
    said = [(one.visit.pass_id, one.visit.route_id) for one in day.visits]
    said += [(one.pass_id, one.route_id) for one in day.schedule.unserved]
    for pass_id, route_id in said:
        wanted = day.passes.get(pass_id)
        if wanted and wanted.route_id != route_id:
            text = f"pass '{pass_id}' is of route '{wanted.route_id}', and is accounted for as one of route '{route_id}'"
            yield Violation(rule=Rule.ACCOUNTING, subject=pass_id, text=text)
