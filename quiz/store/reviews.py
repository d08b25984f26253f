"""Queries about what teachers and learners say of answers: units taken out, texts marked, other readings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from quiz.store.attempts import theirs
from quiz.store.remark_tables import OtherReading, Review, TakenOut
from quiz.store.tables import Attempt, Response
from quiz.store.upsert import insert_into


def taken_out(session: Session, classroom_id: UUID) -> list[TakenOut]:
    """The log of what was taken out of a class's count, the latest first."""
    query = select(TakenOut).where(TakenOut.classroom_id == classroom_id)
    return list(session.scalars(query.order_by(TakenOut.at.desc(), TakenOut.id)))


def take_out(
    session: Session, *, id: UUID, classroom_id: UUID, scope: str, unit: str, by: str, now: datetime
) -> None:
    """Take a unit out of a class's count."""
    session.add(TakenOut(id=id, classroom_id=classroom_id, scope=scope, unit=unit, by=by, at=now))


def put_back(session: Session, classroom_id: UUID, scope: str, unit: str, *, by: str, now: datetime) -> None:
    """Put a unit back into a class's count."""
    out = (TakenOut.classroom_id == classroom_id, TakenOut.scope == scope, TakenOut.unit == unit)
    query = update(TakenOut).where(*out, TakenOut.put_back_at.is_(None))
    session.execute(query.values(put_back_by=by, put_back_at=now))


def reviews(session: Session, assignment_id: UUID) -> dict[UUID, Review]:
    """What was said of the texts of an assignment, by response."""
    return _by_response(session, Attempt.assignment_id == assignment_id)


def of_seat(session: Session, seat_id: UUID) -> dict[UUID, Review]:
    """What was said of the texts of a seat, by response."""
    return _by_response(session, Attempt.seat_id == seat_id)


def review_of(session: Session, response_id: UUID) -> Review | None:
    """What was said of a text."""
    return session.get(Review, response_id)


def keep_review(session: Session, review: Review) -> None:
    """Keep what is said of a text, in place of what was said before."""
    session.merge(review)


def release(session: Session, response_ids: Sequence[UUID], now: datetime) -> None:
    """Show what was said to those who wrote the texts."""
    mine = Review.response_id.in_(response_ids), Review.released_at.is_(None)
    session.execute(update(Review).where(*mine).values(released_at=now))


def other_readings(session: Session, assignment_id: UUID) -> list[tuple[str, OtherReading]]:
    """The other readings that learners of an assignment wrote, each with the item it is about."""
    query = (
        select(Response.item, OtherReading)
        .join(Response, Response.id == OtherReading.response_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.assignment_id == assignment_id)
        .order_by(OtherReading.at)
    )
    return [(item, reading) for item, reading in session.execute(query)]


def own_readings(session: Session, learner_id: UUID) -> list[OtherReading]:
    """How a learner, by themselves and in their seats, reads units otherwise."""
    query = (
        select(OtherReading)
        .join(Response, Response.id == OtherReading.response_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(theirs(learner_id))
    )
    return list(session.scalars(query.order_by(OtherReading.at)))


def released_to(session: Session, learner_id: UUID) -> dict[UUID, Review]:
    """What was said of a learner’s texts and shown to them, by response."""
    return _by_response(session, theirs(learner_id), Review.released_at.is_not(None))


def _by_response(session: Session, *which: ColumnElement[bool]) -> dict[UUID, Review]:
    query = (
        select(Review)
        .join(Response, Response.id == Review.response_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(*which)
    )
    return {one.response_id: one for one in session.scalars(query)}


def readings_of(session: Session, response_id: UUID) -> dict[str, str]:
    """How a learner reads units of an answer otherwise, by unit."""
    query = select(OtherReading.unit, OtherReading.reason).where(OtherReading.response_id == response_id)
    return {row.unit: row.reason for row in session.execute(query)}


def read_otherwise(session: Session, response_id: UUID, unit: str, reason: str, now: datetime) -> None:
    """Keep how a learner reads a unit, in place of what they wrote before."""
    row = insert_into(session, OtherReading).values(response_id=response_id, unit=unit, reason=reason, at=now)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[OtherReading.response_id, OtherReading.unit], set_={"reason": reason, "at": now}
        )
    )
