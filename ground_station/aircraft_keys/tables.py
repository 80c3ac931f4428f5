"""Aircraft's public keys."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, UtcDateTime


class AircraftKeyRow(Base):
    """A key that an aircraft said is its own. `accepted_at` None: it waits for a person; `accepted_by` None: the first one."""

    __tablename__ = "aircraft_keys"

    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    drone_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_key: Mapped[str] = mapped_column(String(64))
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    accepted_by: Mapped[str | None] = mapped_column(String(80))
