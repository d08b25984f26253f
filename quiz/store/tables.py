"""The tables. A learner has no name, no e-mail and no address here; a seat has the name it is called by."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship

from quiz.store.types import UtcTime

CONTENT_ID = 120
"""Characters of an id of content with its scope, such as `alleged-support/B1`."""


class Base(DeclarativeBase):
    """All tables; constraints are named, so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class Learner(Base):
    """Somebody who learns here: a random id, an epoch, and a recovery code's hash.

    `birth` is the hash of the browser session that pressed Start, so that a doubled press makes
    one learner. Raising `epoch` ends every cookie that carries the old one.
    """

    __tablename__ = "learner"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(default=0)
    birth: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Teacher(Base):
    """Somebody who teaches: a sign-in name and a password's hash. Raising `epoch` signs out everywhere."""

    __tablename__ = "teacher"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Invitation(Base):
    """A link that works once: to become a teacher, to set a new password, or to teach a class too.

    Only the hash of the link's secret is kept.
    """

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("teacher.id", ondelete="CASCADE"))
    classroom_id: Mapped[UUID | None] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


teaches = Table(
    "teaches",
    Base.metadata,
    Column("teacher_id", ForeignKey("teacher.id", ondelete="CASCADE"), primary_key=True),
    Column("classroom_id", ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Who teaches which class; all teachers of a class are equal."""


class Classroom(Base):
    """A class: a name for its teachers, a zone for its times, and a code that learners join by.

    `naming` says how learners come by their names: generated, chosen, or from a roster. `changed_at` is
    when a teacher last did something in it, or to it.
    """

    __tablename__ = "classroom"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    zone: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(6), unique=True)
    naming: Mapped[str] = mapped_column(String(10))
    is_open: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcTime)


sits = Table(
    "sits",
    Base.metadata,
    Column("seat_id", ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True),
    Column("learner_id", ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Which learners, and so which devices, a seat is open on."""


class Seat(Base):
    """A learner's place in one class. A seat of a roster has no half until somebody takes it.

    `pass_hash` is that of a six-digit code which lets the seat in on another device for a while.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("classroom_id", "name_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    classroom_id: Mapped[UUID] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(80))
    half: Mapped[str | None] = mapped_column(String(1))
    extra_minutes: Mapped[int] = mapped_column(default=0)
    pass_hash: Mapped[str | None] = mapped_column(String(64))
    pass_expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcTime)

    classroom: Mapped[Classroom] = relationship()


class Assignment(Base):
    """An exercise given to a class, or quietly to one seat. `exercise_b`: what half B does instead.

    Closed by hand, it keeps the closing time it had before, so that this can be undone. `ended_at` is
    noted before something changes that would move its end.
    """

    __tablename__ = "assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    classroom_id: Mapped[UUID] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"))
    exercise: Mapped[str] = mapped_column(String(CONTENT_ID))
    exercise_b: Mapped[str | None] = mapped_column(String(CONTENT_ID))
    mode: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int]
    note: Mapped[str] = mapped_column(String(300))
    opens_at: Mapped[datetime] = mapped_column(UtcTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closed_by_hand: Mapped[bool] = mapped_column(default=False)
    closes_before: Mapped[datetime | None] = mapped_column(UtcTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    classroom: Mapped[Classroom] = relationship()
    longest_extra: Mapped[int | None] = column_property(
        select(func.max(Seat.extra_minutes))
        .where(Seat.classroom_id == classroom_id, or_(seat_id.is_(None), Seat.id == seat_id))
        .correlate_except(Seat)
        .scalar_subquery()
    )


class Attempt(Base):
    """A pass through an exercise: a learner's own, or a seat's at an assignment.

    `tasks` are [item id, part] in order.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("learner_id", "exercise", "number"),
        UniqueConstraint("seat_id", "assignment_id", "number"),
        CheckConstraint("(learner_id IS NULL) <> (seat_id IS NULL)", name="one_owner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID | None] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"))
    assignment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), index=True
    )
    exercise: Mapped[str] = mapped_column(String(CONTENT_ID))
    number: Mapped[int]
    tasks: Mapped[list[list[Any]]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)

    responses: Mapped[list["Response"]] = relationship(order_by="Response.step", passive_deletes=True)
    learner: Mapped[Learner | None] = relationship()
    seat: Mapped[Seat | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()


class Revision(Base):
    """An item as it was written when somebody answered it, kept once.

    `task` is the item as it was asked (core/snapshot.py): what its answers need once the key has changed.
    """

    __tablename__ = "revision"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    item: Mapped[str] = mapped_column(String(CONTENT_ID))
    source: Mapped[str] = mapped_column(Text)
    task: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    kept_at: Mapped[datetime] = mapped_column(UtcTime)


WITHOUT_UNITS = "units IS NULL AND key_revision IS NOT NULL"
"""Answers from before units were kept, whose item is known: `quiz upgrade` fills them."""


class Response(Base):
    """The answer to one step, with its mark. One of each step of an attempt: the first is final.

    `answer` are the posted fields. Points are two whole numbers; both are None where no machine can mark.
    `units` is what became of each unit when it was marked (store/kept_units.py); every figure by unit comes
    from it, whatever becomes of the item. `key_revision` is the key that it was marked with,
    `text_revision` the text that the learner read, `revision` the item as it was written. The three of
    an answer from before they were kept are None where nobody knows its item.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "step"),
        Index(
            "ix_response_without_units",
            "id",
            sqlite_where=text(WITHOUT_UNITS),
            postgresql_where=text(WITHOUT_UNITS),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    step: Mapped[int]
    item: Mapped[str] = mapped_column(String(CONTENT_ID))
    revision: Mapped[str] = mapped_column(ForeignKey("revision.id"), index=True)
    key_revision: Mapped[str | None] = mapped_column(String(16))
    text_revision: Mapped[str | None] = mapped_column(String(16))
    units: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    answer: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    outcome: Mapped[str] = mapped_column(String(10))
    points_num: Mapped[int | None]
    points_den: Mapped[int | None]
    hits: Mapped[int]
    keys: Mapped[int]
    false_marks: Mapped[int]
    noise: Mapped[int]
    scheme: Mapped[str] = mapped_column(String(20))
    confidence: Mapped[str | None] = mapped_column(String(10))
    submit_key: Mapped[str] = mapped_column(String(64))
    late: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def points(self) -> Fraction | None:
        """Points from 0 to 1, exact."""
        if self.points_num is None or self.points_den is None:
            return None
        return Fraction(self.points_num, self.points_den)


class Draft(Base):
    """A text that isn't handed in yet."""

    __tablename__ = "draft"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcTime)
