"""What a flight's frames showed of the ground, as the aircraft told at its end."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("flights", "flight_events")


def upgrade() -> None:
    """Brings the schema up."""
    for table in TABLES:
        op.add_column(table, sa.Column("ground_seen", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Takes the schema down."""
    for table in TABLES:
        op.drop_column(table, "ground_seen")
