"""Kept answers with the marks they were given: nothing is marked again to be shown."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy.orm import Session

from quiz.core import snapshot
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.results import Answered
from quiz.store import responses
from quiz.store.reports import Kept
from quiz.store.tables import Attempt, Response


class Change(StrEnum):
    """What has changed in an item since an answer to it was marked, the greatest change alone."""

    NOTHING = ""
    WORDING = "wording"
    MARKED_AGAIN = "marked again"
    KEY = "key"
    SCHEME = "scheme"


def change(session: Session, item: Item, answer: Response) -> Change:
    """What has changed in the item since the answer. An item that nobody knows has another key."""
    if answer.scheme != item.format.scheme:
        return Change.SCHEME
    if answer.key_revision != item.key_revision:
        return Change.KEY
    if responses.was_marked_again(session, answer.id):
        return Change.MARKED_AGAIN
    return Change.NOTHING if answer.text_revision == item.text_revision else Change.WORDING


def marked_by(item: Item, answer: Response | Kept) -> bool:
    """Whether the item, of today or as it was asked, has the key and the scheme that marked the answer."""
    return answer.key_revision == item.key_revision and answer.scheme == item.format.scheme


def as_asked(session: Session, library: Library, answers: Iterable[Response | Kept]) -> dict[str, Item]:
    """By revision, the items whose key has changed since one of the answers, as they were asked then.

    Asks the database only where there are such answers. Of a revision that nobody knows, or an item that
    is there no more, there is none.
    """
    older: dict[str, Item] = {}
    for answer in answers:
        item = library.task(answer.item)
        if item and not marked_by(item, answer):
            older[answer.revision] = item
    if not older:
        return {}
    kept = responses.tasks_as_asked(session, older.keys())
    return {revision: snapshot.as_asked(older[revision], task) for revision, task in kept.items()}


def answered(attempt: Attempt, library: Library) -> list[Answered]:
    """Every answer of an attempt that was marked unit by unit, with its item as it is now."""
    marks = ((one, responses.mark_of(one)) for one in attempt.responses)
    return [Answered(item=library.task(one.item), mark=mark, step=one.step) for one, mark in marks if mark]
