"""Closing by hand can be undone; the end of an assignment is noted before it could move."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "assignment", sa.Column("closed_by_hand", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("assignment", sa.Column("closes_before", TIME))
    op.add_column("assignment", sa.Column("ended_at", TIME))


def downgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and dropping the old one takes its answers along.
    for column in ("closed_by_hand", "closes_before", "ended_at"):
        op.drop_column("assignment", column)
