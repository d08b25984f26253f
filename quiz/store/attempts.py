"""Queries about attempts and the drafts in them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, selectinload

from quiz.core.drawing import Task
from quiz.store.tables import Attempt, Draft, Learner


def get(session: Session, id: UUID, *, learner_id: UUID, epoch: int) -> Attempt | None:
    """An attempt with its learner and its responses, if it belongs to that learner; else None."""
    query = (
        select(Attempt)
        .join(Attempt.learner)
        .where(Attempt.id == id, Learner.id == learner_id, Learner.epoch == epoch)
        .options(contains_eager(Attempt.learner), selectinload(Attempt.responses))
    )
    return session.scalar(query)


def open_one(session: Session, learner_id: UUID, exercise: str) -> Attempt | None:
    """The learner's latest unfinished attempt at an exercise, with its responses."""
    query = (
        select(Attempt)
        .where(Attempt.learner_id == learner_id, Attempt.exercise == exercise, Attempt.finished_at.is_(None))
        .order_by(Attempt.number.desc())
        .limit(1)
        .options(selectinload(Attempt.responses))
    )
    return session.scalar(query)


def add(
    session: Session, *, id: UUID, learner_id: UUID, exercise: str, tasks: Sequence[Task], now: datetime
) -> Attempt:
    """Start an attempt; where another request started one at the same instant, take that one."""
    last = select(func.max(Attempt.number)).where(
        Attempt.learner_id == learner_id, Attempt.exercise == exercise
    )
    number = (session.scalar(last) or 0) + 1
    attempt = Attempt(
        id=id,
        learner_id=learner_id,
        exercise=exercise,
        number=number,
        tasks=[[task.item, task.part] for task in tasks],
        started_at=now,
        responses=[],
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        same = select(Attempt).where(
            Attempt.learner_id == learner_id, Attempt.exercise == exercise, Attempt.number == number
        )
        if (twin := session.scalar(same.options(selectinload(Attempt.responses)))) is None:
            raise
        return twin
    return attempt


def with_responses(session: Session, learner_id: UUID) -> list[Attempt]:
    """All attempts of a learner with their responses, the latest first."""
    query = (
        select(Attempt)
        .where(Attempt.learner_id == learner_id)
        .order_by(Attempt.started_at.desc(), Attempt.number.desc())
        .options(selectinload(Attempt.responses))
    )
    return list(session.scalars(query))


def draft(session: Session, attempt_id: UUID, step: int) -> Draft | None:
    """The draft at a step."""
    return session.get(Draft, (attempt_id, step))


def keep_draft(session: Session, attempt_id: UUID, step: int, text: str, now: datetime) -> None:
    """Keep a text that isn't handed in yet, in place of the one before."""
    session.merge(Draft(attempt_id=attempt_id, step=step, text=text, saved_at=now))


def drop_draft(session: Session, attempt_id: UUID, step: int) -> None:
    """Forget the draft at a step: the text was handed in."""
    session.execute(delete(Draft).where(Draft.attempt_id == attempt_id, Draft.step == step))


def drafts_of(session: Session, learner_id: UUID) -> list[Draft]:
    """Every draft of a learner."""
    query = select(Draft).join(Attempt, Draft.attempt_id == Attempt.id)
    return list(session.scalars(query.where(Attempt.learner_id == learner_id)))
