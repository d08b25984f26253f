"""One session a request, committed before the response leaves, and run again where writers met."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from quiz.store.engine import WRITES

TRIES = 3
READS = frozenset({"GET", "HEAD", "OPTIONS"})
LOST_RACES = frozenset({"40001", "40P01", "23503"})
"""PostgreSQL's codes: serialisation failure, deadlock, and a row whose owner was deleted meanwhile."""


Guard = Callable[[], ResponseReturnValue | None]
"""What is asked before a view, in its transaction: None lets it run, a response is given in its place."""


class TransactionalFlask(Flask):
    """Flask whose views run in one transaction: kept when they answer below 400, undone otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guards: dict[str, Guard] = {}
        self.teardown_appcontext(close)

    def guard(self, blueprint: Blueprint, guard: Guard) -> None:
        """Ask the guard before each view of a blueprint. It is asked anew where the view runs again."""
        self.guards[blueprint.name] = guard

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; where it lost against another writer, once more from the start.

        What a failed view wrote into the cookie is undone with its transaction: the form that was sent
        can be sent again.
        """
        before = dict(cookie)
        for tries_left in reversed(range(TRIES)):
            try:
                return self._run_view()
            except DBAPIError as error:
                cookie.clear()
                cookie.update(before)
                g.pop("csrf_token", None)
                if not (tries_left and _lost_a_race(error)):
                    raise
        raise AssertionError("the last try raises")

    def _run_view(self) -> Response:
        try:
            guard = self.guards.get(request.blueprint or "")
            instead = guard() if guard else None
            response = self.make_response(super().dispatch_request() if instead is None else instead)
            session: Session | None = g.get("db_session")
            if session is not None and response.status_code < 400:
                session.commit()
            return response
        finally:
            close()


def _lost_a_race(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in LOST_RACES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def use(app: Flask, engine: Engine) -> None:
    """Let an app's requests use a database, by an engine for those that read and one for those that write."""
    app.extensions["quiz_engine"] = engine
    app.extensions["quiz_reading"] = engine.execution_options(postgresql_readonly=True)
    app.extensions["quiz_writing"] = engine.execution_options(**{WRITES: True})


def db_session() -> Session:
    """This request's session. Nothing is asked of the database before it is used."""
    if "db_session" not in g:
        kind = "quiz_reading" if request.method in READS else "quiz_writing"
        g.db_session = Session(current_app.extensions[kind], expire_on_commit=False)
    session: Session = g.db_session
    return session


def close(_error: BaseException | None = None) -> None:
    """End this request's session; what wasn't committed is undone.

    After the view, and again when the request is over: a view may never have run, and an error's page
    asks anew.
    """
    session: Session | None = g.pop("db_session", None)
    if session is not None:
        session.close()
