"""What was last heard of each drone."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.contracts.messages import Born
from missions.telemetry import Telemetry


class DroneStatusRow(Base):
    """One drone's last words; written every few seconds, so that a restarted station knows them."""

    __tablename__ = "drone_status"

    drone_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime())
    present: Mapped[bool]
    born: Mapped[Born | None] = mapped_column(NounJson(Born))
    telemetry: Mapped[Telemetry | None] = mapped_column(NounJson(Telemetry))
    session: Mapped[str | None] = mapped_column(String(64))
    last_sequence: Mapped[int] = mapped_column(BigInteger)
    sequence_gaps: Mapped[int] = mapped_column(Integer)
