"""What teachers say of results: units taken out, texts marked, other readings, marks before a mending."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A foreign key that goes when what it points to goes."""
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "taken_out",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("put_back_by", sa.String(40)),
        sa.Column("put_back_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_taken_out"),
        foreign("taken_out", "classroom_id", "classroom"),
    )
    op.create_index("ix_taken_out_classroom_id", "taken_out", ["classroom_id"])
    op.create_table(
        "review",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(1000), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("released_at", TIME),
        sa.PrimaryKeyConstraint("response_id", name="pk_review"),
        foreign("review", "response_id", "response"),
    )
    op.create_table(
        "other_reading",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("response_id", "unit", name="pk_other_reading"),
        foreign("other_reading", "response_id", "response"),
    )
    op.create_table(
        "old_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("points_num", sa.Integer()),
        sa.Column("points_den", sa.Integer()),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("replaced_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_old_mark"),
        foreign("old_mark", "response_id", "response"),
    )
    op.create_index("ix_old_mark_response_id", "old_mark", ["response_id"])


def downgrade() -> None:
    for table in ("old_mark", "other_reading", "review", "taken_out"):
        op.drop_table(table)
