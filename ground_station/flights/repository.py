"""Flights in the database."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ground_station.flights.tables import CommandRow, FlightEventRow, FlightRow, TrackPointRow


class FlightRepository:
    """What is asked of the flights of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def get(self, id: str, *, for_update: bool = False) -> FlightRow | None:
        """The flight with that id."""
        query = select(FlightRow).where(FlightRow.id == id, FlightRow.district_id == self._district_id)
        return self._session.scalar(query.with_for_update() if for_update else query)

    def page(self, conditions: Iterable[ColumnElement[bool]], limit: int) -> list[FlightRow]:
        """Flights that fulfil the conditions, newest first."""
        query = select(FlightRow).where(FlightRow.district_id == self._district_id, *conditions)
        return list(self._session.scalars(query.order_by(FlightRow.created_at.desc(), FlightRow.id.desc()).limit(limit)))

    def in_states(self, states: Sequence[str], drone_id: str | None = None) -> list[FlightRow]:
        """Flights in one of the states, newest first."""
        query = select(FlightRow).where(FlightRow.district_id == self._district_id, FlightRow.state.in_(states))
        if drone_id is not None:
            query = query.where(FlightRow.drone_id == drone_id)
        return list(self._session.scalars(query.order_by(FlightRow.created_at.desc())))

    def ordered_on(self, day: date) -> list[FlightRow]:
        """Flights that were dispatched from the schedule of a day, oldest first."""
        query = select(FlightRow).where(FlightRow.district_id == self._district_id, FlightRow.day == day)
        return list(self._session.scalars(query.order_by(FlightRow.created_at, FlightRow.id)))

    def events(self, flight_id: str) -> list[FlightEventRow]:
        """All events of a flight, in the order they arrived."""
        query = select(FlightEventRow).where(FlightEventRow.flight_id == flight_id).order_by(FlightEventRow.id)
        return list(self._session.scalars(query))

    def track(self, flight_id: str) -> list[TrackPointRow]:
        """The track of a flight."""
        query = select(TrackPointRow).where(TrackPointRow.flight_id == flight_id)
        return list(self._session.scalars(query.order_by(TrackPointRow.at, TrackPointRow.id)))

    def commands(self, flight_id: str) -> list[CommandRow]:
        """The commands of a flight, oldest first."""
        query = select(CommandRow).where(CommandRow.flight_id == flight_id)
        return list(self._session.scalars(query.order_by(CommandRow.sent_at, CommandRow.id)))

    def latest_commands(self, flight_ids: Sequence[str]) -> dict[str, CommandRow]:
        """Flight id -> its latest command."""
        latest = (
            select(CommandRow.flight_id, func.max(CommandRow.sent_at).label("sent_at"))
            .where(CommandRow.flight_id.in_(flight_ids))
            .group_by(CommandRow.flight_id)
            .subquery()
        )
        query = select(CommandRow).join(
            latest, (CommandRow.flight_id == latest.c.flight_id) & (CommandRow.sent_at == latest.c.sent_at)
        )
        return {row.flight_id: row for row in self._session.scalars(query)}

    def command(self, id: str) -> CommandRow | None:
        """The command with that id."""
        return self._session.scalar(select(CommandRow).where(CommandRow.id == id, CommandRow.district_id == self._district_id))

    def unanswered(self) -> list[CommandRow]:
        """Commands that wait for their answer."""
        query = select(CommandRow).where(CommandRow.district_id == self._district_id, CommandRow.outcome == "sent")
        return list(self._session.scalars(query.order_by(CommandRow.sent_at)))

    def unanswered_before(self, at: datetime) -> list[CommandRow]:
        """Commands that should have been answered by now."""
        return [row for row in self.unanswered() if row.expires_at <= at]

    def add(self, row: FlightRow | FlightEventRow | CommandRow | TrackPointRow) -> None:
        """Keeps a new row."""
        self._session.add(row)
        self._session.flush()
