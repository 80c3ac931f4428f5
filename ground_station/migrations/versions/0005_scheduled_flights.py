"""Flights of a day's schedule, and when each was dispatched, took off and ended."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADDED = (
    sa.Column("day", sa.Date(), nullable=True),
    sa.Column("flight_order", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("dispatched_by", sa.String(length=80), nullable=True),
    sa.Column("took_off_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
)


def upgrade() -> None:
    """Brings the schema up."""
    for column in ADDED:
        op.add_column("flights", column._copy())
    op.create_index(op.f("ix_flights_day"), "flights", ["day"])


def downgrade() -> None:
    """Takes the schema down."""
    op.drop_index(op.f("ix_flights_day"), "flights")
    for column in reversed(ADDED):
        op.drop_column("flights", column.name)
