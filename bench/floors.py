"""What the app is measured against: the least that any Flask app does. FLOOR in the environment names one.

plain     constant text
signed    constant text after a signed session cookie was read
template  the task page from fixed values, with session cookie, form token and packing; no database
database  one transaction by SQLAlchemy Core that reads two rows and writes one, kept before it is confirmed
"""

import os
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask, redirect, render_template, request, session, template_rendered
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert, select

from quiz.app import create_app
from quiz.settings import Settings
from quiz.store.engine import WRITES, connect

TEXT = "Ready.\n"
THINGS = Table(
    "floor", MetaData(), Column("id", String(36), primary_key=True), Column("number", Integer, nullable=False)
)
FIRST, SECOND = "first", "second"


def plain() -> Flask:
    """Constant text."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: TEXT)
    return app


def signed() -> Flask:
    """Constant text for whoever the cookie names."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

    @app.get("/set")
    def give() -> str:
        session["teacher"] = [uuid4().hex, 0, 0]
        return TEXT

    @app.get("/")
    def read() -> ResponseReturnValue:
        return TEXT if "teacher" in session else ("", 404)

    return app


def template() -> Flask:
    """The very page that a learner gets at a task, its values worked out once, before the first request."""
    name, values = _values_of_a_task(create_app())
    app = create_app()

    def page() -> str:
        session["learner"] = ["0" * 32, 0]
        generate_csrf()
        return render_template(name, **values)

    app.add_url_rule("/floor", view_func=page)
    return app


def _values_of_a_task(app: Flask) -> tuple[str, dict[str, Any]]:
    """What the app gives to its template for a task: caught from a learner who begins section B."""
    caught: list[tuple[str, dict[str, Any]]] = []

    def catch(_app: Flask, template: Any, context: dict[str, Any], **_rest: Any) -> None:
        caught.append((template.name, context))

    client = app.test_client()
    start = "/learn/alleged-support/b"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(start).text)
    if token is None:
        raise RuntimeError("the Start page has no form")
    step = client.post(start, data={"csrf_token": token[1]}).headers["Location"]
    with template_rendered.connected_to(catch, app):
        client.get(step)
    name, context = caught[-1]
    fixed = {key: value for key, value in context.items() if key not in {"g", "request", "session", "config"}}
    return name, fixed


def database() -> Flask:
    """The least that keeping an answer needs of a database."""
    app = Flask(__name__)
    engine = connect(Settings.from_environment().database_url)
    _make_rows(engine)
    writing = engine.execution_options(**{WRITES: True})

    @app.post("/")
    def keep() -> ResponseReturnValue:
        number = int(request.form["number"])
        with writing.begin() as connection:
            read = [
                connection.execute(select(THINGS).where(THINGS.c.id == one)).one() for one in (FIRST, SECOND)
            ]
            connection.execute(insert(THINGS).values(id=str(uuid4()), number=number + read[0].number))
        return redirect("/", code=303)

    return app


def _make_rows(engine: Engine) -> None:
    """Each worker starts at once, so whoever comes second finds them."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
        THINGS.metadata.create_all(connection)
        if connection.execute(select(THINGS).where(THINGS.c.id == FIRST)).first() is None:
            rows = [{"id": FIRST, "number": 1}, {"id": SECOND, "number": 2}]
            connection.execute(insert(THINGS), rows)


FLOORS: dict[str, Callable[[], Flask]] = {
    "plain": plain,
    "signed": signed,
    "template": template,
    "database": database,
}

application = FLOORS[os.environ["FLOOR"]]()
