"""Learners, attempts, responses, revisions and drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("birth", sa.String(64)),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learner"),
        sa.UniqueConstraint("birth", name="uq_learner_birth"),
        sa.UniqueConstraint("code_hash", name="uq_learner_code_hash"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kept_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learner.id"], name="fk_attempt_learner_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("learner_id", "exercise", "number", name="uq_attempt_learner_id_exercise_number"),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("points_num", sa.Integer()),
        sa.Column("points_den", sa.Integer()),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.Column("false_marks", sa.Integer(), nullable=False),
        sa.Column("noise", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("confidence", sa.String(10)),
        sa.Column("submit_key", sa.String(64), nullable=False),
        sa.Column("answered_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name="fk_response_attempt_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["revision"], ["revision.id"], name="fk_response_revision"),
        sa.UniqueConstraint("attempt_id", "step", name="uq_response_attempt_id_step"),
    )
    op.create_index("ix_response_revision", "response", ["revision"])
    op.create_table(
        "draft",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "step", name="pk_draft"),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name="fk_draft_attempt_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    for table in ("draft", "response", "attempt", "revision", "learner"):
        op.drop_table(table)
