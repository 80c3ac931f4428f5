"""Notices to departments."""

from datetime import date, datetime

from sqlalchemy import Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, UtcDateTime


class NoticeRow(Base):
    """A department is told that something of a day waits. It ends once that is planned, or not asked for any more."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "district_id", "made_at", "id"), Index(None, "district_id", "day", "subject"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    department_id: Mapped[str] = mapped_column(String(64))
    day: Mapped[date] = mapped_column(Date())
    subject: Mapped[str] = mapped_column(String(128))
    route_id: Mapped[str | None] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
