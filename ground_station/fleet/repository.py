"""The drones' last words in the database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ground_station.fleet.tables import DroneStatusRow


class FleetRepository:
    """What is asked of the drones of one district."""

    def __init__(self, session: Session, district_id: str) -> None:
        self._session = session
        self._district_id = district_id

    def all(self) -> list[DroneStatusRow]:
        """Every drone that was ever heard."""
        return list(self._session.scalars(select(DroneStatusRow).where(DroneStatusRow.district_id == self._district_id)))

    def put(self, row: DroneStatusRow) -> None:
        """Keeps a drone's last words, in place of its earlier ones."""
        self._session.merge(row)
