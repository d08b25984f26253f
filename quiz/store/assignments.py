"""Queries about assignments."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.store.tables import Assignment, Attempt, Learner, Seat, sits


def of_class(session: Session, classroom_id: UUID) -> list[Assignment]:
    """All assignments of a class, the latest first."""
    return of_classes(session, [classroom_id])


def get(session: Session, id: UUID, classroom_id: UUID) -> Assignment | None:
    """An assignment of a class."""
    query = select(Assignment).where(Assignment.id == id, Assignment.classroom_id == classroom_id)
    return session.scalar(query.options(joinedload(Assignment.classroom)))


def for_learner(session: Session, id: UUID, learner_id: UUID, epoch: int) -> tuple[Assignment, Seat] | None:
    """An assignment and the learner's seat that it is for; None where it is for none of theirs.

    Of two seats in one class it is the one that is at it.
    """
    begun = (Attempt.seat_id == Seat.id, Attempt.assignment_id == Assignment.id)
    under_way = exists().where(*begun, Attempt.finished_at.is_(None))
    query = (
        select(Assignment, Seat)
        .join(Seat, Seat.classroom_id == Assignment.classroom_id)
        .join(sits, sits.c.seat_id == Seat.id)
        .join(Learner, Learner.id == sits.c.learner_id)
        .where(Assignment.id == id, Learner.id == learner_id, Learner.epoch == epoch)
        .where(or_(Assignment.seat_id.is_(None), Assignment.seat_id == Seat.id))
        .order_by(under_way.desc(), Seat.taken_at)
        .options(joinedload(Assignment.classroom))
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def of_classes(session: Session, classroom_ids: Iterable[UUID]) -> list[Assignment]:
    """All assignments of some classes, the latest first."""
    query = select(Assignment).where(Assignment.classroom_id.in_(list(classroom_ids)))
    return list(session.scalars(query.order_by(Assignment.opens_at.desc(), Assignment.created_at.desc())))


def add(session: Session, assignment: Assignment) -> Assignment:
    """Keep a new assignment."""
    session.add(assignment)
    return assignment


def begun(session: Session, seats: list[UUID]) -> dict[tuple[UUID, UUID], list[Attempt]]:
    """The attempts of some seats by seat and assignment, in the order begun."""
    found: dict[tuple[UUID, UUID], list[Attempt]] = {}
    query = select(Attempt).where(Attempt.seat_id.in_(seats)).order_by(Attempt.number)
    for attempt in session.scalars(query):
        if attempt.seat_id and attempt.assignment_id:
            found.setdefault((attempt.seat_id, attempt.assignment_id), []).append(attempt)
    return found


def started(session: Session, classroom_id: UUID) -> dict[UUID, tuple[int, int]]:
    """By assignment of a class: how many seats have begun it, and how many have finished it."""
    query = (
        select(
            Attempt.assignment_id,
            func.count(func.distinct(Attempt.seat_id)),
            func.count(func.distinct(Attempt.seat_id)).filter(Attempt.finished_at.is_not(None)),
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.classroom_id == classroom_id)
        .group_by(Attempt.assignment_id)
    )
    return {id: (begun, finished) for id, begun, finished in session.execute(query) if id}


def remove(session: Session, id: UUID) -> None:
    """Delete an assignment with its answers."""
    session.execute(delete(Assignment).where(Assignment.id == id))
