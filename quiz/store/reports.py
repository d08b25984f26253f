"""Queries for what a teacher sees: the answers of a class, read by its own indexed rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.core.mark import Mark
from quiz.store.responses import mark_of
from quiz.store.tables import Assignment, Attempt, Response, Teacher, teaches


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kept answer of a seat at an assignment, with the mark it was given; None: nobody knows its item."""

    response_id: UUID
    attempt_id: UUID
    assignment_id: UUID
    seat_id: UUID
    exercise: str
    step: int
    item: str
    revision: str
    key_revision: str | None
    text_revision: str | None
    answer: dict[str, list[str]]
    scheme: str
    outcome: str
    points: Fraction | None
    mark: Mark | None
    confidence: str | None
    late: bool
    answered_at: datetime


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a seat's first attempt at an assignment has come."""

    seat_id: UUID
    tasks: int
    answered: int
    finished: bool


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many seats have begun an assignment and finished it, their answers, and how many those could be."""

    begun: int
    finished: int
    answers: int
    expected: int


_FIRST = (Attempt.assignment_id == Assignment.id, Attempt.number == 1)
_ANSWERS = select(func.count()).select_from(Response).join(Attempt).where(*_FIRST)
_OF_ATTEMPTS = (
    func.count(),
    func.count(Attempt.finished_at),
    func.coalesce(func.sum(func.json_array_length(Attempt.tasks)), 0),
)
_TASK = bindparam("task", type_=Uuid())
# Asked for every few seconds by each page of results that is open, so it is put together once.
_COUNTS = (
    select(
        *(select(one).where(*_FIRST).correlate(Assignment).scalar_subquery() for one in _OF_ATTEMPTS),
        _ANSWERS.correlate(Assignment).scalar_subquery(),
    )
    .select_from(Assignment)
    .join(teaches, teaches.c.classroom_id == Assignment.classroom_id)
    .join(Teacher, Teacher.id == teaches.c.teacher_id)
    .where(
        Assignment.classroom_id == bindparam("classroom"),
        or_(_TASK.is_(None), Assignment.id == _TASK),
        Teacher.id == bindparam("teacher"),
        Teacher.epoch == bindparam("epoch"),
    )
    .order_by(Assignment.opens_at.desc(), Assignment.created_at.desc())
    .limit(1)
)


def counts(
    session: Session, classroom_id: UUID, assignment_id: UUID | None, teacher_id: UUID, epoch: int
) -> Counts | None:
    """The counts of an assignment, by default the latest, of a class that this teacher teaches; else None."""
    whose = {"classroom": classroom_id, "task": assignment_id, "teacher": teacher_id, "epoch": epoch}
    found = session.connection().execute(_COUNTS, whose).first()
    if found is None:
        return None
    return Counts(begun=found[0], finished=found[1], expected=found[2], answers=found[3])


def answers(session: Session, assignment_ids: Sequence[UUID], *, item: str | None = None) -> list[Kept]:
    """The answers of all first attempts at some assignments, in the order given; to one item, or to all."""
    query = (
        select(Response, Attempt.assignment_id, Attempt.seat_id, Attempt.exercise)
        .join(Attempt, Response.attempt_id == Attempt.id)
        .where(Attempt.assignment_id.in_(assignment_ids), Attempt.number == 1)
        .order_by(Response.answered_at, Response.attempt_id, Response.step)
    )
    if item is not None:
        query = query.where(Response.item == item)
    return [
        _kept(one, assignment_id, seat_id, exercise)
        for one, assignment_id, seat_id, exercise in session.execute(query)
        if assignment_id and seat_id
    ]


def kept_of(attempt: Attempt) -> list[Kept]:
    """The answers of an attempt at an assignment, in the order of the steps."""
    if attempt.assignment_id is None or attempt.seat_id is None:
        return []
    where = attempt.assignment_id, attempt.seat_id, attempt.exercise
    return [_kept(one, *where) for one in sorted(attempt.responses, key=lambda one: one.step)]


def _kept(one: Response, assignment_id: UUID, seat_id: UUID, exercise: str) -> Kept:
    return Kept(
        response_id=one.id,
        attempt_id=one.attempt_id,
        assignment_id=assignment_id,
        seat_id=seat_id,
        exercise=exercise,
        step=one.step,
        item=one.item,
        revision=one.revision,
        key_revision=one.key_revision,
        text_revision=one.text_revision,
        answer=one.answer,
        scheme=one.scheme,
        outcome=one.outcome,
        points=one.points,
        mark=mark_of(one),
        confidence=one.confidence,
        late=one.late,
        answered_at=one.answered_at,
    )


def of_seat(session: Session, seat_id: UUID) -> list[Attempt]:
    """Every attempt of a seat with its answers and its assignment, the latest first."""
    query = (
        select(Attempt)
        .where(Attempt.seat_id == seat_id)
        .order_by(Attempt.started_at.desc())
        .options(selectinload(Attempt.responses), joinedload(Attempt.assignment))
    )
    return list(session.scalars(query))


def progress(session: Session, assignment_id: UUID) -> list[Progress]:
    """How far each seat has come that has begun an assignment."""
    answered = (
        select(func.count()).where(Response.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    )
    query = select(Attempt.seat_id, Attempt.tasks, answered, Attempt.finished_at).where(
        Attempt.assignment_id == assignment_id, Attempt.number == 1
    )
    return [
        Progress(seat_id=seat, tasks=len(tasks), answered=count, finished=finished is not None)
        for seat, tasks, count, finished in session.execute(query)
        if seat
    ]
