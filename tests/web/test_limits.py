"""Guessing is slowed down and stopped; those who mistype or come in crowds are not."""

import re
from math import isclose

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from limits import parse_many
from sqlalchemy import Engine

from quiz.app import ROOT
from quiz.core import codes
from quiz.services.seats import PASS_MINUTES
from quiz.web.limits import ACCOUNT, CLASS, NETWORK
from tests.web.client import Visitor
from tests.web.room import code_of, digits_of, join, new_class, new_teacher, seats_of
from tests.web.test_teachers import sign_in
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


def test_wrong_digits_of_a_device_are_stopped_and_the_wait_is_said(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    visitor = Visitor(app)
    for _try in range(10):
        wrong_digits(visitor, code, 422)
    wrong_digits(visitor, code, 429)
    assert visitor.response is not None
    assert 0 < int(visitor.response.headers["Retry-After"]) <= 60
    assert "Wait 1 minute, then try again." in text_of(visitor)


def test_wrong_digits_of_many_devices_in_one_network_are_stopped_too(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code, other = code_of(teacher, room), code_of(teacher, new_class(teacher, "9c"))
    join(app, code)
    (seat,) = seats_of(teacher, room).values()
    for _device in range(60):
        wrong_digits(Visitor(app, hurried=True), code, 422)
    wrong_digits(Visitor(app, hurried=True), code, 429)
    wrong_digits(Visitor(app, hurried=True), other, 422)
    from_home = Visitor(app)
    from_home.client.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    from_home.get(f"/join/{code}")
    from_home.press(f"/join/{code}/digits", {"digits": digits_of(teacher, seat)})


def test_guessing_class_codes_is_stopped_for_the_network_but_not_for_who_sits_there(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    learner = join(app, code)
    guesser = Visitor(app, hurried=True)
    codes = [guesser.client.get("/join/222222").status_code for _ in range(301)]
    assert codes == [404] * 300 + [429]
    guesser.get(f"/join/{code}", code=429)
    learner.get(f"/join/{code}")
    (name,) = seats_of(teacher, room)
    learner.press(f"/join/{code}", {"name": name})


def test_typos_of_a_school_refuse_no_right_code_and_no_right_name(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    for _learner in range(40):
        visitor = Visitor(app, hurried=True)
        visitor.get("/join")
        for _typo in range(5):
            visitor.post("/join", {"code": "222222"}, code=422)
        visitor.get(f"/join/{code}")
        for _typo in range(2):
            visitor.client.post(f"/join/{code}", data={"name": "\u202e", "csrf_token": visitor.token()})
        visitor.post("/join", {"code": code})
        join(app, code, visitor=visitor)
    assert len(seats_of(teacher, room)) == 40


def test_wrong_passwords_of_one_account_refuse_no_other(app: Flask, engine: Engine) -> None:
    new_teacher(app, engine)
    new_teacher(app, engine, "Mr Oke")
    for _try in range(10):
        sign_in(app, "Mr Oke", password="not this one", code=422)
    sign_in(app, "mr  oke", password="not this one", code=429)
    sign_in(app, "Ms Vane")


def test_wrong_passwords_of_one_account_are_stopped_wherever_they_come_from(
    app: Flask, engine: Engine
) -> None:
    new_teacher(app, engine)

    def guess(number: int) -> int:
        visitor = Visitor(app, hurried=True)
        visitor.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        visitor.get("/teach/sign-in")
        fields = {"name": "Ms Vane", "password": "not this one", "csrf_token": visitor.token()}
        return visitor.client.post("/teach/sign-in", data=fields).status_code

    assert {guess(number) for number in range(100)} == {422}
    assert guess(200) == 429


def test_where_both_limits_are_used_up_the_longer_wait_is_said_and_is_enough(
    app: Flask, teacher: Visitor, room: str
) -> None:
    code = code_of(teacher, room)
    guesser = Visitor(app)
    with time_machine.travel("2026-11-24 12:00 +0000", tick=False) as clock:
        for _minute in range(10):
            clock.shift(61)
            for _try in range(10):
                wrong_digits(guesser, code, 422)
        for _try in range(2):
            wrong_digits(guesser, code, 429)
            assert guesser.response is not None
            wait = int(guesser.response.headers["Retry-After"])
            assert wait > 60
        clock.shift(wait)
        wrong_digits(guesser, code, 422)


def test_the_odds_in_the_docs_are_those_of_the_limits() -> None:
    """What docs/operate.md says of guessing follows from the limits and from how many codes there are."""
    text = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
    stated = [int(one.replace(",", "")) for one in re.findall(r"1 in ([\d,]+)", text)]
    all_codes = len(codes.ALPHABET) ** codes.LENGTH
    assert f"{all_codes:,}" in text
    codes_an_hour = tries(NETWORK, 60) * WORKERS
    digits = tries(CLASS, PASS_MINUTES) * WORKERS
    assert f"{codes_an_hour:,} an hour" in text and f"{digits} in the {PASS_MINUTES} minutes" in text
    assert f"{tries(ACCOUNT, 60) * WORKERS} an hour" in text
    worked_out = [all_codes / (codes_an_hour * 100), 10**6 / digits]
    assert all(isclose(said, right, rel_tol=0.01) for said, right in zip(stated, worked_out, strict=True))


def tries(limit: str, minutes: int) -> int:
    """How many wrong tries a limit lets through in so many minutes."""
    return min(one.amount * max(1, minutes * 60 // one.get_expiry()) for one in parse_many(limit))


def wrong_digits(visitor: Visitor, code: str, expected: int) -> None:
    """Type six digits that open no seat."""
    if visitor.response is None:
        visitor.get(f"/join/{code}")
    fields = {"digits": "000000", "csrf_token": visitor.token()}
    visitor.response = visitor.client.post(f"/join/{code}/digits", data=fields)
    assert visitor.response.status_code == expected
    if expected == 429:
        visitor.page = BeautifulSoup(visitor.response.get_data(as_text=True), "lxml")
