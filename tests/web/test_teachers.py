"""How teachers come in, and how they stay out of each other's way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quiz.app import create_app
from quiz.cli import main
from quiz.core.library import Library
from quiz.services import teachers
from quiz.settings import Settings
from quiz.store.engine import WRITES
from quiz.store.tables import Invitation, Teacher
from tests.web.client import Visitor
from tests.web.room import PASSWORD, code_of, join, link, new_class, new_teacher
from tests.web.ways import text_of


def sign_in(app: Flask, name: str = "Ms Vane", password: str = PASSWORD, code: int = 303) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/teach/sign-in")
    visitor.post("/teach/sign-in", {"name": name, "password": password}, code=code)
    return visitor


def test_a_link_works_once_and_for_seven_days(app: Flask, engine: Engine, session: Session) -> None:
    address = link(engine)
    assert "first-link" not in str([one.token_hash for one in session.scalars(select(Invitation))])
    with time_machine.travel(session.scalars(select(Invitation)).one().expires_at, tick=True):
        Visitor(app).get(address, code=404)
    first, second = Visitor(app), Visitor(app)
    first.get(address)
    second.get(address)
    first.press(address, {"name": "Ms Vane", "password": PASSWORD})
    assert "My classes" in text_of(first)
    second.post(address, {"name": "Mr Orde", "password": PASSWORD}, code=404)
    assert "used up" in text_of(second)
    session.rollback()
    assert session.scalars(select(Teacher.name)).all() == ["Ms Vane"]


@pytest.mark.parametrize(
    ("name", "password", "say"),
    [
        ("Mr Orde", "short", "at least 10 characters"),
        ("Mr Orde", "password123", "tried first"),
        ("ms  VANE", PASSWORD, "Somebody has this sign-in name"),
        ("", PASSWORD, "Type your name"),
        ("x" * 41, PASSWORD, "1 to 40 characters"),
    ],
)
def test_a_name_or_password_that_can_not_be_had_is_said_and_the_link_stays(
    app: Flask, engine: Engine, name: str, password: str, say: str
) -> None:
    new_teacher(app, engine)
    address = link(engine, "another")
    visitor = Visitor(app)
    visitor.get(address)
    visitor.post(address, {"name": name, "password": password}, code=422)
    assert say in text_of(visitor)
    visitor.press(address, {"name": "Mr Orde", "password": PASSWORD})
    assert "My classes" in text_of(visitor)


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(app: Flask, engine: Engine) -> None:
    new_teacher(app, engine)
    unknown = sign_in(app, "Nobody", code=422)
    wrong = sign_in(app, password="heron canal brEAD", code=422)
    say = "This name and password don’t go together."
    assert say in text_of(unknown) and say in text_of(wrong)
    sign_in(app, " ms vane ").get("/teach")


def test_guessing_passwords_is_slowed_down(app: Flask, engine: Engine) -> None:
    new_teacher(app, engine)
    for _try in range(10):
        sign_in(app, password="not this one", code=422)
    visitor = sign_in(app, password="not this one", code=429)
    assert "Wait" in text_of(visitor)


def test_a_new_password_signs_other_devices_out(app: Flask, engine: Engine) -> None:
    here, there = new_teacher(app, engine), sign_in(app)
    here.get("/teach/account")
    here.post("/teach/account/password", {"old": "no", "password": "otter bridge soup"}, code=422)
    assert "isn’t your present password" in text_of(here)
    here.post("/teach/account/password", {"old": PASSWORD, "password": "1234567890"}, code=422)
    here.press("/teach/account/password", {"old": PASSWORD, "password": "otter bridge soup"})
    assert "The password is changed" in text_of(here)
    assert there.client.get("/teach").status_code == 303
    sign_in(app, code=422)
    sign_in(app, password="otter bridge soup")


def test_a_new_password_ends_every_older_link_that_could_set_one(
    app: Flask, engine: Engine, session: Session
) -> None:
    teacher = new_teacher(app, engine)
    with Session(engine.execution_options(**{WRITES: True})) as one, one.begin():
        made = one.scalars(select(Teacher)).one()
        for secret in ("reset-a", "reset-b"):
            teachers.invite(one, secret, now=datetime.now(UTC), teacher=made)
    visitor = Visitor(app)
    visitor.get("/teach/invite/reset-a")
    visitor.press("/teach/invite/reset-a", {"password": "another heron bread"})
    visitor.get("/teach/invite/reset-b", code=404)
    teacher.get("/teach", code=200)
    assert "Sign in" in text_of(teacher)


def test_signing_out_everywhere_ends_every_cookie(app: Flask, engine: Engine) -> None:
    here, there = new_teacher(app, engine), sign_in(app)
    here.get("/teach/account")
    here.post("/teach/account/sign-out-everywhere")
    assert here.client.get("/teach").status_code == there.client.get("/teach").status_code == 303


def test_a_teachers_rights_end_after_twelve_idle_hours(app: Flask, engine: Engine) -> None:
    with time_machine.travel("2026-11-24 08:00 +0000", tick=True) as clock:
        teacher = new_teacher(app, engine)
        room = new_class(teacher)
        clock.shift(timedelta(hours=11))
        teacher.get("/teach")
        clock.shift(timedelta(hours=11))
        teacher.client.get(f"{room}/projector/bar")
        clock.shift(timedelta(hours=1))
        assert teacher.client.get("/teach").status_code == 303


def test_one_browser_may_be_teacher_and_learner_and_signing_in_keeps_the_learner_alone(
    app: Flask, engine: Engine
) -> None:
    teacher = new_teacher(app, engine)
    code = code_of(teacher, new_class(teacher))
    learner = join(app, code)
    learner.get("/teach/sign-in")
    learner.post("/teach/sign-in", {"name": "Ms Vane", "password": PASSWORD})
    learner.get("/teach")
    learner.get("/me")
    assert learner.page.select(".class-work")
    with learner.client.session_transaction() as cookie:
        assert set(cookie) <= {"learner", "teacher", "csrf_token", "_permanent"}
    learner.get("/teach/account")
    learner.post("/teach/sign-out")
    assert learner.client.get("/teach").status_code == 303
    learner.get("/me")
    assert learner.page.select(".class-work")


def test_signing_up_without_a_link_only_where_it_is_open(
    settings: Settings, library: Library, app: Flask
) -> None:
    Visitor(app).get("/teach/sign-up", code=404)
    open_app = create_app(replace(settings, teacher_signup="open"), library)
    visitor = Visitor(open_app)
    visitor.get("/teach/sign-up")
    visitor.press("/teach/sign-up", {"name": "Ms Vane", "password": PASSWORD})
    assert "My classes" in text_of(visitor)
    open_app.extensions["quiz_engine"].dispose()


def test_a_page_that_sends_a_visitor_away_gives_its_connection_back(app: Flask, engine: Engine) -> None:
    """A view that never runs has asked the database all the same, for the teacher of the cookie."""
    here, there = new_teacher(app, engine), sign_in(app)
    here.get("/teach/account")
    here.post("/teach/account/sign-out-everywhere")
    assert there.client.get("/teach").status_code == 303
    assert app.extensions["quiz_engine"].pool.checkedout() == 0


def test_the_command_makes_links_and_resets(
    app: Flask, engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)
    made = CliRunner().invoke(main, ["invite"])
    assert made.exit_code == 0, made.output
    address = made.output.strip().removeprefix("http://127.0.0.1:8000")
    visitor = Visitor(app)
    visitor.get(address)
    visitor.press(address, {"name": "Ms Vane", "password": PASSWORD})
    assert "no teacher" in CliRunner().invoke(main, ["invite", "--reset", "Nobody"]).output
    reset = CliRunner().invoke(main, ["invite", "--reset", "ms vane"]).output.strip()
    other = Visitor(app)
    other.get(reset.removeprefix("http://127.0.0.1:8000"))
    assert "Set a new password" in text_of(other)
    other.press(reset.removeprefix("http://127.0.0.1:8000"), {"password": "otter bridge soup"})
    assert "My classes" in text_of(other)
    assert visitor.client.get("/teach").status_code == 303
    assert str(engine.url)


def test_a_class_needs_a_name_and_a_zone_that_exists(app: Flask, engine: Engine) -> None:
    teacher = new_teacher(app, engine)
    for fields, say in (
        ({"name": "", "zone": "UTC", "naming": "chosen"}, "Give the class a name"),
        ({"name": "9b", "zone": "Mars/North", "naming": "chosen"}, "Europe/Lisbon"),
        ({"name": "9b", "zone": "../etc/passwd", "naming": "chosen"}, "Europe/Lisbon"),
        ({"name": "9b", "zone": "UTC", "naming": "riddle"}, ""),
        ({"name": "9" * 61, "zone": "UTC", "naming": "chosen"}, "1 to 60 characters"),
    ):
        teacher.get("/teach")
        teacher.post("/teach/classes", fields, code=422)
        assert say in text_of(teacher)
    assert not teacher.page.select("details.asks-first")
    new_class(teacher, "9b")
    assert teacher.get("/teach").select("details.asks-first:not([open]) input[name=naming]")
    teacher.post("/teach/classes", {"name": "", "zone": "UTC", "naming": "chosen"}, code=422)
    assert teacher.page.select("details.asks-first[open] .error"), "what is wrong stands in no closed fold"


def test_a_change_that_lost_a_race_is_made_by_the_second_try(
    app: Flask, engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = new_teacher(app, engine)
    teacher.get("/teach/account")
    lost = iter([True])
    commit = Session.commit

    def lose_once(one: Session) -> None:
        if next(lost, False):
            raise OperationalError("COMMIT", {}, Exception("database is locked"))
        commit(one)

    monkeypatch.setattr(Session, "commit", lose_once)
    teacher.post("/teach/account/sign-out-everywhere")
    monkeypatch.undo()
    assert session.scalars(select(Teacher.epoch)).one() == 1
