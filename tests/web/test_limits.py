"""Guessing is slowed down and stopped; those who mistype or come in crowds are not."""

import re
from math import isclose

import pytest
import time_machine
from flask import Flask
from limits import parse_many
from sqlalchemy import Engine

from quiz.app import ROOT
from quiz.core import codes
from quiz.services.seats import PASS_MINUTES
from quiz.web.limits import FAILURES, WRONG_CODES
from tests.web.client import Visitor
from tests.web.room import code_of, join, new_class, new_teacher, seats_of
from tests.web.ways import text_of

WORKERS = 2


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in."""
    return new_teacher(app, engine)


@pytest.fixture
def room(teacher: Visitor) -> str:
    """The address of a class of theirs."""
    return new_class(teacher)


def test_forty_learners_join_from_one_address_within_a_minute(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    for _learner in range(40):
        join(app, code)
    assert len(seats_of(teacher, room)) == 40


def test_guessing_codes_is_stopped_and_the_wait_is_said(app: Flask, teacher: Visitor, room: str) -> None:
    code = code_of(teacher, room)
    visitor = Visitor(app)
    for _try in range(10):
        visitor.get(f"/join/{code}")
        visitor.post(f"/join/{code}/digits", {"digits": "000000"}, code=422)
    visitor.get(f"/join/{code}")
    visitor.post(f"/join/{code}/digits", {"digits": "000001"}, code=429)
    assert visitor.response is not None
    assert 0 < int(visitor.response.headers["Retry-After"]) <= 60
    assert "Wait 1 minute, then try again." in text_of(visitor)
    for _try in range(30):
        visitor.client.get("/join/222222")
    visitor.get("/join/222222", code=429)


def test_where_both_limits_are_used_up_the_longer_wait_is_said_and_is_enough(app: Flask) -> None:
    guesser = Visitor(app)
    with time_machine.travel("2026-11-24 12:00 +0000", tick=False) as clock:
        guesser.get("/resume")
        for _minute in range(10):
            clock.shift(61)
            for _try in range(10):
                guesser.post("/resume", {"code": "2222-2222-2222-2222"}, code=422)
        for _try in range(2):
            guesser.post("/resume", {"code": "2222-2222-2222-2222"}, code=429)
            assert guesser.response is not None
            wait = int(guesser.response.headers["Retry-After"])
            assert wait > 60
        clock.shift(wait)
        guesser.post("/resume", {"code": "2222-2222-2222-2222"}, code=422)


def test_the_odds_in_the_docs_are_those_of_the_limits() -> None:
    """What docs/operate.md says of guessing follows from the limits and from how many codes there are."""
    text = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
    stated = [int(one.replace(",", "")) for one in re.findall(r"1 in ([\d,]+)", text)]
    all_codes = len(codes.ALPHABET) ** codes.LENGTH
    assert f"{all_codes:,}" in text
    codes_an_hour = tries(WRONG_CODES, 60) * WORKERS
    digits = tries(FAILURES, PASS_MINUTES) * WORKERS
    assert f"{codes_an_hour:,} an hour" in text and f"{digits} in the {PASS_MINUTES} minutes" in text
    worked_out = [all_codes / (codes_an_hour * 100), 10**6 / digits]
    assert all(isclose(said, right, rel_tol=0.01) for said, right in zip(stated, worked_out, strict=True))


def tries(limit: str, minutes: int) -> int:
    """How many wrong tries a limit lets through in so many minutes."""
    return min(one.amount * max(1, minutes * 60 // one.get_expiry()) for one in parse_many(limit))
