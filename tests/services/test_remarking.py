"""A mended key: a dry run says who changes; one act marks again and keeps the old marks."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.formats.spot import Spot
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.services import remarking
from quiz.services.marking import Change, change
from quiz.store.remark_tables import OldMark
from quiz.store.tables import Response
from tests.services.test_answering import begin, load, task, writing

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def answered(engine: Engine, library: Library, fields: list[dict[str, list[str]]]) -> Item:
    """Some learners answer B1; gives the item."""
    from quiz.services import answering

    for number, marks in enumerate(fields):
        learner, id = begin(engine, library, birth=f"b{number}")
        with writing(engine) as session:
            attempt = load(session, learner, id)
            item = task(attempt, 1, library)
            answering.submit(
                session,
                attempt,
                1,
                item,
                marks,
                library=library,
                opening=None,
                submit_key=uuid4().hex,
                confidence=None,
                random=Random(1),
                new_id=uuid4,
                now=NOW,
            )
    return item


def mended(item: Item) -> Item:
    """B1 as if sentence 13 had turned out to be open."""
    assert isinstance(item.format, Spot)
    format = replace(item.format, keys=item.format.keys - {"s13"}, neutral=item.format.neutral | {"s13"})
    return replace(item, format=format, revision="mended", key_revision="mended")


@pytest.mark.parametrize("never_lower", [False, True])
def test_marking_again_is_a_dry_run_first_and_keeps_the_old_marks(
    engine: Engine, session: Session, library: Library, never_lower: bool
) -> None:
    three = {"mark": ["s1", "s4", "s5"]}
    last = {"mark": ["s13"]}
    new = mended(answered(engine, library, [three, last]))
    with writing(engine) as one:
        found = remarking.dry_run(one, new, library.articles)
        assert [remark.change for remark in found] == [Fraction(1, 4), Fraction(-1, 4)]
    points = {str(r.answer["mark"]): r.points for r in session.scalars(select(Response))}
    assert points == {"['s1', 's4', 's5']": Fraction(3, 4), "['s13']": Fraction(1, 4)}
    with writing(engine) as one:
        done = remarking.apply(
            one,
            new,
            remarking.dry_run(one, new, library.articles),
            never_lower=never_lower,
            new_id=uuid4,
            now=NOW,
        )
    session.rollback()
    session.expire_all()
    points = {str(r.answer["mark"]): r.points for r in session.scalars(select(Response))}
    kept = [Fraction(o.points_num or 0, o.points_den or 1) for o in session.scalars(select(OldMark))]
    assert points["['s1', 's4', 's5']"] == 1
    changes = {str(r.answer["mark"]): change(session, new, r) for r in session.scalars(select(Response))}
    assert changes["['s1', 's4', 's5']"] is Change.MARKED_AGAIN
    assert changes["['s13']"] is (Change.KEY if never_lower else Change.MARKED_AGAIN)
    if never_lower:
        assert (done, points["['s13']"], kept) == (1, Fraction(1, 4), [Fraction(3, 4)])
    else:
        assert (done, points["['s13']"], sorted(kept)) == (2, Fraction(0), [Fraction(1, 4), Fraction(3, 4)])
    with writing(engine) as one:
        assert len(remarking.dry_run(one, new, library.articles)) == (1 if never_lower else 0)


def test_an_answer_that_the_mended_item_can_not_read_is_left(engine: Engine, library: Library) -> None:
    item = answered(engine, library, [{"mark": ["s16"]}])
    assert isinstance(item.format, Spot)
    noise = tuple(group for group in item.format.noise if "s16" not in group)
    new = replace(item, format=replace(item.format, noise=noise), revision="shorter", key_revision="shorter")
    with writing(engine) as session:
        (found,) = remarking.dry_run(session, new, library.articles)
        assert found.mark is None and found.change == 0
        assert remarking.apply(session, new, [found], never_lower=False, new_id=uuid4, now=NOW) == 0
