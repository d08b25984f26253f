"""Filling in the units of answers that older releases marked: part by part, and gone on with after a stop.

Each answer is marked with the key that its item had then, built again from the source kept beside it.
Units are kept only where that gives the very points that are kept; so nothing is marked anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import marking
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import BadAnswer, Judged
from quiz.store import unit_backfill as stored
from quiz.store.tables import Response, Revision

AT_ONCE = 500
"""Answers filled in one transaction."""

Rebuild = Callable[[str, str], Item | None]
"""Builds an item from its id and its source; None where that can't be done."""


def fill_tasks(session: Session, library: Library, rebuild: Rebuild) -> int:
    """Keep every revision's task as it was asked, where it is known; gives how many."""
    filled = 0
    for revision in stored.without_task(session):
        if item := _as_asked(revision, stored.key_of(session, revision.id), library, rebuild):
            stored.keep_task(session, revision, item)
            filled += 1
        else:
            revision.task = stored.NOBODY_KNOWS
    return filled


def _as_asked(revision: Revision, key: str | None, library: Library, rebuild: Rebuild) -> Item | None:
    """The item as it was written then, or as it is now where its key is the same; None: nobody knows."""
    written = rebuild(revision.item, revision.source)
    if key is None:
        return written
    today = library.task(revision.item)
    return next((one for one in (written, today) if one and one.key_revision == key), None)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Answers of one transaction: how many were looked at, 0 at the end, and how many were given up."""

    looked_at: int
    given_up: int


def fill_units(session: Session, library: Library, rebuild: Rebuild) -> Part:
    """Keep the units of some answers. Those whose task nobody can mark as it was marked are given up."""
    answers = stored.some(session, AT_ONCE)
    items: dict[str, Item | None] = {}
    units: dict[UUID, Sequence[Judged]] = {}
    for answer in answers:
        if answer.revision not in items:
            items[answer.revision] = _to_mark_with(session, answer, library, rebuild)
        item = items[answer.revision]
        found = _units(answer, item, library) if item else None
        if found is not None:
            units[answer.id] = found
    stored.keep_units(session, units)
    given_up = [one.id for one in answers if one.id not in units]
    stored.give_up(session, given_up)
    return Part(looked_at=len(answers), given_up=len(given_up))


def _to_mark_with(session: Session, answer: Response, library: Library, rebuild: Rebuild) -> Item | None:
    """The item as it is now where its key is the same: its units are in the task's order; else as it was."""
    revision = stored.revision(session, answer.revision)
    today = library.task(revision.item)
    if today and today.key_revision == answer.key_revision:
        return today
    return _as_asked(revision, answer.key_revision, library, rebuild)


def _units(answer: Response, item: Item, library: Library) -> Sequence[Judged] | None:
    """What became of each unit; None where the answer can't be read, or its points come out otherwise."""
    try:
        mark = marking.mark(item, item.format.read(answer.answer), library.articles)
    except BadAnswer:
        return None
    return mark.units if mark.points == answer.points else None
