"""Spaced practice: a card for each learner and case."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "practice_card",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("case", sa.String(40), nullable=False),
        sa.Column("reviewed_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "case", name="pk_practice_card"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_practice_card_learner_id_learner", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("practice_card")
