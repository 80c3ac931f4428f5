"""Demands in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ground_station.demands.history import history_of
from ground_station.demands.tables import DemandChangeRow, DemandRow
from ground_station.flights.tables import FlightEventRow, FlightRow
from missions.demand import Demand
from missions.flight import FlightEventKind, FlightState


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

    def seen(self, demands: Sequence[Demand]) -> dict[str, datetime]:
        """When each of the demands was last seen to. An aircraft that was lost may not have brought home what it saw."""
        flown = select(FlightRow).where(
            FlightRow.district_id == self._district_id,
            FlightRow.state != FlightState.FAILED,
            FlightRow.legs_completed != "",
        )
        events = select(FlightEventRow.flight_id, FlightEventRow.leg_index, FlightEventRow.at).where(
            FlightEventRow.district_id == self._district_id,
            FlightEventRow.kind == FlightEventKind.LEG_COMPLETED,
            FlightEventRow.leg_index.is_not(None),
            FlightEventRow.applied.is_(True),
        )
        completed_at = {(flight_id, leg): at for flight_id, leg, at in self._session.execute(events) if leg is not None}
        return history_of(self._session.scalars(flown), completed_at, demands)
