"""Demands and schedules in the database."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.flights.tables import FlightRow
from ground_station.scheduling.tables import DemandRow, ScheduleRow
from missions.flight import FlightState


class ScheduleRepository:
    """What is asked of the demands and schedules of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def demands(self) -> list[DemandRow]:
        """Registered demands that have not been withdrawn, by id."""
        query = select(DemandRow).where(DemandRow.district_id == self._district_id, DemandRow.withdrawn_at.is_(None))
        return list(self._session.scalars(query.order_by(DemandRow.id)))

    def demand(self, id: str) -> DemandRow | None:
        """The demand with that id, withdrawn or not."""
        return self._session.get(DemandRow, (id, self._district_id))

    def in_force(self, day: date) -> ScheduleRow | None:
        """The schedule of a day that is flown by."""
        query = select(ScheduleRow).where(
            ScheduleRow.district_id == self._district_id, ScheduleRow.day == day, ScheduleRow.in_force.is_(True)
        )
        return self._session.scalar(query)

    def in_force_between(self, first: date, last: date) -> list[ScheduleRow]:
        """Those of several days, both ends included, in the order of the days."""
        query = select(ScheduleRow).where(
            ScheduleRow.district_id == self._district_id,
            ScheduleRow.day >= first,
            ScheduleRow.day <= last,
            ScheduleRow.in_force.is_(True),
        )
        return list(self._session.scalars(query.order_by(ScheduleRow.day)))

    def put_in_force(self, row: ScheduleRow) -> None:
        """Keeps a schedule, in place of the one that was in force that day."""
        before = self.in_force(row.day)
        if before is not None:
            before.in_force = False
        self._session.add(row)
        self._session.flush()

    def add(self, row: DemandRow) -> None:
        """Keeps a new demand."""
        self._session.add(row)
        self._session.flush()

    def flown(self) -> Sequence[FlightRow]:
        """Flights of which something was flown, oldest first."""
        states = (FlightState.COMPLETED, FlightState.ABORTED)
        query = select(FlightRow).where(FlightRow.district_id == self._district_id, FlightRow.state.in_(states))
        return list(self._session.scalars(query.where(FlightRow.legs_completed != "").order_by(FlightRow.created_at)))
