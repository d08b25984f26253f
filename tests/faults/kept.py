"""Whether the database holds what was confirmed: once, as it was sent, with the mark it must get."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.faults.crowd import Seen, Sent


@dataclass(frozen=True)
class Kept:
    """What became of a crowd’s answers. All but the first two should be nothing."""

    confirmed: int
    stored: int
    lost: list[Sent]
    doubled: int
    changed: list[Sent]
    marked_otherwise: list[Sent]
    unsent: int
    """Answers in the database that nobody sent."""

    @property
    def whole(self) -> bool:
        """Whether each confirmed answer is there once, with its mark, and no other."""
        return not (self.lost or self.doubled or self.changed or self.marked_otherwise or self.unsent)

    def __str__(self) -> str:
        return (
            f"{self.confirmed} answers confirmed, {self.stored} stored, {len(self.lost)} lost, "
            f"{self.doubled} doubled, {len(self.changed) + len(self.marked_otherwise)} changed"
        )


def compare(engine: Engine, library: Library, seen: Seen) -> Kept:
    """Hold the database against what the learners saw."""
    with Session(engine) as session:
        rows = list(session.scalars(select(Response)))
    at = {(row.attempt_id, row.step): row for row in rows}
    changed, otherwise, lost = [], [], []
    for one in seen.confirmed:
        item = library.task(one.item)
        assert item is not None
        row = at.get((one.attempt, one.step))
        if row is None:
            lost.append(one)
            continue
        answer = item.format.read(one.fields)
        if row.answer != answer.fields() or row.item != one.item:
            changed.append(one)
        mark = item.format.mark(answer)
        if (row.points, row.hits, row.false_marks) != (mark.points, mark.hits, mark.false_marks):
            otherwise.append(one)
    sent = {(one.attempt, one.step) for one in seen.sent}
    return Kept(
        confirmed=len(seen.confirmed),
        stored=len(rows),
        lost=lost,
        doubled=sum(count - 1 for count in Counter((row.attempt_id, row.step) for row in rows).values()),
        changed=changed,
        marked_otherwise=otherwise,
        unsent=sum(place not in sent for place in at),
    )
