"""Comparisons in the database."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.statements.tables import ApartRow
from missions.scheduling.apart import ApartDay


class ApartRepository:
    """What is asked of the comparisons of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def put(self, row: ApartRow) -> None:
        """Keeps a comparison."""
        self._session.merge(row)

    def of(self, schedule_ids: Sequence[str]) -> dict[str, ApartDay]:
        """Those of these schedules, as far as there are any."""
        query = select(ApartRow).where(ApartRow.district_id == self._district_id, ApartRow.schedule_id.in_(schedule_ids))
        return {row.schedule_id: row.apart for row in self._session.scalars(query)}
