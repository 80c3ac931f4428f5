"""The day as it goes: the schedule in force with what has become of the flights that were dispatched from it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ground_station.flights.tables import FlightRow
from missions.checking import Rule, Violation, check_schedule
from missions.district import District
from missions.flight import AIRBORNE_STATES, FlightState
from missions.ground import Ground
from missions.schedule import Schedule, ScheduledFlight
from missions.scheduling.dispatching import put_off
from missions.working_time import DISTRICT_TIME

VOID = frozenset({FlightState.PLANNED, FlightState.CANCELLED, FlightState.REFUSED})
"""A dispatch that came to this never left its dock: the scheduled flight waits as before."""

SHORT = frozenset({FlightState.ABORTED, FlightState.FAILED})
"""Flights that ended before they had seen everything."""


UNSTARTED = frozenset({FlightState.DISPATCHED, FlightState.READY})
"""Flights that are on their aircraft and have not taken off."""


@dataclass(frozen=True, slots=True)
class ActualDay:
    """`schedule` has each dispatched flight at the time it takes off, with the visits that it makes. `begun` are those that are
    under way or over, by id; the others wait for their dispatch.
    """

    schedule: Schedule
    begun: frozenset[str]
    timing_error: timedelta

    def against(
        self, flight: ScheduledFlight, district: District, now: datetime, ground: Ground | None = None
    ) -> list[Violation]:
        """What the checker has against flying `flight` as it is given, beside all that is under way or still to come."""
        others = [one for one in self.schedule.flights if one.id != flight.id and self._is_to_come(one, now)]
        flights = sorted((*others, flight), key=lambda one: one.takes_off_at)
        found = check_schedule(self.schedule.model_copy(update={"flights": tuple(flights)}), district, ground)
        return [one for one in found if _concerns(one, flight)]

    def _is_to_come(self, flight: ScheduledFlight, now: datetime) -> bool:
        """Under way, over, or not yet late: what was never dispatched is in nobody's way."""
        return flight.id in self.begun or flight.takes_off_at >= now - self.timing_error


def actual_day(
    schedule: Schedule,
    rows: Iterable[FlightRow],
    district: District,
    now: datetime,
    *,
    recalled: Collection[str] = (),
) -> ActualDay:
    """The schedule with what is known of its flights; those in `recalled` (by their schedule's id) see nothing more."""
    timing_error = timedelta(seconds=district.operations.timing_error_s)
    latest = dispatched(rows)
    flights = []
    for flight in schedule.flights:
        row = latest.get(flight.id)
        as_it_goes = flight if row is None else _as_it_goes(row, now, timing_error, flight.id in recalled)
        if as_it_goes is not None:
            flights.append(as_it_goes)
    flights.sort(key=lambda one: one.takes_off_at)
    return ActualDay(schedule.model_copy(update={"flights": tuple(flights)}), frozenset(latest), timing_error)


def flown_day(schedule: Schedule, rows: Sequence[FlightRow], district: District, now: datetime) -> Schedule:
    """A day as it goes; of a day that is over only the flights that took off."""
    actual = actual_day(schedule, rows, district, now).schedule
    if schedule.day >= now.astimezone(DISTRICT_TIME).date():
        return actual
    took_off = {id for id, row in dispatched(rows).items() if row.took_off_at is not None}
    return actual.model_copy(update={"flights": tuple(one for one in actual.flights if one.id in took_off)})


def dispatched(rows: Iterable[FlightRow]) -> dict[str, FlightRow]:
    """The schedule's id of each flight that may have left its dock -> what became of it. `rows` come oldest first."""
    return {row.order.flight.id: row for row in rows if row.order is not None and row.state not in VOID}


def _as_it_goes(row: FlightRow, now: datetime, timing_error: timedelta, recalled: bool) -> ScheduledFlight | None:
    """The flight as it is flown; None where it ended without having seen anything."""
    assert row.order is not None  # noqa: S101 - only such rows are asked about
    flight = row.order.flight
    takes_off_at = row.took_off_at or max(flight.takes_off_at, now)
    if abs(takes_off_at - flight.takes_off_at) > timing_error:
        flight = put_off(flight, takes_off_at - flight.takes_off_at)
    if row.state not in SHORT and row.state != FlightState.RETURNING and not recalled:
        return flight
    flight = _returned(flight)
    seen = _seen(row)
    if seen:
        visits = tuple(visit for number, visit in enumerate(flight.visits) if number in seen)
        return flight.model_copy(update={"visits": visits})
    return flight if row.state in AIRBORNE_STATES else None


def _returned(flight: ScheduledFlight) -> ScheduledFlight:
    """It ends where it took off, as a return does, wherever it was to land."""
    if flight.to_dock_id == flight.from_dock_id:
        return flight
    landed = flight.path[0].model_copy(update={"at": flight.path[-1].at})
    return flight.model_copy(update={"to_dock_id": flight.from_dock_id, "path": (*flight.path[:-1], landed)})


def _seen(row: FlightRow) -> set[int]:
    """The visits that were made; of an aircraft that was lost nothing may have come home."""
    if row.state == FlightState.FAILED:
        return set()
    return {int(number) for number in row.legs_completed.split(",") if number}


def _concerns(violation: Violation, flight: ScheduledFlight) -> bool:
    """Whether it is this flight's own fault: it is left to later ones to be late because of it."""
    if violation.rule in (Rule.ACCOUNTING, Rule.VALUE, Rule.UNKNOWN):
        return False
    passes = {visit.pass_id for visit in flight.visits}
    meets = violation.rule is Rule.SEPARATION and f"'{flight.id}'" in violation.text
    return violation.subject == flight.id or violation.subject in passes or meets
