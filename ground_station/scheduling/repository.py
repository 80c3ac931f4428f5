"""Schedules in the database."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.scheduling.tables import ScheduleRow


class ScheduleRepository:
    """What is asked of the schedules of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

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
