"""Teachers, classes, seats and assignments; attempts may belong to a seat, answers may be late."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A foreign key that goes when what it points to goes."""
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "teacher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teacher"),
        sa.UniqueConstraint("name_key", name="uq_teacher_name_key"),
    )
    op.create_table(
        "classroom",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("naming", sa.String(10), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_classroom"),
        sa.UniqueConstraint("code", name="uq_classroom_code"),
    )
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("teacher_id", sa.Uuid()),
        sa.Column("classroom_id", sa.Uuid()),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitation"),
        foreign("invitation", "teacher_id", "teacher"),
        foreign("invitation", "classroom_id", "classroom"),
    )
    op.create_table(
        "teaches",
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("teacher_id", "classroom_id", name="pk_teaches"),
        foreign("teaches", "teacher_id", "teacher"),
        foreign("teaches", "classroom_id", "classroom"),
    )
    op.create_index("ix_teaches_classroom_id", "teaches", ["classroom_id"])
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("half", sa.String(1)),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("pass_hash", sa.String(64)),
        sa.Column("pass_expires_at", TIME),
        sa.Column("taken_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_seat"),
        foreign("seat", "classroom_id", "classroom"),
        sa.UniqueConstraint("classroom_id", "name_key", name="uq_seat_classroom_id_name_key"),
    )
    op.create_table(
        "sits",
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("seat_id", "learner_id", name="pk_sits"),
        foreign("sits", "seat_id", "seat"),
        foreign("sits", "learner_id", "learner"),
    )
    op.create_index("ix_sits_learner_id", "sits", ["learner_id"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid()),
        sa.Column("exercise", sa.String(80), nullable=False),
        sa.Column("exercise_b", sa.String(80)),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("opens_at", TIME, nullable=False),
        sa.Column("closes_at", TIME),
        sa.Column("released_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        foreign("assignment", "classroom_id", "classroom"),
        foreign("assignment", "seat_id", "seat"),
    )
    op.create_index("ix_assignment_classroom_id", "assignment", ["classroom_id"])
    with op.batch_alter_table("attempt") as table:
        table.alter_column("learner_id", existing_type=sa.Uuid(), nullable=True)
        table.add_column(sa.Column("seat_id", sa.Uuid()))
        table.add_column(sa.Column("assignment_id", sa.Uuid()))
        for column, to in (("seat_id", "seat"), ("assignment_id", "assignment")):
            table.create_foreign_key(f"fk_attempt_{column}", to, [column], ["id"], ondelete="CASCADE")
        table.create_unique_constraint(
            "uq_attempt_seat_id_assignment_id_number", ["seat_id", "assignment_id", "number"]
        )
        table.create_check_constraint("ck_attempt_one_owner", "(learner_id IS NULL) <> (seat_id IS NULL)")
    op.create_index("ix_attempt_assignment_id", "attempt", ["assignment_id"])
    with op.batch_alter_table("response") as table:
        table.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("response") as table:
        table.alter_column("late", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    # Keys rest on SQLite meanwhile, so what is in the attempts of classes is named here.
    op.execute("DELETE FROM draft WHERE attempt_id IN (SELECT id FROM attempt WHERE learner_id IS NULL)")
    op.execute("DELETE FROM response WHERE attempt_id IN (SELECT id FROM attempt WHERE learner_id IS NULL)")
    op.execute("DELETE FROM attempt WHERE learner_id IS NULL")
    with op.batch_alter_table("response") as table:
        table.drop_column("late")
    op.drop_index("ix_attempt_assignment_id", "attempt")
    with op.batch_alter_table("attempt") as table:
        table.drop_constraint("ck_attempt_one_owner", type_="check")
        table.drop_constraint("uq_attempt_seat_id_assignment_id_number", type_="unique")
        for column in ("seat_id", "assignment_id"):
            table.drop_constraint(f"fk_attempt_{column}", type_="foreignkey")
            table.drop_column(column)
        table.alter_column("learner_id", existing_type=sa.Uuid(), nullable=False)
    for table_name in ("assignment", "sits", "seat", "teaches", "invitation", "classroom", "teacher"):
        op.drop_table(table_name)
