"""When a teacher last did something in a class, so that one prepared anew isn't taken for a forgotten one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classroom", sa.Column("changed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    # Not in a batch: see 0003.
    op.drop_column("classroom", "changed_at")
