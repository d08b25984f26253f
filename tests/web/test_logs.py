"""The log says what happened to each request, and nothing of what anybody typed."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from quiz.app import create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.web import logs
from quiz.web.db import db_session
from tests.web.client import Visitor
from tests.web.room import (
    PASSWORD,
    begin,
    code_of,
    digits_of,
    due,
    give,
    join,
    new_class,
    new_teacher,
    seats_of,
)
from tests.web.ways import text_of, with_key

DANA = "Dana Quill-Penhallow"
TYPED = "the unnamed officials again"


class Log:
    """What was logged while a test ran."""

    def __init__(self) -> None:
        self.stream = StringIO()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Every line, read."""
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def of(self, name: str) -> list[dict[str, Any]]:
        """The lines of one request."""
        return [line for line in self.lines if line.get("request_id") == name]


@pytest.fixture
def log() -> Iterator[Log]:
    """The log as it is written where the app is served, down to the least of its lines."""
    log, root, quiz = Log(), logging.getLogger(), logging.getLogger("quiz")
    handler, level = logging.StreamHandler(log.stream), quiz.level
    handler.setFormatter(logs.formatter())
    root.addHandler(handler)
    quiz.setLevel(logging.INFO)
    yield log
    root.removeHandler(handler)
    quiz.setLevel(level)


@pytest.fixture
def broken(app: Flask) -> Visitor:
    """Somebody at an app in which two pages are broken."""

    def break_here(word: str) -> str:
        raise ValueError(f"no such word: {word}")

    def break_the_database(word: str) -> str:
        session = db_session()
        session.execute(text("CREATE TEMPORARY TABLE broken (word VARCHAR(99) PRIMARY KEY)"))
        for _time in range(2):
            session.execute(text("INSERT INTO broken VALUES (:word)"), {"word": word})
        return ""

    app.add_url_rule("/broken/<word>", view_func=break_here)
    app.add_url_rule("/broken-database/<word>", view_func=break_the_database, methods=["POST"])
    return Visitor(app)


def test_each_request_is_one_line_with_its_rule_and_the_id_sent_back(visitor: Visitor, log: Log) -> None:
    for path, rule, status in [
        ("/join/ABC234", "/join/<code>", 404),
        ("/healthz", "/healthz", 200),
        ("/jion/ABC234", "", 404),
        ("/static/nothing", "", 404),
    ]:
        response = visitor.client.get(path, headers={"X-Request-ID": "f" * 32})
        (line,) = log.of(response.headers["X-Request-ID"])
        assert response.headers["X-Request-ID"] != "f" * 32, "no proxy is trusted"
        assert (line["method"], line["rule"], line["status"]) == ("GET", rule, status)
        assert line["event"] == "answered" and line["level"] == "info" and isinstance(line["ms"], int)
    assert len(log.lines) == 4
    assert "ABC234" not in log.stream.getvalue() and "jion" not in log.stream.getvalue()


@pytest.mark.parametrize(
    ("given", "taken"), [("0f" * 16, True), ("Dana", False), ("dana-dana-dana-dana", False), ("", False)]
)
def test_a_trusted_proxy_gives_the_id_where_it_is_well_formed(
    settings: Settings, library: Library, given: str, taken: bool
) -> None:
    app = create_app(replace(settings, trusted_proxies=1), library)
    sent_back = app.test_client().get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    app.extensions["quiz_engine"].dispose()
    assert (sent_back == given) is taken
    assert re.fullmatch(r"[0-9a-f]{16}|[0-9a-f]{32}", sent_back)


def test_nothing_that_anybody_typed_or_was_given_is_logged(app: Flask, engine: Engine, log: Log) -> None:
    teacher = new_teacher(app, engine, "Ms Vane")
    again = Visitor(app)
    again.get("/teach/sign-in")
    again.post("/teach/sign-in", {"name": "Ms Vane", "password": "wrong " + PASSWORD}, code=422)
    room = new_class(teacher, "Class of the herons", naming="chosen")
    code = code_of(teacher, room)
    give(teacher, room, "alleged-support/c")
    dana = join(app, code, DANA)
    digits = digits_of(teacher, seats_of(teacher, room)[DANA])
    other = Visitor(app)
    other.get(f"/join/{code}")
    other.press(f"/join/{code}/digits", {"digits": digits})
    address = re.sub(r"\d+$", "7", begin(dana, due(dana)[0]))
    dana.get(address)
    dana.press(f"{address}/draft", {"text": TYPED})
    dana.press(address, with_key(dana, {"text": [" ".join([TYPED] * 15)]}))
    whole = log.stream.getvalue()
    typed = [
        "Vane",
        "link-of",
        PASSWORD,
        "herons",
        code,
        digits,
        "Dana",
        "Penhallow",
        "officials",
        "127.0.0.1",
    ]
    assert [word for word in typed if word in whole] == []
    assert {"/join/<code>", "/teach/invite/<secret>"} <= {str(line["rule"]) for line in log.lines}


def test_a_page_that_breaks_is_one_error_with_the_id_that_its_reader_can_quote(
    broken: Visitor, log: Log
) -> None:
    broken.get(f"/broken/{DANA}", code=500)
    assert broken.response is not None
    name = broken.response.headers["X-Request-ID"]
    assert name in text_of(broken)
    error, answered = log.of(name)
    assert (error["level"], error["event"], error["rule"]) == ("error", "a page broke", "/broken/<word>")
    (cause,) = error["error"]
    assert cause["kind"] == "builtins.ValueError" and cause["at"][-1].endswith("break_here")
    assert answered["status"] == 500
    assert "Dana" not in log.stream.getvalue() and "Dana" not in text_of(broken)


def test_a_refusal_of_the_database_is_logged_without_the_values(
    broken: Visitor, engine: Engine, log: Log
) -> None:
    broken.post(f"/broken-database/{DANA}", code=409, token=False)
    trouble, _answered = log.lines
    ours, drivers = trouble["error"]
    assert ours["kind"] == "sqlalchemy.exc.IntegrityError" and "words" not in ours
    if engine.dialect.name == "postgresql":
        assert (drivers["sqlstate"], drivers["constraint"]) == ("23505", "broken_pkey")
    else:
        assert drivers["words"] == "UNIQUE constraint failed: broken.word"
    assert "Dana" not in log.stream.getvalue()


def test_where_even_the_page_for_errors_breaks_there_are_plain_words_and_the_id(
    app: Flask, broken: Visitor, log: Log
) -> None:
    app.jinja_env.globals["csrf_token"] = app.jinja_env.globals["static"] = None
    response = broken.client.get(f"/broken/{DANA}")
    name = response.headers["X-Request-ID"]
    assert response.status_code == 500 and name in response.get_data(as_text=True)
    assert [line["event"] for line in log.of(name)] == [
        "a page broke",
        "the page for errors broke",
        "answered",
    ]
    assert "Dana" not in log.stream.getvalue()


def test_an_error_outside_any_request_keeps_its_words_and_gunicorns_lose_addresses(log: Log) -> None:
    gunicorn = logging.getLogger("gunicorn.error")
    error = RuntimeError("packed before the last change: run `make static`")
    gunicorn.error("Exception in worker process", exc_info=error)
    gunicorn.error("Error handling request %s %s", "GET", "/join/ABC234", exc_info=error)
    gunicorn.warning("Invalid request from ip=10.0.0.7: Invalid Method 'DANA'")
    boot, broke, unread = log.lines
    assert "make static" in boot["error"][0]["words"]
    assert broke["event"] == "Error handling request" and "words" not in broke["error"][0]
    assert unread["event"] == "Invalid request"
