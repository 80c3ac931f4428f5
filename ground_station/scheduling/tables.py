"""The schedules of days."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.schedule import Schedule


class ScheduleRow(Base):
    """A schedule of a day. At most one of a day is in force; the others are kept for the record."""

    __tablename__ = "schedules"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), index=True)
    day: Mapped[date] = mapped_column(Date(), index=True)
    in_force: Mapped[bool] = mapped_column(Boolean())
    schedule: Mapped[Schedule] = mapped_column(NounJson(Schedule))
    value_bound: Mapped[float] = mapped_column(Float())
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
    made_by: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(1000))
