"""Findings, their pictures, and incidents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from ground_station.database import Base, NounJson, UtcDateTime
from missions.evidence.record import EvidenceRecord
from missions.finding import Finding


class IncidentRow(Base):
    """One matter. `cell` is the H3 cell (resolution 11) of its place; candidates for merging are found by it.

    `review_below`: the confidence it lacked to need no person. `review_reason`: why else it waits for one; later why the person
    decided so.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        Index(None, "district_id", "class_key", "cell"),
        Index(None, "district_id", "last_seen_at", "id"),
        Index(None, "district_id", "department_id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    class_key: Mapped[str] = mapped_column(String(64))
    category: Mapped[str] = mapped_column(String(64))
    department_id: Mapped[str] = mapped_column(String(64))
    sub_district_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    cell: Mapped[str] = mapped_column(String(16))
    lat_deg: Mapped[float]
    lon_deg: Mapped[float]
    semi_major_m: Mapped[float]
    semi_minor_m: Mapped[float]
    orientation_deg: Mapped[float]
    confidence: Mapped[float]
    findings: Mapped[int] = mapped_column(Integer)
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    earlier_incident_id: Mapped[str | None] = mapped_column(ForeignKey("incidents.id"))
    work_order_id: Mapped[str | None] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reviewed_by: Mapped[str | None] = mapped_column(String(80))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    review_reason: Mapped[str] = mapped_column(Text, default="")
    review_below: Mapped[float | None]


class FindingRow(Base):
    """One finding as it came, and the incident it belongs to."""

    __tablename__ = "findings"
    __table_args__ = (
        Index(None, "district_id", "last_seen_at", "id"),
        Index(None, "evidence_sha256"),
        Index(None, "flight_id"),
        Index(None, "incident_id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"))
    flight_id: Mapped[str] = mapped_column(String(64))
    drone_id: Mapped[str] = mapped_column(String(32))
    class_key: Mapped[str] = mapped_column(String(64))
    department_id: Mapped[str] = mapped_column(String(64))
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    finding: Mapped[Finding] = mapped_column(NounJson(Finding))


class EvidenceRow(Base):
    """One picture in the store.

    `integrity`: whether it is as it was signed (`whole`, `unsigned`, `altered`; None: it came before pictures were signed);
    `faults`: line by line what does not fit.
    """

    __tablename__ = "evidence"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    drone_id: Mapped[str] = mapped_column(String(32))
    size_bytes: Mapped[int]
    width_px: Mapped[int]
    height_px: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime())
    integrity: Mapped[str | None] = mapped_column(String(16))
    faults: Mapped[str] = mapped_column(Text, server_default="")
    record: Mapped[EvidenceRecord | None] = mapped_column(NounJson(EvidenceRecord))
    shows_people: Mapped[bool] = mapped_column(server_default=false())
