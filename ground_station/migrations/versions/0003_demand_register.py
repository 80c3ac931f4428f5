"""Proposed demands, and changes of standing ones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema up; demands registered before are accepted ones."""
    op.add_column("demands", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE demands SET accepted_at = registered_at")
    op.create_table(
        "demand_changes",
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("change", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", "district_id", name=op.f("pk_demand_changes")),
    )


def downgrade() -> None:
    """Takes the schema down."""
    op.drop_table("demand_changes")
    op.drop_column("demands", "accepted_at")
