"""Flights with their events, commands and tracks."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.flight import GroundSeen
from missions.plan import Plan
from missions.schedule import FlightOrder

_FLIGHT = "flights.id"


class FlightRow(Base):
    """One flight: its plan, and where it stands after all events known. `order`: what the day's schedule says of it, and
    `day` that schedule's, where it was dispatched from there.
    """

    __tablename__ = "flights"
    __table_args__ = (
        Index(None, "district_id", "drone_id", "state"),
        Index(None, "district_id", "created_at", "id"),
        Index(None, "day"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    drone_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    plan: Mapped[Plan] = mapped_column(NounJson(Plan))
    legs_completed: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    ground_seen: Mapped[GroundSeen | None] = mapped_column(NounJson(GroundSeen))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_by: Mapped[str] = mapped_column(String(80))
    day: Mapped[date | None] = mapped_column(Date())
    order: Mapped[FlightOrder | None] = mapped_column("flight_order", NounJson(FlightOrder))
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    dispatched_by: Mapped[str | None] = mapped_column(String(80))
    took_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class FlightEventRow(Base):
    """One event. `number` counts on the aircraft, from 1; events on the ground have none. `applied`: it fitted the state."""

    __tablename__ = "flight_events"
    __table_args__ = (UniqueConstraint("flight_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    district_id: Mapped[str] = mapped_column(String(64))
    flight_id: Mapped[str] = mapped_column(ForeignKey(_FLIGHT), index=True)
    number: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    leg_index: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text, default="")
    ground_seen: Mapped[GroundSeen | None] = mapped_column(NounJson(GroundSeen))
    by: Mapped[str] = mapped_column(String(80))
    applied: Mapped[bool] = mapped_column(default=False)


class CommandRow(Base):
    """One command to an aircraft, and what became of it: sent, accepted, refused or timed_out."""

    __tablename__ = "commands"
    __table_args__ = (Index(None, "district_id", "outcome"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    drone_id: Mapped[str] = mapped_column(String(32))
    flight_id: Mapped[str] = mapped_column(ForeignKey(_FLIGHT), index=True)
    command: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    outcome: Mapped[str] = mapped_column(String(16))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reason: Mapped[str] = mapped_column(Text, default="")


class TrackPointRow(Base):
    """Where an aircraft was in a flight, about once a second."""

    __tablename__ = "track_points"
    __table_args__ = (Index(None, "flight_id", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    district_id: Mapped[str] = mapped_column(String(64))
    flight_id: Mapped[str] = mapped_column(ForeignKey(_FLIGHT))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    lat_deg: Mapped[float]
    lon_deg: Mapped[float]
    height_m: Mapped[float | None]
    battery_share: Mapped[float | None]
