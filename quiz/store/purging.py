"""What is forgotten: which rows nobody came back to, and taking them out a few at a time.

Whatever somebody holds at that moment is in use and stays; so does what came while a piece waited.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningDelete, ReturningUpdate

from quiz.store.practice_tables import PracticeCard
from quiz.store.remark_tables import OldMark, OtherReading
from quiz.store.tables import (
    Assignment,
    Attempt,
    Classroom,
    Draft,
    Invitation,
    Learner,
    Response,
    Revision,
    Seat,
    sits,
)

Keys = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Since:
    """The present, and what stays: what was used since `used`, and what was begun since `begun`."""

    now: datetime
    used: datetime
    begun: datetime


Due = Callable[[Since], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One kind of what is forgotten: which rows are due, how they go, and how many in one transaction."""

    name: str
    key: InstrumentedAttribute[Any]
    due: Due
    remove: Callable[[Session, Keys, ColumnElement[bool]], int]
    at_once: int = 200


def count(session: Session, part: Part, since: Since) -> int:
    """How many rows are due."""
    return session.scalar(select(func.count(part.key)).where(part.due(since))) or 0


def some(session: Session, part: Part, since: Since, *, after: Any | None) -> Keys:
    """The keys of the next rows that are due, in order."""
    query = select(part.key).where(part.due(since)).order_by(part.key).limit(part.at_once)
    return session.scalars(query if after is None else query.where(part.key > after)).all()


def _fresh(since: datetime) -> ColumnElement[bool]:
    """Whether something was done in an attempt since then."""
    return or_(
        Attempt.started_at >= since,
        Attempt.finished_at >= since,
        exists().where(Response.attempt_id == Attempt.id, Response.answered_at >= since),
        exists().where(Draft.attempt_id == Attempt.id, Draft.saved_at >= since),
        exists().where(
            Response.attempt_id == Attempt.id,
            OtherReading.response_id == Response.id,
            OtherReading.at >= since,
        ),
    )


def _unanswered(since: Since) -> ColumnElement[bool]:
    """A class that is old, and in which nobody did anything and nothing was to be done since then."""
    used = since.used
    times = (Assignment.created_at, Assignment.opens_at, Assignment.closes_at, Assignment.released_at)
    return and_(
        Classroom.created_at < used,
        or_(Classroom.changed_at.is_(None), Classroom.changed_at < used),
        ~exists().where(Assignment.classroom_id == Classroom.id, or_(*(one >= used for one in times))),
        ~exists().where(Seat.classroom_id == Classroom.id, Seat.taken_at >= used),
        ~exists().where(Seat.classroom_id == Classroom.id, Attempt.seat_id == Seat.id, _fresh(used)),
    )


def _unseen(since: Since) -> ColumnElement[bool]:
    """A learner who did nothing since then, alone or in a class, and of whom there is something to remove."""
    used = since.used
    seated = sits.c.learner_id == Learner.id
    return and_(
        Learner.created_at < used,
        ~exists().where(PracticeCard.learner_id == Learner.id, PracticeCard.reviewed_at >= used),
        ~exists().where(Attempt.learner_id == Learner.id, _fresh(used)),
        ~exists().where(seated, Attempt.seat_id == sits.c.seat_id, _fresh(used)),
        ~exists().where(seated, Seat.id == sits.c.seat_id, Seat.taken_at >= used),
        or_(
            exists().where(Attempt.learner_id == Learner.id, ~_empty(since)),
            exists().where(PracticeCard.learner_id == Learner.id),
            ~_sits_on(since),
        ),
    )


def _sits_on(since: Since) -> ColumnElement[bool]:
    """Whether a learner sits in a class that stays."""
    going = select(Classroom.id).where(_unanswered(since))
    return exists().where(
        sits.c.learner_id == Learner.id, Seat.id == sits.c.seat_id, Seat.classroom_id.not_in(going)
    )


def _empty(since: Since) -> ColumnElement[bool]:
    """An attempt with nothing in it, begun before then.

    One at a task that closes stays until then has passed as well: its learner could begin none anew,
    but still has the time of grace to answer.
    """
    still = exists().where(Assignment.id == Attempt.assignment_id, Assignment.closes_at >= since.begun)
    return and_(
        Attempt.started_at < since.begun,
        ~exists().where(Response.attempt_id == Attempt.id),
        ~exists().where(Draft.attempt_id == Attempt.id),
        ~still,
    )


def _unread(since: Since) -> ColumnElement[bool]:
    """An item as it was written long ago, which no answer and no mark goes by."""
    return and_(
        Revision.kept_at < since.used,
        ~exists().where(Response.revision == Revision.id),
        ~exists().where(OldMark.revision == Revision.id),
    )


def _remove_classes(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    held = _free(session, Classroom.id, keys)
    seated = select(Seat.id).where(Seat.classroom_id.in_(held))
    _hold_attempts(session, Attempt.seat_id.in_(seated))
    return _gone(session, delete(Classroom).where(Classroom.id.in_(held), due).returning(Classroom.id))


def _remove_practice(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    """Own practice, and the learner too who sits nowhere: to others their seats have to stay open."""
    _hold_attempts(session, Attempt.learner_id.in_(keys))
    held = _free(session, Learner.id, keys)
    going = session.scalars(select(Learner.id).where(Learner.id.in_(held), due)).all()
    session.execute(delete(Attempt).where(Attempt.learner_id.in_(going)))
    session.execute(delete(PracticeCard).where(PracticeCard.learner_id.in_(going)))
    seatless = ~exists().where(sits.c.learner_id == Learner.id)
    session.execute(delete(Learner).where(Learner.id.in_(going), seatless))
    return len(going)


def _remove_attempts(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    held = _free(session, Attempt.id, keys)
    return _gone(session, delete(Attempt).where(Attempt.id.in_(held), due).returning(Attempt.id))


def _remove_links(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    there = delete(Invitation).where(Invitation.token_hash.in_(keys), due)
    return _gone(session, there.returning(Invitation.token_hash))


def _remove_digits(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    there = update(Seat).where(Seat.id.in_(keys), due).values(pass_hash=None, pass_expires_at=None)
    return _gone(session, there.returning(Seat.id))


def _remove_revisions(session: Session, keys: Keys, due: ColumnElement[bool]) -> int:
    held = _free(session, Revision.id, keys)
    return _gone(session, delete(Revision).where(Revision.id.in_(held), due).returning(Revision.id))


def _free(session: Session, key: InstrumentedAttribute[Any], keys: Keys) -> Keys:
    """Those rows that nobody holds; until the transaction is over nobody else can."""
    return session.scalars(select(key).where(key.in_(keys)).with_for_update(skip_locked=True)).all()


def _hold_attempts(session: Session, which: ColumnElement[bool]) -> None:
    """Wait for those who are answering in them, and let nobody else begin to."""
    session.execute(select(Attempt.id).where(which).order_by(Attempt.id).with_for_update(of=Attempt))


def _gone(session: Session, change: ReturningDelete[Any] | ReturningUpdate[Any]) -> int:
    return len(session.scalars(change.execution_options(synchronize_session=False)).all())


CLASSES = Part(name="classes", key=Classroom.id, due=_unanswered, remove=_remove_classes, at_once=1)
PRACTICE = Part(name="own practice", key=Learner.id, due=_unseen, remove=_remove_practice)
ATTEMPTS = Part(name="empty attempts", key=Attempt.id, due=_empty, remove=_remove_attempts)
LINKS = Part(
    name="expired links",
    key=Invitation.token_hash,
    due=lambda since: Invitation.expires_at <= since.now,
    remove=_remove_links,
)
DIGITS = Part(
    name="expired digits",
    key=Seat.id,
    due=lambda since: Seat.pass_expires_at <= since.now,
    remove=_remove_digits,
)
REVISIONS = Part(name="items", key=Revision.id, due=_unread, remove=_remove_revisions)
