"""The tables. A learner has no name, no e-mail and no address here."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from quiz.store.types import UtcTime


class Base(DeclarativeBase):
    """All tables; constraints are named, so that migrations can name them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
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


class Attempt(Base):
    """A learner's pass through an exercise. `tasks` are [item id, part] in order."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("learner_id", "exercise", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    exercise: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    tasks: Mapped[list[list[Any]]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)

    responses: Mapped[list["Response"]] = relationship(order_by="Response.step", passive_deletes=True)
    learner: Mapped[Learner] = relationship()


class Revision(Base):
    """An item as it was written when somebody answered it, kept once."""

    __tablename__ = "revision"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    item: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcTime)


class Response(Base):
    """The answer to one step, with its mark. One of each step of an attempt: the first is final.

    `answer` are the posted fields, so that marking can be done again from them alone. Points are
    two whole numbers; both are None where no machine can mark.
    """

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("attempt_id", "step"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    step: Mapped[int]
    item: Mapped[str] = mapped_column(String(40))
    revision: Mapped[str] = mapped_column(ForeignKey("revision.id"), index=True)
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
