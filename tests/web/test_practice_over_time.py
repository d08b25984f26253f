"""Thirty days of practice by five kinds of learners: what comes back when, and what each is told."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.formats.choice import Choice
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.store.practice_tables import PracticeCard
from quiz.store.tables import Response
from tests.web.client import Visitor
from tests.web.ways import is_step, next_address, task_at, text_of, with_key

DAYS = 30
EVERY = 2
SEED = 3
BEGINS = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
Kind = Callable[[Item, Random, int], str]
SEEN = "A source was seen where the text states none"
PASSED = "A source that the text states was passed over"
NEITHER = "Stated sources are found, and none is seen"
JUDGING = r"\b(you are|you always|gullible|naive|cynic|suspicious|careless|trusting|bad at|wrong again)\b"


def perfect(item: Item, _random: Random, _day: int) -> str:
    """Always as the key has it."""
    assert isinstance(item.format, Choice)
    return min(item.format.right)


def guessing(item: Item, random: Random, _day: int) -> str:
    """Any answer."""
    return random.choice(sorted(item.by_unit))


def sees_everywhere(item: Item, random: Random, day: int) -> str:
    """A source in every statement."""
    return "sourced" if "sourced" in item.by_unit else perfect(item, random, day)


def sees_none(item: Item, random: Random, day: int) -> str:
    """The article's own voice in every statement."""
    return "own-voice" if "own-voice" in item.by_unit else perfect(item, random, day)


def learning(item: Item, random: Random, day: int) -> str:
    """More often right from day to day."""
    sure = random.random() < 0.35 + 0.65 * day / DAYS
    return perfect(item, random, day) if sure else guessing(item, random, day)


def gaps(session: Session) -> dict[str, timedelta]:
    """How long each case waits from its last review on."""
    session.rollback()
    return {one.case: one.due_at - one.reviewed_at for one in session.scalars(select(PracticeCard))}


def practise_for_a_month(
    app: Flask, library: Library, session: Session, kind: Kind
) -> tuple[Visitor, list[dict[str, timedelta]]]:
    """Come every other day, and practise where something is due; what the cards said after each visit."""
    visitor, random, waits = Visitor(app, hurried=True), Random(7), []
    for day in range(0, DAYS, EVERY):
        with time_machine.travel(BEGINS + timedelta(days=day), tick=False):
            visitor.get("/practice")
            if "Nothing is due" in text_of(visitor):
                continue
            address = visitor.post("/practice").headers["Location"]
            while is_step(address):
                visitor.get(address)
                item = task_at(library, visitor)
                visitor.press(address, with_key(visitor, {"option": [kind(item, random, day)]}))
                address = next_address(visitor)
        waits.append(gaps(session))
    with time_machine.travel(BEGINS + timedelta(days=DAYS), tick=False):
        visitor.get("/me")
    return visitor, waits


def assert_nothing_came_twice_too_early(session: Session, library: Library) -> None:
    """No statement repeats while its case has one that wasn't met."""
    cases = {one.id: one.case for one in library.statements if one.use == "practice"}
    met: set[str] = set()
    for id in session.scalars(select(Response.item).order_by(Response.answered_at, Response.step)):
        if id in met:
            assert {one for one, case in cases.items() if case is cases[id]} <= met, id
        met.add(id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("kind", "told", "not_told"),
    [
        (perfect, [NEITHER], [SEEN, PASSED]),
        (guessing, [SEEN, PASSED], [NEITHER]),
        (sees_everywhere, [SEEN], [PASSED, NEITHER]),
        (sees_none, [PASSED], [SEEN, NEITHER]),
        (learning, ["at first", "lately"], []),
    ],
)
def test_each_kind_is_told_its_own_error_and_meets_no_statement_twice(
    app: Flask,
    library: Library,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    told: list[str],
    not_told: list[str],
) -> None:
    monkeypatch.setattr("secrets.randbits", Random(SEED).getrandbits)
    visitor, waits = practise_for_a_month(app, library, session, kind)
    growth = visitor.page.select_one("#growth")
    assert growth is not None
    said = re.sub(r"\s+", " ", growth.get_text(" "))
    assert all(line in said for line in told), told
    assert not any(line in said for line in not_told), not_told
    assert not re.search(JUDGING, said, re.IGNORECASE)
    assert_nothing_came_twice_too_early(session, library)
    named = [text for text in library.misconceptions.values() if text in said]
    assert bool(named) is (kind is not perfect), "who errs is told which error"
    if kind is perfect:
        for before, after in pairwise(waits):
            assert all(after[case] >= wait for case, wait in before.items())
        assert min(waits[-1].values()) > timedelta(days=7) and len(waits) < DAYS // EVERY
    if kind is learning:
        halves = [int(one) for one in re.findall(r"Read as the text has it, at first (\d+)", said)]
        lately = [int(one) for one in re.findall(r"lately (\d+) of", said)]
        assert sum(lately) > sum(halves)
