"""As somebody would attack it: planted cookies, many addresses, text that wants to run, files for texts."""

import re
from io import BytesIO

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine

from quiz.app import ROOT, create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.web.limits import asker
from tests.web.client import Visitor
from tests.web.room import PASSWORD, begin, code_of, due, give, join, new_class, new_teacher, parts, seats_of
from tests.web.test_access import address, routes
from tests.web.ways import with_key

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in."""
    return new_teacher(app, engine)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that a password is held against, from now on."""
    seen: list[str] = []
    verify = PasswordHasher.verify

    def noting(self: PasswordHasher, hash: str, password: str) -> bool:
        seen.append(hash)
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    return seen


def test_an_unknown_name_takes_the_work_of_a_known_one(
    app: Flask, teacher: Visitor, checks: list[str]
) -> None:
    visitor = Visitor(app)
    for name in ("Ms Vane", "Nobody"):
        visitor.get("/teach/sign-in")
        visitor.post("/teach/sign-in", {"name": name, "password": "not this one"}, code=422)
    known, unknown = (one.rsplit("$", 2)[0] for one in checks)
    assert known == unknown


def test_whoever_planted_a_cookie_gets_nothing_of_a_teacher_who_signs_in_with_it(
    app: Flask, teacher: Visitor
) -> None:
    attacker = Visitor(app)
    attacker.get("/teach/sign-in")
    victim = attacker.twin(app)
    victim.post("/teach/sign-in", {"name": "Ms Vane", "password": PASSWORD})
    assert attacker.client.get("/teach").status_code == 303
    victim.get("/teach")
    victim.post("/teach/sign-out", {"csrf_token": attacker.token()}, code=400)


def test_all_addresses_of_one_ipv6_network_guess_together(app: Flask) -> None:
    client = app.test_client()

    def guess(address: str) -> int:
        return client.get("/join/222222", environ_overrides={"REMOTE_ADDR": address}).status_code

    assert {guess(f"2001:db8:1:2:{number:x}::1") for number in range(300)} == {404}
    assert guess("2001:db8:1:2:ffff::9") == 429
    assert guess("2001:db8:1:3::1") == 404
    assert {guess(f"::ffff:192.0.2.{number}") for number in range(301)} == {404}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:50123", "192.0.2.7"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:80", "192.0.2.7"),
        ("_hidden", "_hidden"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_counts_without_its_port_and_brackets(written: str | None, meant: str) -> None:
    assert asker(written) == meant


def test_what_people_type_never_runs_on_any_page(app: Flask, teacher: Visitor) -> None:
    room = new_class(teacher, EVIL, naming="roster")
    teacher.get(room)
    teacher.press(f"{room}/roster", {"text": EVIL})
    task = give(teacher, room, "alleged-support/c", note=EVIL)
    learner = join(app, code_of(teacher, room), EVIL)
    step = re.sub(r"\d+$", "7", begin(learner, due(learner)[0]))
    learner.get(step)
    learner.press(step, with_key(learner, {"text": [EVIL], "hand_in": ["yes"]}))
    seat = next(iter(seats_of(teacher, room).values()))
    names = parts(room, task, seat, step) | {
        "code": code_of(teacher, room),
        "secret": EVIL,
        "article": "alleged-support",
        "exercise": "c",
        "item": "C7",
    }
    shown = 0
    for method, rule in routes(app):
        for one in (learner, teacher):
            answer = one.client.open(f"{address(rule, names)}?names=yes&try={EVIL}", method=method)
            if answer.mimetype == "text/html":
                shown += "&lt;script&gt;alert(1)" in answer.get_data(as_text=True)
                assert "<script>alert" not in answer.get_data(as_text=True), rule
    assert shown > 10, "the pages that must be looked at weren’t there"


def test_no_template_and_no_view_lets_text_through_as_markup() -> None:
    for path in ROOT.glob("templates/**/*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text(encoding="utf-8")), path.name
    made = [path.name for path in ROOT.glob("quiz/**/*.py") if "Markup(" in path.read_text(encoding="utf-8")]
    assert made == ["qr.py"], "only a QR code, made here from squares, is markup"


def test_a_class_name_stays_within_the_name_of_its_file(teacher: Visitor) -> None:
    room = new_class(teacher, 'a"; filename="../evil.exe')
    give(teacher, room)
    for kind in ("csv", "xlsx"):
        header = teacher.client.get(f"{room}/results.{kind}").headers["Content-Disposition"]
        assert re.fullmatch(rf'attachment; filename="[\w.-]+\.{kind}"', header)


@pytest.mark.parametrize("field", ["name", "password"])
def test_a_file_in_place_of_a_text_is_nothing_typed(app: Flask, field: str) -> None:
    visitor = Visitor(app)
    visitor.get("/teach/sign-in")
    typed = {"name": "a", "password": "b", "csrf_token": visitor.token()}
    answer = visitor.client.post("/teach/sign-in", data=typed | {field: (BytesIO(b"x"), "a.csv")})
    assert answer.status_code == 422


def test_cookies_that_this_app_never_made_break_no_page(app: Flask, teacher: Visitor) -> None:
    room = new_class(teacher)
    cookie = teacher.client.get_cookie("session")
    assert cookie
    client = app.test_client(use_cookies=False)
    for path, name, value in (("/me/code", "code", "x" * 3000), (room, "roster", "9" * 4400 + "t")):
        cookies = f"session={cookie.value}; {name}={value}"
        assert client.get(path, headers={"Cookie": cookies}).status_code < 400


@pytest.mark.parametrize("host", ["x" * 3000, "a." * 1500], ids=["one part", "many parts"])
def test_where_any_name_is_taken_a_host_that_is_no_name_is_refused(
    database_url: str, library: Library, engine: Engine, host: str
) -> None:
    open_to_all = {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40, "HOST": "0.0.0.0"}
    app = create_app(Settings.from_environment(open_to_all), library)
    teacher = new_teacher(app, engine)
    room = new_class(teacher)
    cookie = teacher.client.get_cookie("session")
    assert cookie
    headers = {"Host": host, "Cookie": f"session={cookie.value}"}
    assert app.test_client(use_cookies=False).get(f"{room}/projector", headers=headers).status_code == 400
    app.extensions["quiz_engine"].dispose()
