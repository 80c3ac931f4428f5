"""WINDOW, VALIDITY and SENSOR: a pass is flown when it may be, where it may be, by an aircraft that can."""

from collections.abc import Iterator

from missions.checking.day import CheckedVisit, Day
from missions.checking.violation import Rule, Violation, clock


def check_windows(day: Day) -> Iterator[Violation]:
    """Each visit lies wholly within one of its pass's windows."""
    for one in day.visits:
        if one.wanted is None:
            continue
        windows = [(day.seconds(span.begins_at), day.seconds(span.ends_at)) for span in one.wanted.windows]
        if not any(begins_s <= one.begins_s and one.ends_s <= ends_s for begins_s, ends_s in windows):
            listed = ", ".join(f"{clock(begins_s)}-{clock(ends_s)}" for begins_s, ends_s in windows) or "none"
            seen = f"{clock(one.begins_s)}-{clock(one.ends_s)}"
            text = f"pass '{one.wanted.id}' is seen {seen} in flight '{one.flight.id}', outside its windows ({listed})"
            yield Violation(rule=Rule.WINDOW, subject=one.wanted.id, text=text)


def check_validity(day: Day) -> Iterator[Violation]:
    """A route that is flown is valid on the day."""
    for one in day.visits:
        if one.route and not one.route.is_valid_on(day.schedule.day):
            span = f"{one.route.valid_from or 'ever'} to {one.route.valid_until or 'further notice'}"
            who = f"flight '{one.flight.id}' sees pass '{one.visit.pass_id}' on {day.schedule.day}"
            text = f"{who}; its route '{one.route.id}' is valid from {span}"
            yield Violation(rule=Rule.VALIDITY, subject=one.visit.pass_id, text=text)


def check_sensors(day: Day) -> Iterator[Violation]:
    """A pass in the infrared is flown by an aircraft with a thermal camera."""
    for one in day.visits:
        if _lacks_thermal(one):
            who = f"pass '{one.visit.pass_id}' needs a thermal camera"
            text = f"{who}; drone '{one.flight.flight.drone_id}' of flight '{one.flight.id}' has none"
            yield Violation(rule=Rule.SENSOR, subject=one.visit.pass_id, text=text)


def _lacks_thermal(one: CheckedVisit) -> bool:
    aircraft = one.flight.aircraft
    return one.wanted is not None and aircraft is not None and "thermal" in one.wanted.camera.sensor and not aircraft.thermal
