"""Queries about teachers and the links that let them in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.store.tables import Invitation, Teacher


def get(session: Session, id: UUID, epoch: int) -> Teacher | None:
    """The teacher of a cookie, while the epoch still holds."""
    return session.scalar(select(Teacher).where(Teacher.id == id, Teacher.epoch == epoch))


def by_id(session: Session, id: UUID | None) -> Teacher | None:
    """The teacher with an id."""
    return session.get(Teacher, id) if id else None


def called(session: Session, name_key: str) -> Teacher | None:
    """The teacher with a sign-in name."""
    return session.scalar(select(Teacher).where(Teacher.name_key == name_key))


def any_there(session: Session) -> bool:
    """Whether there is any teacher yet."""
    return bool(session.scalar(select(exists().select_from(Teacher))))


def add(
    session: Session, *, id: UUID, name: str, name_key: str, password_hash: str, now: datetime
) -> Teacher | None:
    """Make a teacher; None where the name is taken."""
    teacher = Teacher(
        id=id, name=name, name_key=name_key, password_hash=password_hash, epoch=0, created_at=now
    )
    try:
        with session.begin_nested():
            session.add(teacher)
    except IntegrityError:
        return None
    return teacher


def invite(
    session: Session,
    *,
    token_hash: str,
    expires_at: datetime,
    teacher_id: UUID | None = None,
    classroom_id: UUID | None = None,
) -> None:
    """Keep a link's hash, until it is used or has expired."""
    session.add(
        Invitation(
            token_hash=token_hash, teacher_id=teacher_id, classroom_id=classroom_id, expires_at=expires_at
        )
    )


def invitation(session: Session, token_hash: str, now: datetime) -> Invitation | None:
    """The invitation of a link that may still be used."""
    query = select(Invitation).where(Invitation.token_hash == token_hash, Invitation.expires_at > now)
    return session.scalar(query)


def end_resets(session: Session, teacher_id: UUID) -> None:
    """Take away every link that could set a teacher's password."""
    session.execute(delete(Invitation).where(Invitation.teacher_id == teacher_id))


def use_up(session: Session, token_hash: str) -> bool:
    """Take an invitation away; whether it was still there, so that of two at once one succeeds."""
    gone = delete(Invitation).where(Invitation.token_hash == token_hash).returning(Invitation.token_hash)
    return session.scalar(gone) is not None
