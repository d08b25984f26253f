"""The tables of what is said of answers: by teachers, by learners, and when a key was mended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quiz.store.tables import CONTENT_ID, Base
from quiz.store.types import UtcTime


class TakenOut(Base):
    """A unit that a class's teacher took out of its count, and when it was put back, if it was: a log.

    `scope` is the article of a claim, or the item of any other unit.
    """

    __tablename__ = "taken_out"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    classroom_id: Mapped[UUID] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str] = mapped_column(String(CONTENT_ID))
    unit: Mapped[str] = mapped_column(String(CONTENT_ID))
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)
    put_back_by: Mapped[str | None] = mapped_column(String(40))
    put_back_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Review(Base):
    """A person's mark of a written answer: a level for each criterion, and a comment for its writer.

    Nothing of it reaches the writer before `released_at`. A hidden text is shown to nobody but its writer.
    """

    __tablename__ = "review"

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    levels: Mapped[dict[str, int]] = mapped_column(JSON)
    comment: Mapped[str] = mapped_column(String(1000), default="")
    flagged: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcTime)


class OtherReading(Base):
    """A learner reads a unit differently from its note, with a line of reason. Never scored."""

    __tablename__ = "other_reading"

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(CONTENT_ID), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcTime)


class OldMark(Base):
    """The mark that an answer had before its item's key was mended and it was marked again."""

    __tablename__ = "old_mark"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    revision: Mapped[str] = mapped_column(String(16))
    key_revision: Mapped[str | None] = mapped_column(String(16))
    units: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    points_num: Mapped[int | None]
    points_den: Mapped[int | None]
    scheme: Mapped[str] = mapped_column(String(20))
    replaced_at: Mapped[datetime] = mapped_column(UtcTime)
