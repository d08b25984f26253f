"""On every kind of answer: headers that shut things out, cookies out of reach, nothing from other hosts."""

import re
import shutil
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from quiz.app import ROOT
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.web import errors
from quiz.web.headers import security_headers
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher, parts, seats_of
from tests.web.test_access import address, routes
from tests.web.ways import right, task_at, with_key

HEADERS = security_headers(secure=True)
FROM_OUTSIDE = re.compile(r"""(url\(|@import|\bimport|\bfrom|fetch\()\s*["'`]?(https?:)?//""")


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: headers are the same on any database."""
    shutil.copy(migrated_sqlite, tmp_path / "test.sqlite")
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings of an app that is reached by TLS."""
    return Settings.from_environment(
        {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40, "PUBLIC_URL": "https://localhost"}
    )


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in."""
    return new_teacher(app, engine)


def check(answer: TestResponse) -> int:
    """The status of an answer that has every header, and says whether it may be kept."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path
    assert answer.headers.get("Cache-Control"), answer.request.path
    answer.close()
    return answer.status_code


def test_every_route_sends_them_whoever_asks_and_however(
    app: Flask, teacher: Visitor, library: Library
) -> None:
    room = new_class(teacher)
    task = give(teacher, room)
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(step)
    typed = with_key(learner, right(task_at(library, learner)))
    seat = next(iter(seats_of(teacher, room).values()))
    names = parts(room, task, seat, step) | {
        "code": "222222",
        "secret": "none",
        "article": "alleged-support",
        "exercise": "b",
        "item": "B1",
    }
    people = [one.client for one in (Visitor(app), learner, teacher)]
    seen = set()
    for method, rule in routes(app):
        for way in (method, "PUT"):
            seen |= {check(one.open(address(rule, names), method=way)) for one in people}
    seen.add(check(learner.client.post(step, data=b"{}", content_type="application/json")))
    seen.add(check(learner.client.post(step, data={"mark": "x" * 300_000})))
    token = {"csrf_token": learner.token()}
    seen.add(check(learner.client.post(step, data=token)))
    learner.client.post(step, data=typed | token)
    seen.add(check(learner.client.post(step, data=typed | token | {"mark": "s2"})))
    glance = teacher.client.get(f"{room}/results/glance")
    seen.add(
        check(teacher.client.get(f"{room}/results/glance", headers={"If-None-Match": glance.headers["ETag"]}))
    )
    seen |= {check(people[0].get("/join/222222")) for _try in range(301)}
    seen.add(check(people[0].get("/", headers={"Host": "evil.example"})))
    assert seen >= {200, 303, 304, 400, 404, 405, 409, 413, 415, 422, 429}


def test_static_files_send_them_too(visitor: Visitor) -> None:
    sheet = visitor.get("/").select_one("link[rel=stylesheet]")
    assert sheet is not None
    path = str(sheet["href"])
    first = visitor.client.get(path)
    assert "Access-Control-Allow-Origin" not in first.headers
    assert check(first) == 200
    assert check(visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]})) == 304
    assert check(visitor.client.get(path.replace("/css/", "/css/no"))) == 404
    assert check(visitor.client.post(path)) == 405


def test_where_a_page_breaks_and_where_even_its_error_page_does(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> str:
        raise RuntimeError("a secret of the inside")

    def first() -> TestResponse:
        monkeypatch.setitem(app.view_functions, "home.guide", broken)
        return visitor.client.get("/guide")

    def then() -> TestResponse:
        monkeypatch.setattr(errors, "_page", broken)
        return visitor.client.get("/guide")

    for ask in (first, then):
        answer = ask()
        assert b"secret of the inside" not in answer.get_data() and b"Traceback" not in answer.get_data()
        assert check(answer) == 500


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_a_foreign_host_is_refused_in_plain_words_whatever_it_sends(visitor: Visitor, kind: str) -> None:
    answer = visitor.client.post("/", headers={"Host": "evil.example"}, data=b"{}", content_type=kind)
    assert check(answer) == 400


def test_no_cookie_is_within_reach_of_scripts_other_sites_or_plain_http(app: Flask, teacher: Visitor) -> None:
    seen: dict[str, Morsel[str]] = {}

    def note(answer: TestResponse) -> None:
        for line in answer.headers.getlist("Set-Cookie"):
            seen.update(SimpleCookie(line))

    room = new_class(teacher)
    learner = join(app, code_of(teacher, room))
    teacher.get(room)
    note(teacher.post(f"{room}/link"))
    note(teacher.post(f"{room}/roster", {"text": "Ada"}))
    note(teacher.post(f"{next(iter(seats_of(teacher, room).values()))}/digits"))
    learner.get("/me")
    switches = ("/reading-face", "/how-sure", "/single-keys")
    for path in ("/me/code", *switches, *switches, "/me/leave"):
        note(learner.post(path))
    note(learner.client.get("/learn/alleged-support/a"))
    assert seen.keys() == {"__Host-session", "link", "roster", "digits", "code", "face", "sure", "keys"}
    for name, cookie in seen.items():
        assert cookie["httponly"] and cookie["secure"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert not cookie["domain"], name
    assert seen["__Host-session"]["path"] == "/"


def test_no_style_and_no_script_loads_anything_from_another_host() -> None:
    files = [path for kind in ("css", "js") for path in ROOT.glob(f"static/**/*.{kind}")]
    assert files
    for path in files:
        assert not FROM_OUTSIDE.search(path.read_text(encoding="utf-8")), (
            f"{path.name}: keep a copy in static/"
        )
