"""Demands in the database."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ground_station.demands.tables import DemandChangeRow, DemandRow
from ground_station.flights.tables import FlightRow
from missions.flight import FlightState


class DemandRepository:
    """What is asked of the demands of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def registered(self) -> list[DemandRow]:
        """Registered and proposed demands that have not been withdrawn, by id."""
        query = select(DemandRow).where(DemandRow.district_id == self._district_id, DemandRow.withdrawn_at.is_(None))
        return list(self._session.scalars(query.order_by(DemandRow.id)))

    def get(self, id: str) -> DemandRow | None:
        """The demand with that id, withdrawn or not."""
        return self._session.get(DemandRow, (id, self._district_id))

    def add(self, row: DemandRow) -> None:
        """Keeps a new demand."""
        self._session.add(row)
        self._session.flush()

    def changes(self) -> dict[str, DemandChangeRow]:
        """What was changed of standing demands, by id."""
        query = select(DemandChangeRow).where(DemandChangeRow.district_id == self._district_id)
        return {row.id: row for row in self._session.scalars(query)}

    def put_change(self, row: DemandChangeRow) -> None:
        """Keeps a change, in place of an earlier one of the same demand."""
        self._session.merge(row)

    def drop_change(self, id: str) -> None:
        """Forgets a change."""
        rows = delete(DemandChangeRow).where(DemandChangeRow.district_id == self._district_id, DemandChangeRow.id == id)
        self._session.execute(rows)

    def flown(self) -> Sequence[FlightRow]:
        """Flights of which something was flown, oldest first."""
        states = (FlightState.COMPLETED, FlightState.ABORTED)
        query = select(FlightRow).where(FlightRow.district_id == self._district_id, FlightRow.state.in_(states))
        return list(self._session.scalars(query.where(FlightRow.legs_completed != "").order_by(FlightRow.created_at)))
