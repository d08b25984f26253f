"""Queries about attempts and the drafts in them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.core.drawing import Task
from quiz.store.tables import Assignment, Attempt, Draft, Learner, Seat, sits
from quiz.store.upsert import insert_into


def seats_of(learner_id: UUID | BindParameter[UUID]) -> Select[tuple[UUID]]:
    """The ids of the seats that are open on a learner's device, as a query to ask within others."""
    return select(sits.c.seat_id).where(sits.c.learner_id == learner_id)


def theirs(learner_id: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """Whether an attempt is a learner’s: their own, or that of a seat they sit in."""
    return or_(Attempt.learner_id == learner_id, Attempt.seat_id.in_(seats_of(learner_id)))


# Asked for with every task and every answer, so they are put together once.
_IS_THEIRS = (
    Attempt.id == bindparam("id"),
    theirs(bindparam("learner", type_=Uuid())),
    exists().where(Learner.id == bindparam("learner", type_=Uuid()), Learner.epoch == bindparam("epoch")),
)
_THEIRS = (
    select(Attempt)
    .where(*_IS_THEIRS)
    .options(
        joinedload(Attempt.seat),
        joinedload(Attempt.assignment).joinedload(Assignment.classroom),
        joinedload(Attempt.responses),
    )
)
_HOLD = select(Attempt.id).where(*_IS_THEIRS).with_for_update(of=Attempt)


def get(
    session: Session, id: UUID, *, learner_id: UUID, epoch: int, for_writing: bool = False
) -> Attempt | None:
    """An attempt with its responses, if it is that learner's own or that of a seat of theirs; else None.

    `for_writing`: others who want to write wait until this transaction is over.
    """
    whose = {"id": id, "learner": learner_id, "epoch": epoch}
    # A statement of its own: what is asked after it also sees the answers of whoever held it before.
    holds = for_writing and session.get_bind().dialect.name == "postgresql"
    if holds and session.connection().execute(_HOLD, whose).first() is None:
        return None
    return session.scalars(_THEIRS, whose).unique().one_or_none()


def open_one(session: Session, learner_id: UUID, epoch: int, exercise: str) -> Attempt | None:
    """The learner's latest unfinished own attempt at an exercise, with its responses."""
    known = exists().where(Learner.id == learner_id, Learner.epoch == epoch)
    return _latest_open(session, (Attempt.learner_id == learner_id, Attempt.exercise == exercise, known))


def open_at(session: Session, seat_id: UUID, assignment_id: UUID) -> Attempt | None:
    """The seat's latest unfinished attempt at an assignment, with its responses."""
    return _latest_open(session, (Attempt.seat_id == seat_id, Attempt.assignment_id == assignment_id))


def _latest_open(session: Session, whose: tuple[ColumnElement[bool], ...]) -> Attempt | None:
    query = (
        select(Attempt)
        .where(*whose, Attempt.finished_at.is_(None))
        .order_by(Attempt.number.desc())
        .limit(1)
        .options(selectinload(Attempt.responses))
    )
    return session.scalar(query)


def add(
    session: Session, *, id: UUID, learner_id: UUID, exercise: str, tasks: Sequence[Task], now: datetime
) -> Attempt:
    """Start an own attempt; where another request started one at the same instant, take that one."""
    mine = (Attempt.learner_id == learner_id, Attempt.exercise == exercise)
    attempt = Attempt(id=id, learner_id=learner_id, exercise=exercise)
    return _add(session, attempt, mine, tasks, now)


def add_at(
    session: Session,
    *,
    id: UUID,
    seat_id: UUID,
    assignment_id: UUID,
    exercise: str,
    tasks: Sequence[Task],
    now: datetime,
) -> Attempt:
    """Start a seat's attempt at an assignment; of two at the same instant, one is made."""
    at = (Attempt.seat_id == seat_id, Attempt.assignment_id == assignment_id)
    attempt = Attempt(id=id, seat_id=seat_id, assignment_id=assignment_id, exercise=exercise)
    return _add(session, attempt, at, tasks, now)


def _add(
    session: Session,
    attempt: Attempt,
    whose: tuple[ColumnElement[bool], ...],
    tasks: Sequence[Task],
    now: datetime,
) -> Attempt:
    attempt.number = number = count(session, *whose) + 1
    attempt.tasks = [[task.item, task.part] for task in tasks]
    attempt.started_at = now
    attempt.responses = []
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        same = select(Attempt).where(*whose, Attempt.number == number)
        if (twin := session.scalar(same.options(selectinload(Attempt.responses)))) is None:
            raise
        return twin
    return attempt


def count(session: Session, *whose: ColumnElement[bool]) -> int:
    """The number of the last attempt of somebody; 0 before the first."""
    return session.scalar(select(func.max(Attempt.number)).where(*whose)) or 0


def count_at(session: Session, seat_id: UUID, assignment_id: UUID) -> int:
    """How many attempts a seat has begun at an assignment."""
    return count(session, Attempt.seat_id == seat_id, Attempt.assignment_id == assignment_id)


def with_responses(session: Session, learner_id: UUID) -> list[Attempt]:
    """All own attempts of a learner with their responses, the latest first."""
    query = (
        select(Attempt)
        .where(Attempt.learner_id == learner_id)
        .order_by(Attempt.started_at.desc(), Attempt.number.desc())
        .options(selectinload(Attempt.responses))
    )
    return list(session.scalars(query))


def all_of(session: Session, learner_id: UUID) -> list[Attempt]:
    """All attempts of a learner, own ones and those of their seats, with responses, in the order begun."""
    query = (
        select(Attempt)
        .where(theirs(learner_id))
        .order_by(Attempt.started_at)
        .options(
            selectinload(Attempt.responses),
            joinedload(Attempt.seat).joinedload(Seat.classroom),
            joinedload(Attempt.assignment),
        )
    )
    return list(session.scalars(query))


def draft(session: Session, attempt_id: UUID, step: int) -> Draft | None:
    """The draft at a step."""
    return session.get(Draft, (attempt_id, step))


def keep_draft(session: Session, attempt_id: UUID, step: int, text: str, now: datetime) -> None:
    """Keep a text that isn't handed in yet, in place of the one before."""
    row = insert_into(session, Draft).values(attempt_id=attempt_id, step=step, text=text, saved_at=now)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Draft.attempt_id, Draft.step], set_={"text": text, "saved_at": now}
        )
    )


def drop_draft(session: Session, attempt_id: UUID, step: int) -> None:
    """Forget the draft at a step: the text was handed in."""
    session.execute(delete(Draft).where(Draft.attempt_id == attempt_id, Draft.step == step))


def drafts_of(session: Session, learner_id: UUID) -> list[Draft]:
    """Every draft of a learner, in own practice and in classes."""
    return list(
        session.scalars(select(Draft).join(Attempt, Draft.attempt_id == Attempt.id).where(theirs(learner_id)))
    )
