"""Aircraft's public keys in the database."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.aircraft_keys.tables import AircraftKeyRow


class AircraftKeyRepository:
    """What is asked of the keys of one district's aircraft."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def all(self) -> Sequence[AircraftKeyRow]:
        """Every key, in the order they were first seen."""
        query = select(AircraftKeyRow).where(AircraftKeyRow.district_id == self._district_id)
        return self._session.scalars(query.order_by(AircraftKeyRow.first_seen_at, AircraftKeyRow.key_id)).all()

    def of(self, drone_id: str) -> list[AircraftKeyRow]:
        """The keys of one aircraft, in that order."""
        return [row for row in self.all() if row.drone_id == drone_id]

    def one(self, drone_id: str, key_id: str) -> AircraftKeyRow | None:
        """The key with that id."""
        return self._session.get(AircraftKeyRow, (self._district_id, drone_id, key_id))

    def add(self, row: AircraftKeyRow) -> None:
        """Keeps a new key."""
        self._session.add(row)
        self._session.flush()
