"""What pictures of evidence prove, and the keys of aircraft."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema up."""
    op.add_column("evidence", sa.Column("integrity", sa.String(length=16), nullable=True))
    op.add_column("evidence", sa.Column("faults", sa.Text(), server_default="", nullable=False))
    op.add_column("evidence", sa.Column("record", sa.JSON(), nullable=True))
    op.add_column("evidence", sa.Column("shows_people", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "aircraft_keys",
        sa.Column("district_id", sa.String(length=64), nullable=False),
        sa.Column("drone_id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "drone_id", "key_id", name=op.f("pk_aircraft_keys")),
    )


def downgrade() -> None:
    """Takes the schema down."""
    op.drop_table("aircraft_keys")
    for column in ("shows_people", "record", "faults", "integrity"):
        op.drop_column("evidence", column)
