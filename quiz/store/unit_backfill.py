"""Queries for filling in what older releases didn't keep: tasks as asked, and the units of answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, load_only

from quiz.core import snapshot
from quiz.core.item import Item
from quiz.core.mark import Judged
from quiz.store import kept_units
from quiz.store.tables import Response, Revision

UNFILLED = (Response.units.is_(None), Response.key_revision.is_not(None))


NOBODY_KNOWS: dict[str, Any] = {}
"""The task of a revision that was looked at and can't be built any more."""


def is_needed(session: Session) -> bool:
    """Whether there are revisions that nobody looked at yet, or answers whose units aren't kept yet."""
    unseen = exists().where(Revision.task.is_(None))
    return bool(session.scalar(select(or_(unseen, exists().where(*UNFILLED)))))


def count(session: Session) -> int:
    """How many answers there are whose units aren't kept yet."""
    return session.scalar(select(func.count()).where(*UNFILLED)) or 0


def without_task(session: Session) -> Sequence[Revision]:
    """The revisions that nobody looked at yet."""
    return session.scalars(select(Revision).where(Revision.task.is_(None)).order_by(Revision.id)).all()


def revision(session: Session, id: str) -> Revision:
    """A revision, which an answer names."""
    return session.get_one(Revision, id)


def key_of(session: Session, revision: str) -> str | None:
    """The key that the answers to a revision were marked with; None where nobody knows, or there are none."""
    query = select(Response.key_revision).where(Response.revision == revision)
    return session.scalar(query.where(Response.key_revision.is_not(None)).limit(1))


def keep_task(session: Session, revision: Revision, item: Item) -> None:
    """Keep an item as it was asked; answers to it that have no key yet get its key and its text."""
    revision.task = snapshot.of_item(item)
    unknown = update(Response).where(Response.revision == revision.id, Response.key_revision.is_(None))
    known = {"key_revision": item.key_revision, "text_revision": item.text_revision}
    session.execute(unknown.values(known))


def some(session: Session, most: int) -> Sequence[Response]:
    """Answers whose units aren't kept yet, and whose item is known; nothing of them is for changing."""
    fields = load_only(
        Response.revision,
        Response.key_revision,
        Response.answer,
        Response.points_num,
        Response.points_den,
    )
    return session.scalars(
        select(Response).where(*UNFILLED).order_by(Response.id).limit(most).options(fields)
    ).all()


_KEEP = (
    update(Response)
    .where(Response.id == bindparam("response"), Response.units.is_(None))
    .values(units=bindparam("kept_units"))
)


def keep_units(session: Session, units: Mapping[UUID, Sequence[Judged]]) -> None:
    """Keep the units of some answers that have none. Nothing else of them changes."""
    rows: list[dict[str, Any]] = [
        {"response": id, "kept_units": kept_units.as_json(those)} for id, those in units.items()
    ]
    if rows:
        session.connection().execute(_KEEP, rows)


def give_up(session: Session, responses: Sequence[UUID]) -> None:
    """Note of some answers that nobody knows the key they were marked with. Their points stay."""
    if responses:
        unknown = update(Response).where(Response.id.in_(responses), Response.units.is_(None))
        session.execute(unknown.values(key_revision=None, text_revision=None))
