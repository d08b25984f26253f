"""Queries about learners."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.store import cards
from quiz.store.attempts import seats_of
from quiz.store.tables import Attempt, Learner, sits


def get(session: Session, id: UUID, epoch: int) -> Learner | None:
    """The learner of a cookie, while the epoch still holds."""
    return session.scalar(select(Learner).where(Learner.id == id, Learner.epoch == epoch))


def born(session: Session, birth: str) -> Learner | None:
    """The learner that this browser session made."""
    return session.scalar(select(Learner).where(Learner.birth == birth))


def add(session: Session, *, id: UUID, birth: str, now: datetime) -> Learner:
    """Make a learner; where the same browser session made one at the same instant, take that one."""
    learner = Learner(id=id, epoch=0, birth=birth, created_at=now)
    try:
        with session.begin_nested():
            session.add(learner)
    except IntegrityError:
        return session.scalars(select(Learner).where(Learner.birth == birth)).one()
    return learner


def with_code(session: Session, code_hash: str, *, beside: UUID | None) -> Learner | None:
    """The learner whose recovery code has this hash.

    Until the transaction is over nothing new can be begun for them, nor for the learner `beside`.
    """
    both = select(Learner).where(or_(Learner.code_hash == code_hash, Learner.id == beside))
    found = session.scalars(both.order_by(Learner.id).with_for_update()).all()
    return next((one for one in found if one.code_hash == code_hash), None)


def sits_anywhere(session: Session, learner_id: UUID) -> bool:
    """Whether a learner has a seat in any class."""
    return bool(session.scalar(select(exists().where(sits.c.learner_id == learner_id))))


def hand_over(session: Session, *, giver: UUID, taker: UUID, with_seats: bool) -> None:
    """Give attempts, cards and seats to another learner, attempts behind theirs; then forget the giver.

    Both are held, as `with_code` does.
    """
    if with_seats:
        theirs = select(sits.c.seat_id, literal(taker, sits.c.learner_id.type)).where(
            sits.c.learner_id == giver, sits.c.seat_id.not_in(seats_of(taker))
        )
        session.execute(insert(sits).from_select(["seat_id", "learner_id"], theirs))
    query = select(Attempt).where(Attempt.learner_id.in_([giver, taker])).order_by(Attempt.started_at)
    begun = list(session.scalars(query))
    taken: dict[str, int] = {}
    for attempt in begun:
        if attempt.learner_id == taker:
            taken[attempt.exercise] = max(attempt.number, taken.get(attempt.exercise, 0))
    moves = []
    for attempt in begun:
        if attempt.learner_id == taker:
            continue
        number = taken[attempt.exercise] = taken.get(attempt.exercise, 0) + 1
        moves.append({"id": attempt.id, "learner_id": taker, "number": number})
    if moves:
        session.execute(update(Attempt), moves)
    cards.hand_over(session, giver=giver, taker=taker)
    remove(session, giver)


def remove(session: Session, learner_id: UUID) -> None:
    """Delete a learner with all attempts, responses and drafts."""
    session.execute(delete(Learner).where(Learner.id == learner_id))
