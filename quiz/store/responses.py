"""Keeping answers, with their marks, and giving the marks back as they were kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, insert, or_, select
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from quiz.core import snapshot
from quiz.core.item import Item
from quiz.core.mark import Mark, Outcome
from quiz.store import kept_units
from quiz.store.attempts import theirs
from quiz.store.remark_tables import OldMark
from quiz.store.tables import Attempt, Response, Revision
from quiz.store.upsert import insert_into

# Said with every answer, so they are put together once, and the row is written without the unit of work.
_COLUMNS = Response.__table__.columns
_KEEP = (
    insert(Response)
    .from_select(
        _COLUMNS.keys(),
        select(*(bindparam(f"kept_{one.key}", type_=one.type) for one in _COLUMNS)).where(
            Revision.id == bindparam("kept_revision")
        ),
    )
    .execution_options(preserve_rowcount=True)
)
"""Keeps an answer where its item's revision is kept, else writes nothing."""


def add(
    session: Session,
    attempt: Attempt,
    item: Item,
    mark: Mark,
    *,
    id: UUID,
    step: int,
    answer: dict[str, list[str]],
    confidence: str | None,
    submit_key: str,
    late: bool,
    now: datetime,
) -> Response:
    """Keep an answer at a step that has none."""
    row = {
        "id": id,
        "attempt_id": attempt.id,
        "step": step,
        "item": item.id,
        "revision": item.revision,
        "key_revision": item.key_revision,
        "text_revision": item.text_revision,
        "answer": answer,
        **_columns(mark),
        "confidence": confidence,
        "submit_key": submit_key,
        "late": late,
        "answered_at": now,
    }
    values = {f"kept_{name}": value for name, value in row.items()}
    if not session.connection().execute(_KEEP, values).rowcount:
        keep_revision(session, item, now)
        if not session.connection().execute(_KEEP, values).rowcount:
            raise RuntimeError("an answer found its item's revision neither kept nor to be kept")
    response = Response(**row)
    make_transient_to_detached(response)
    session.add(response)
    set_committed_value(attempt, "responses", [*attempt.responses, response])
    return response


def _columns(mark: Mark) -> dict[str, Any]:
    """A mark as it is kept: points as two whole numbers, and what became of each unit."""
    return {
        "units": kept_units.as_json(mark.units),
        "outcome": mark.outcome.value,
        "points_num": None if mark.points is None else mark.points.numerator,
        "points_den": None if mark.points is None else mark.points.denominator,
        "hits": mark.hits,
        "keys": mark.keys,
        "false_marks": mark.false_marks,
        "noise": mark.noise,
        "scheme": mark.scheme,
    }


def last_met(session: Session, learner_id: UUID) -> dict[str, datetime]:
    """When a learner answered each task last, in own practice and in classes."""
    query = (
        select(Response.item, func.max(Response.answered_at).label("met"))
        .join(Attempt)
        .where(theirs(learner_id))
    )
    return {row.item: row.met for row in session.execute(query.group_by(Response.item))}


def items_of_seat(session: Session, seat_id: UUID) -> set[str]:
    """The ids of all tasks that a seat has answered."""
    query = select(Response.item).join(Attempt, Response.attempt_id == Attempt.id)
    return set(session.scalars(query.where(Attempt.seat_id == seat_id)))


def keep_revision(session: Session, item: Item, now: datetime) -> None:
    """Keep the item as it is written now, once."""
    row = insert_into(session, Revision).values(
        id=item.revision, item=item.id, source=item.source, task=snapshot.of_item(item), kept_at=now
    )
    session.execute(row.on_conflict_do_nothing())


def of_older(session: Session, item: Item) -> list[Response]:
    """The answers that were marked with another key than the present one, or in another way."""
    query = select(Response).where(
        Response.item == item.id,
        or_(Response.key_revision != item.key_revision, Response.scheme != item.format.scheme),
        Response.key_revision.is_not(None),
    )
    return list(session.scalars(query.order_by(Response.answered_at)))


def count_of_unknown(session: Session, item: Item) -> int:
    """How many answers belong to a revision of the item that nobody knows: they are never marked again."""
    query = select(func.count()).where(Response.item == item.id, Response.key_revision.is_(None))
    return session.scalar(query) or 0


def mark_of(response: Response) -> Mark | None:
    """The mark that an answer was given; None where nothing of its units is known."""
    if response.units is None:
        return None
    return Mark(
        points=response.points,
        outcome=Outcome(response.outcome),
        scheme=response.scheme,
        units=kept_units.from_json(response.units),
        hits=response.hits,
        keys=response.keys,
        false_marks=response.false_marks,
        noise=response.noise,
    )


def tasks_as_asked(session: Session, revisions: Collection[str]) -> dict[str, dict[str, Any]]:
    """Items as they were asked, by revision; those that nobody knows are left out."""
    query = select(Revision.id, Revision.task).where(Revision.id.in_(revisions), Revision.task.is_not(None))
    return {row.id: row.task for row in session.execute(query) if row.task}


def was_marked_again(session: Session, response: UUID) -> bool:
    """Whether an answer had another mark before."""
    return bool(session.scalar(select(exists().where(OldMark.response_id == response))))


def remark(session: Session, response: Response, item: Item, mark: Mark, *, id: UUID, now: datetime) -> None:
    """Give an answer another mark, by the present key; the mark of before is kept beside it.

    The text that its learner read stays the one of then.
    """
    session.add(
        OldMark(
            id=id,
            response_id=response.id,
            revision=response.revision,
            key_revision=response.key_revision,
            units=response.units,
            points_num=response.points_num,
            points_den=response.points_den,
            scheme=response.scheme,
            replaced_at=now,
        )
    )
    response.revision = item.revision
    response.key_revision = item.key_revision
    for name, value in _columns(mark).items():
        setattr(response, name, value)
