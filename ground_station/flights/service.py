"""The life of a flight on the ground: plan, dispatch, command, and take in what the aircraft tells."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from ground_station.database import after_commit, hold_lock
from ground_station.errors import Complaint, Refused
from ground_station.flights.commands import CommandDesk, command_out
from ground_station.flights.progress import event_of, flight_of, replay
from ground_station.flights.repository import FlightRepository
from ground_station.flights.schemas import (
    CommandOut,
    FlightDetail,
    FlightOut,
    FlightVerb,
    RecordedEvent,
    Scheduled,
    TrackPoint,
)
from ground_station.flights.tables import CommandRow, FlightEventRow, FlightRow, TrackPointRow
from ground_station.paging import Page, PageRequest, before_cursor, make_cursor
from ground_station.ports import Clock, LiveEvent, Publish
from missions.district import District
from missions.errors import Conflict, InvalidInput, NotFound
from missions.flight import FINAL_STATES, FlightEvent, FlightEventKind, FlightState
from missions.geometry import GeoPoint
from missions.ground import Ground
from missions.plan import Plan
from missions.planning.flight_plan import plan_flight
from missions.planning.limits import Infeasible
from missions.schedule import FlightOrder
from missions.wind import STILL, Wind

logger = logging.getLogger(__name__)

ACTIVE_STATES = frozenset(FlightState) - FINAL_STATES - {FlightState.PLANNED}
"""States in which a flight holds its drone."""

_START_STATES: dict[FlightVerb, frozenset[FlightState]] = {
    "start": frozenset({FlightState.READY}),
    "resume": frozenset({FlightState.HOLDING}),
    "hold": ACTIVE_STATES,
    "return": ACTIVE_STATES,
    "cancel": frozenset({FlightState.PLANNED, FlightState.DISPATCHED, FlightState.READY}),
}
"""Where a command makes sense. Hold and return stay possible wherever the aircraft may be in the air unknown to us."""


BeforeStart = Callable[[Session, FlightRow], None]
"""Raises Conflict where a flight may not take off now."""


class FlightService:
    """Flights of one district."""

    def __init__(
        self,
        district: District,
        clock: Clock,
        desk: CommandDesk,
        publish: Publish,
        before_start: BeforeStart,
        ground: Ground | None = None,
    ) -> None:
        self._district = district
        self._ground = ground
        self._clock = clock
        self._publish = publish
        self._before_start = before_start
        self.desk = desk

    def plan(self, district: District, drone_id: str, route_ids: Sequence[str], wind: Wind = STILL) -> Plan:
        """A plan over these routes of `district` in this wind; raises Refused with every reason against it. It may take
        seconds, so that it is done outside of any transaction.
        """
        plan = plan_flight(district, drone_id, route_ids, at=self._clock(), wind=wind, ground=self._ground)
        if isinstance(plan, Infeasible):
            raise Refused("flight", [Complaint(where=reason.code, cause=reason.text) for reason in plan.reasons])
        return plan

    def add(self, session: Session, plan: Plan, by: str, order: FlightOrder | None = None) -> FlightOut:
        """A new flight of that plan; `order` where a day's schedule has it."""
        row = FlightRow(
            id=plan.id,
            district_id=plan.district_id,
            drone_id=plan.drone_id,
            state=FlightState.PLANNED,
            plan=plan,
            legs_completed="",
            reason="",
            created_at=plan.created_at,
            created_by=by,
            day=order.day if order else None,
            order=order,
        )
        self._rows(session).add(row)
        self._announce(session, row)
        return flight_out(row, None)

    def dispatch(self, session: Session, id: str, by: str) -> FlightOut:
        """Sends the plan to the aircraft; again where an earlier sending was not answered. Raises Conflict, NotFound."""
        row = self._row(session, id)
        hold_lock(session, f"drone {row.drone_id}")
        if not self._load_was_lost(session, row):
            self._check_free(session, row)
            self._happened(session, row, FlightEventKind.DISPATCHED, by)
        command = self.desk.give(session, row, "load", by)
        self._announce(session, row)
        return flight_out(row, command)

    def command(self, session: Session, id: str, verb: FlightVerb, by: str) -> CommandOut | None:
        """Gives the command; a flight that the aircraft has not got is cancelled here (None). Raises Conflict, NotFound."""
        row = self._row(session, id)
        if FlightState(row.state) not in _START_STATES[verb]:
            raise Conflict(f"flight {id} is {row.state}: '{verb}' cannot be done now")
        if verb == "cancel" and row.state == FlightState.PLANNED:
            self._happened(session, row, FlightEventKind.CANCELLED, by, "cancelled before dispatch")
            self._announce(session, row)
            return None
        if verb == "start":
            self._before_start(session, row)
        command = self.desk.give(session, row, verb, by)
        if verb == "cancel" and self._load_was_lost(session, row):
            self._happened(session, row, FlightEventKind.CANCELLED, by, "cancelled; the aircraft never answered")
            self._announce(session, row)
        return command_out(command)

    def take_event(self, session: Session, drone_id: str, event: FlightEvent) -> bool:
        """Records an event from the aircraft; tells whether it was new. Raises NotFound, InvalidInput if it is not ours."""
        row = self._row(session, event.flight_id)
        if row.drone_id != drone_id:
            raise InvalidInput("flight event", "flight_id", f"flight {row.id} is {row.drone_id}'s, not {drone_id}'s")
        if not 1 <= event.number < 2**31:
            raise InvalidInput("flight event", "number", f"{event.number} is not a number from 1")
        if event.leg_index is not None and not 0 <= event.leg_index < len(row.plan.legs):
            raise InvalidInput("flight event", "leg_index", f"flight {row.id} has no leg {event.leg_index}")
        events = self._rows(session).events(row.id)
        if any(known.number == event.number for known in events):
            return False
        self._record(session, row, event, by=drone_id, number=event.number)
        self._announce(session, row)
        return True

    def is_flight_of(self, session: Session, flight_id: str, drone_id: str) -> bool:
        """Whether there is such a flight, and it is that drone's."""
        row = self._rows(session).get(flight_id)
        return row is not None and row.drone_id == drone_id

    def add_track_point(self, session: Session, point: TrackPointRow) -> bool:
        """Keeps a point of the track, if the flight is known; tells whether it was."""
        rows = self._rows(session)
        if rows.get(point.flight_id) is None:
            return False
        rows.add(point)
        return True

    def open_over(self, session: Session, route_id: str) -> list[str]:
        """The flights over that route that are not over."""
        rows = self._rows(session).in_states([*(set(FlightState) - FINAL_STATES)])
        return sorted(row.id for row in rows if route_id in row.plan.route_ids)

    def active_by_drone(self, session: Session) -> dict[str, str]:
        """Drone id -> the flight that holds it."""
        rows = self._rows(session).in_states([*ACTIVE_STATES])
        return {row.drone_id: row.id for row in reversed(rows)}

    def page(
        self, session: Session, request: PageRequest, *, drone_id: str | None, state: FlightState | None
    ) -> Page[FlightOut]:
        """Flights, newest first."""
        conditions: list[ColumnElement[bool]] = before_cursor(request.cursor, FlightRow.created_at, FlightRow.id)
        if drone_id is not None:
            conditions.append(FlightRow.drone_id == drone_id)
        if state is not None:
            conditions.append(FlightRow.state == state)
        found = self._rows(session).page(conditions, request.limit + 1)
        shown = found[: request.limit]
        commands = self._rows(session).latest_commands([row.id for row in shown])
        cursor = make_cursor(shown[-1].created_at, shown[-1].id) if len(found) > request.limit else None
        return Page(items=[flight_out(row, commands.get(row.id)) for row in shown], next_cursor=cursor)

    def get(self, session: Session, id: str) -> FlightDetail:
        """A flight with all that happened; raises NotFound."""
        rows = self._rows(session)
        row = self._row(session, id, for_update=False)
        commands = rows.commands(id)
        return FlightDetail(
            **flight_out(row, commands[-1] if commands else None).model_dump(),
            events=[_recorded(event) for event in rows.events(id)],
            track=[_track_point(point) for point in rows.track(id)],
            commands=[command_out(command) for command in commands],
        )

    def _rows(self, session: Session) -> FlightRepository:
        return FlightRepository(session, self._district.id)

    def _row(self, session: Session, id: str, *, for_update: bool = True) -> FlightRow:
        row = self._rows(session).get(id, for_update=for_update)
        if row is None:
            raise NotFound(f"there is no flight '{id}'")
        return row

    def _check_free(self, session: Session, row: FlightRow) -> None:
        if row.state != FlightState.PLANNED:
            raise Conflict(f"flight {row.id} is {row.state}: it cannot be dispatched now")
        for other in self._rows(session).in_states([*ACTIVE_STATES], row.drone_id):
            raise Conflict(f"drone {row.drone_id} has flight {other.id}, which is {other.state}")

    def _load_was_lost(self, session: Session, row: FlightRow) -> bool:
        loads = [one for one in self._rows(session).commands(row.id) if one.command == "load"]
        return row.state == FlightState.DISPATCHED and bool(loads) and loads[-1].outcome in ("timed_out", "refused")

    def _happened(self, session: Session, row: FlightRow, kind: FlightEventKind, by: str, reason: str = "") -> None:
        event = FlightEvent(flight_id=row.id, kind=kind, at=self._clock(), reason=reason)
        self._record(session, row, event, by=by, number=None)

    def _record(self, session: Session, row: FlightRow, event: FlightEvent, *, by: str, number: int | None) -> None:
        recorded = FlightEventRow(
            district_id=row.district_id,
            flight_id=row.id,
            number=number,
            kind=event.kind,
            at=event.at,
            received_at=self._clock(),
            leg_index=event.leg_index,
            reason=event.reason,
            ground_seen=event.ground_seen,
            by=by,
            applied=False,
        )
        rows = self._rows(session)
        rows.add(recorded)
        before = row.state
        replay(row, rows.events(row.id))
        if not recorded.applied:
            logger.warning(
                "flight %s is %s: '%s' (number %s) does not fit and is kept aside", row.id, before, event.kind, number
            )
        logger.info("flight %s: %s -> %s by '%s' of %s", row.id, before, row.state, event.kind, by)

    def _announce(self, session: Session, row: FlightRow) -> None:
        latest = self._rows(session).latest_commands([row.id]).get(row.id)
        event = LiveEvent("flight", flight_out(row, latest).model_dump_json())
        after_commit(session, lambda: self._publish(event))


def flight_out(row: FlightRow, command: CommandRow | None) -> FlightOut:
    """A flight as shown."""
    return FlightOut(
        **dict(flight_of(row)),
        drone_id=row.drone_id,
        created_by=row.created_by,
        command=command_out(command) if command else None,
        scheduled=_scheduled(row.order) if row.order else None,
        dispatched_at=row.dispatched_at,
        dispatched_by=row.dispatched_by,
        took_off_at=row.took_off_at,
        ended_at=row.ended_at,
    )


def _scheduled(order: FlightOrder) -> Scheduled:
    flight = order.flight
    return Scheduled(day=order.day, flight_id=flight.id, takes_off_at=flight.takes_off_at, lands_at=flight.lands_at)


def _recorded(row: FlightEventRow) -> RecordedEvent:
    return RecordedEvent(**dict(event_of(row)), received_at=row.received_at, by=row.by, applied=row.applied)


def _track_point(row: TrackPointRow) -> TrackPoint:
    point = GeoPoint(lat_deg=row.lat_deg, lon_deg=row.lon_deg)
    return TrackPoint(at=row.at, point=point, height_m=row.height_m, battery_share=row.battery_share)
