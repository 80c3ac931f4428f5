"""The confidence that an incident lacked to need no person."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema up."""
    op.add_column("incidents", sa.Column("review_below", sa.Double(), nullable=True))


def downgrade() -> None:
    """Takes the schema down."""
    op.drop_column("incidents", "review_below")
