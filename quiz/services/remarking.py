"""Marking again after a key was mended: who changes, by how much; then one act that keeps the old marks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import marking
from quiz.core.article import Article
from quiz.core.item import Item
from quiz.core.mark import BadAnswer, Mark
from quiz.store import responses
from quiz.store.tables import Response


@dataclass(frozen=True, kw_only=True)
class Remark:
    """An answer to an older revision with its new mark; None where the mended item can't read it."""

    response: Response
    mark: Mark | None

    @property
    def change(self) -> Fraction:
        """New points less old ones; 0 where either has none."""
        if self.mark is None or self.mark.points is None or self.response.points is None:
            return Fraction(0)
        return self.mark.points - self.response.points


def dry_run(session: Session, item: Item, articles: Mapping[str, Article]) -> list[Remark]:
    """What marking again would do to each answer that was marked with another key. Changes nothing."""
    return [
        Remark(response=one, mark=_mark(item, one, articles)) for one in responses.of_older(session, item)
    ]


def _mark(item: Item, response: Response, articles: Mapping[str, Article]) -> Mark | None:
    try:
        return marking.mark(item, item.format.read(response.answer), articles)
    except BadAnswer:
        return None


def apply(
    session: Session,
    item: Item,
    remarks: Sequence[Remark],
    *,
    never_lower: bool,
    new_id: Callable[[], UUID],
    now: datetime,
) -> int:
    """Give each answer its new mark, the old one kept beside it; gives how many.

    `never_lower`: answers that would lose points keep theirs.
    """
    responses.keep_revision(session, item, now)
    done = 0
    for one in remarks:
        if one.mark is not None and not (never_lower and one.change < 0):
            responses.remark(session, one.response, item, one.mark, id=new_id(), now=now)
            done += 1
    return done
