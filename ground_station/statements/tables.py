"""What flying department by department would have taken, for each schedule that was in force."""

from datetime import date, datetime

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.scheduling.apart import ApartDay


class ApartRow(Base):
    """The comparison of one schedule."""

    __tablename__ = "apart_days"

    schedule_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), index=True)
    day: Mapped[date] = mapped_column(Date())
    apart: Mapped[ApartDay] = mapped_column(NounJson(ApartDay))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime())
