"""Routes, and which catalogue they were read from."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.route import Route


class RouteRow(Base):
    """One route; `origin` is 'catalogue' or 'import'."""

    __tablename__ = "routes"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    origin: Mapped[str] = mapped_column(String(16))
    route: Mapped[Route] = mapped_column(NounJson(Route))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    updated_by: Mapped[str] = mapped_column(String(80))


class CatalogueStateRow(Base):
    """The hash of the catalogue's routes that the database has."""

    __tablename__ = "catalogue_state"

    district_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    routes_sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime())
