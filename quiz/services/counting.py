"""What a class counts: its teachers take a claim out in one press, and put it back. Each press is logged."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.core.saying import Refusal, say
from quiz.store import reviews
from quiz.store.tables import Teacher


class NoSuchUnit(Refusal):
    """No task has this unit."""


def _known(library: Library, scope: str, unit: str) -> bool:
    if (article := library.articles.get(scope)) is not None:
        return unit in article.claims
    item = library.task(scope)
    return item is not None and unit in item.format.units


def take_out(
    session: Session,
    library: Library,
    classroom_id: UUID,
    *,
    scope: str,
    unit: str,
    teacher: Teacher,
    id: UUID,
    now: datetime,
) -> None:
    """Count a unit no more in a class; nothing changes where it is out. Answers and their marks stay.

    Raises NoSuchUnit.
    """
    if not _known(library, scope, unit):
        raise NoSuchUnit(say("No task has this claim. Load the page again and press once more."))
    log = reviews.taken_out(session, classroom_id)
    if any((one.scope, one.unit, one.put_back_at) == (scope, unit, None) for one in log):
        return
    reviews.take_out(
        session, id=id, classroom_id=classroom_id, scope=scope, unit=unit, by=teacher.name, now=now
    )


def put_back(
    session: Session, classroom_id: UUID, scope: str, unit: str, teacher: Teacher, *, now: datetime
) -> None:
    """Count a unit again."""
    reviews.put_back(session, classroom_id, scope, unit, by=teacher.name, now=now)
