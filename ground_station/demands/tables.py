"""Demands beside the catalogue's standing ones, and what was changed of those."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.demand import Demand
from missions.demand_change import DemandChange
from missions.route import Route


class DemandRow(Base):
    """A demand beside the catalogue's standing ones, with the route that serves it. It is planned for once it is accepted."""

    __tablename__ = "demands"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    demand: Mapped[Demand] = mapped_column(NounJson(Demand))
    route: Mapped[Route] = mapped_column(NounJson(Route))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime())
    registered_by: Mapped[str] = mapped_column(String(80))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class DemandChangeRow(Base):
    """What this station has changed of one of the catalogue's standing demands."""

    __tablename__ = "demand_changes"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    change: Mapped[DemandChange] = mapped_column(NounJson(DemandChange))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_by: Mapped[str] = mapped_column(String(80))
