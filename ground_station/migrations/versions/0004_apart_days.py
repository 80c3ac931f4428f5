"""Comparisons with flying department by department."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema up."""
    op.create_table(
        "apart_days",
        sa.Column("schedule_id", sa.String(length=32), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("apart", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("schedule_id", name=op.f("pk_apart_days")),
    )
    op.create_index(op.f("ix_apart_days_district_id"), "apart_days", ["district_id"])


def downgrade() -> None:
    """Takes the schema down."""
    op.drop_table("apart_days")
