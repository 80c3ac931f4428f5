"""UNKNOWN: everything that the day names is in the catalogue."""

from collections.abc import Iterator

from missions.checking.day import CheckedFlight, Day
from missions.checking.violation import Rule, Violation


def check_references(day: Day) -> Iterator[Violation]:
    """The district, what passes, flights, visits and unserved passes name, and the drones that stay on the ground."""
    yield from _district(day)
    for one in day.schedule.passes:
        if one.route_id not in day.routes:
            yield _unknown(one.id, f"pass '{one.id}'", "route", one.route_id)
    for flight in day.flights:
        yield from _flight(flight, day)
    for waiting in day.schedule.unserved:
        if waiting.pass_id not in day.passes:
            yield _unknown(waiting.pass_id, "the list of unserved passes", "pass", waiting.pass_id)
    for drone_id in day.schedule.conditions.grounded_drones:
        if drone_id not in day.drones:
            yield _unknown(drone_id, "the list of grounded drones", "drone", drone_id)


def _district(day: Day) -> Iterator[Violation]:
    """It is the district's own day, and each of its drones has a type and a dock."""
    named = day.schedule.district_id
    if named != day.district.id:
        text = f"the schedule is of the district '{named}' and is checked with the catalogue of '{day.district.id}'"
        yield Violation(rule=Rule.UNKNOWN, subject=named, text=text)
    for drone in day.drones.values():
        if drone.type_id not in day.types:
            yield _unknown(drone.id, f"drone '{drone.id}'", "aircraft type", drone.type_id)
        if drone.dock_id not in day.docks:
            yield _unknown(drone.id, f"drone '{drone.id}'", "dock", drone.dock_id)


def _flight(one: CheckedFlight, day: Day) -> Iterator[Violation]:
    flight = one.flight
    if one.drone is None:
        yield _unknown(flight.id, f"flight '{flight.id}'", "drone", flight.drone_id)
    for dock_id in dict.fromkeys((flight.from_dock_id, flight.to_dock_id)):
        if dock_id not in day.docks:
            yield _unknown(flight.id, f"flight '{flight.id}'", "dock", dock_id)
    for visit in flight.visits:
        if visit.pass_id not in day.passes:
            yield _unknown(flight.id, f"flight '{flight.id}'", "pass", visit.pass_id)
        if visit.route_id not in day.routes:
            yield _unknown(flight.id, f"flight '{flight.id}'", "route", visit.route_id)


def _unknown(subject: str, who: str, what: str, named: str) -> Violation:
    return Violation(rule=Rule.UNKNOWN, subject=subject, text=f"{who} names the {what} '{named}', which there is not")
