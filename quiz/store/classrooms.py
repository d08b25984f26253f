"""Queries about classes and who teaches them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.store.tables import Classroom, Seat, Teacher, teaches
from quiz.store.upsert import insert_into


def get(session: Session, id: UUID, *, teacher_id: UUID, for_writing: bool = False) -> Classroom | None:
    """A class, if that teacher teaches it; else None.

    `for_writing`: others who want to change the class or join it wait until this transaction is over.
    """
    query = (
        select(Classroom)
        .join(teaches, teaches.c.classroom_id == Classroom.id)
        .where(Classroom.id == id, teaches.c.teacher_id == teacher_id)
    )
    return session.scalar(query.with_for_update(of=Classroom) if for_writing else query)


def of(session: Session, teacher_id: UUID) -> list[tuple[Classroom, int]]:
    """The classes of a teacher, each with how many of its seats are taken, the latest first."""
    taken = (
        select(func.count())
        .where(Seat.classroom_id == Classroom.id, Seat.taken_at.is_not(None))
        .correlate(Classroom)
        .scalar_subquery()
    )
    query = (
        select(Classroom, taken)
        .join(teaches, teaches.c.classroom_id == Classroom.id)
        .where(teaches.c.teacher_id == teacher_id)
        .order_by(Classroom.created_at.desc())
    )
    return [(classroom, count) for classroom, count in session.execute(query)]


def with_code(session: Session, code: str, *, for_writing: bool = False) -> Classroom | None:
    """The class that a code belongs to; `for_writing` as in `get`."""
    query = select(Classroom).where(Classroom.code == code)
    return session.scalar(query.with_for_update() if for_writing else query)


def called(session: Session, name: str, code: str | None) -> list[Classroom]:
    """The classes that a name or a code belongs to."""
    query = select(Classroom).where(or_(Classroom.name == name, Classroom.code == code))
    return list(session.scalars(query.order_by(Classroom.created_at)))


def teachers(session: Session, classroom_id: UUID) -> list[Teacher]:
    """Who teaches a class, by name."""
    query = select(Teacher).join(teaches, teaches.c.teacher_id == Teacher.id)
    return list(session.scalars(query.where(teaches.c.classroom_id == classroom_id).order_by(Teacher.name)))


def add(
    session: Session,
    *,
    id: UUID,
    name: str,
    zone: str,
    code: str,
    naming: str,
    teacher_id: UUID,
    now: datetime,
) -> Classroom | None:
    """Make a class with its first teacher; None where the code is another class's."""
    classroom = Classroom(id=id, name=name, zone=zone, code=code, naming=naming, is_open=True, created_at=now)
    try:
        with session.begin_nested():
            session.add(classroom)
    except IntegrityError:
        if session.scalar(select(exists().where(Classroom.code == code))):
            return None
        raise
    teach(session, id, teacher_id)
    return classroom


def give_code(session: Session, classroom: Classroom, code: str) -> bool:
    """Give a class another code; False where that is another class's."""
    try:
        with session.begin_nested():
            classroom.code = code
    except IntegrityError:
        session.refresh(classroom)
        return False
    return True


def teach(session: Session, classroom_id: UUID, teacher_id: UUID) -> None:
    """Let a teacher teach a class; nothing changes where they do."""
    row = insert_into(session, teaches).values(classroom_id=classroom_id, teacher_id=teacher_id)
    session.execute(row.on_conflict_do_nothing())


def leave(session: Session, classroom_id: UUID, teacher_id: UUID) -> None:
    """Let a teacher teach a class no more."""
    mine = (teaches.c.classroom_id == classroom_id, teaches.c.teacher_id == teacher_id)
    session.execute(delete(teaches).where(*mine))


def remove(session: Session, classroom_id: UUID) -> None:
    """Delete a class with its seats, assignments and answers."""
    session.execute(delete(Classroom).where(Classroom.id == classroom_id))
