"""Where a flight stands after the events known of it, in whatever order they came in."""

from collections.abc import Sequence

from ground_station.flights.tables import FlightEventRow, FlightRow
from missions.errors import Conflict
from missions.flight import FINAL_STATES, Flight, FlightEvent, FlightEventKind, FlightState, advance

_ENDS = frozenset(FINAL_STATES)
"""The kinds of event that end a flight have the names of the states they lead to."""

_GROUND_FIRST = FlightEventKind.DISPATCHED


def flight_of(row: FlightRow) -> Flight:
    """The noun of a row."""
    return Flight(
        id=row.id,
        plan=row.plan,
        state=FlightState(row.state),
        created_at=row.created_at,
        legs_completed=tuple(int(leg) for leg in row.legs_completed.split(",") if leg),
        reason=row.reason,
        ground_seen=row.ground_seen,
    )


def event_of(row: FlightEventRow) -> FlightEvent:
    """The noun of an event's row."""
    return FlightEvent(
        flight_id=row.flight_id,
        kind=FlightEventKind(row.kind),
        at=row.at,
        number=row.number or 0,
        leg_index=row.leg_index,
        reason=row.reason,
        ground_seen=row.ground_seen,
    )


def replay(row: FlightRow, events: Sequence[FlightEventRow]) -> None:
    """Sets the flight's state from all its events, and marks which of them fitted.

    Order: the dispatch, then the aircraft's events by their number, then what else the ground did. An event that does not fit
    is passed over, so a late one takes its place when it comes; what the aircraft says outranks a cancellation on the ground.
    """
    planned = {"state": FlightState.PLANNED, "legs_completed": (), "reason": "", "ground_seen": None}
    flight = flight_of(row).model_copy(update=planned)
    for event in sorted(events, key=_order):
        try:
            flight = advance(flight, event_of(event))
        except Conflict:
            event.applied = False
        else:
            event.applied = True
    _note_acts(row, [event for event in events if event.applied])
    row.state = flight.state
    row.legs_completed = ",".join(str(leg) for leg in flight.legs_completed)
    row.reason = flight.reason
    row.ground_seen = flight.ground_seen


def _note_acts(row: FlightRow, applied: Sequence[FlightEventRow]) -> None:
    """When the flight was dispatched and by whom, when it took off, and when it ended."""
    first = {event.kind: event for event in sorted(applied, key=_order, reverse=True)}
    dispatched, took_off = first.get(FlightEventKind.DISPATCHED), first.get(FlightEventKind.TOOK_OFF)
    row.dispatched_at, row.dispatched_by = (dispatched.at, dispatched.by) if dispatched else (None, None)
    row.took_off_at = took_off.at if took_off else None
    ended = [event.at for event in applied if event.kind in _ENDS]
    row.ended_at = ended[-1] if ended else None


def _order(event: FlightEventRow) -> tuple[int, int]:
    if event.number is not None:
        return (1, event.number)
    return (0 if event.kind == _GROUND_FIRST else 2, event.id)
