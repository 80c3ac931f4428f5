"""Registered demands, and the schedules of days."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.demand import Demand
from missions.route import Route
from missions.schedule import Schedule


class DemandRow(Base):
    """A demand beside the catalogue's standing ones, with the route that serves it."""

    __tablename__ = "demands"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    demand: Mapped[Demand] = mapped_column(NounJson(Demand))
    route: Mapped[Route] = mapped_column(NounJson(Route))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime())
    registered_by: Mapped[str] = mapped_column(String(80))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


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
