"""Work orders and their steps."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ground_station.database import Base, UtcDateTime


class StepRow(Base):
    """One step: who, when, what, from where to where, why. Written once."""

    __tablename__ = "work_order_steps"

    work_order_id: Mapped[str] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    district_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    by: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")


class WorkOrderRow(Base):
    """One work order; an incident has one at most."""

    __tablename__ = "work_orders"
    __table_args__ = (
        UniqueConstraint("incident_id"),
        Index(None, "district_id", "opened_at", "id"),
        Index(None, "district_id", "department_id", "phase"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    district_id: Mapped[str] = mapped_column(String(64))
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.id"))
    category: Mapped[str] = mapped_column(String(64))
    department_id: Mapped[str] = mapped_column(String(64))
    sub_district_id: Mapped[str | None] = mapped_column(String(64))
    phase: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    steps: Mapped[list[StepRow]] = relationship(order_by=StepRow.number, lazy="selectin")
