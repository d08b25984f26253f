"""Forgetting what nobody came back to: classes, own practice, attempts with nothing in them, what expired.

"Came back" is told by what is kept: a learner's last answer, draft or start, alone or in a class; in a
class also its last task, newcomer, or change by a teacher. Reading pages leaves no trace, so it can't count.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quiz.store import purging as stored
from quiz.store.purging import Part, Since

EMPTY_DAYS = 2
ALWAYS = datetime.min.replace(tzinfo=UTC)
PARTS = (
    stored.ATTEMPTS,
    stored.LINKS,
    stored.DIGITS,
    stored.CLASSES,
    stored.PRACTICE,
    stored.REVISIONS,
)
"""The kinds of what can be forgotten, in the order in which they go."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What one transaction removed; `last` is where the next goes on, None where nothing is left."""

    removed: int
    last: Any | None


def since(now: datetime, retention_days: int) -> Since:
    """What counts as forgotten at some time; with 0 days neither classes nor own practice ever do."""
    return Since(
        now=now,
        used=now - timedelta(days=retention_days) if retention_days else ALWAYS,
        begun=now - timedelta(days=EMPTY_DAYS),
    )


def count(session: Session, part: Part, when: Since) -> int:
    """How many of a kind would go. Changes nothing."""
    return stored.count(session, part, when)


def remove_some(session: Session, part: Part, when: Since, *, after: Any | None) -> Piece:
    """Remove a few of a kind, those behind `after`: a piece that holds others up for a moment alone."""
    keys = stored.some(session, part, when, after=after)
    if not keys:
        return Piece(removed=0, last=None)
    return Piece(removed=part.remove(session, keys, part.due(when)), last=keys[-1])
