"""What an app asks its database meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "PRAGMA", "SELECT CURRENT_SETTING")
"""What begins and ends transactions, with the settings that a writing one on PostgreSQL begins with."""


@contextmanager
def before_each(app: Flask, hook: Callable[..., Any]) -> Iterator[None]:
    """Call a hook with connection, cursor, statement and parameters before each statement runs."""
    engine = app.extensions["quiz_engine"]
    event.listen(engine, "before_cursor_execute", hook)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", hook)


@contextmanager
def watched(app: Flask) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.strip().upper().startswith(NOT_COUNTED):
            statements.append(statement)

    with before_each(app, note):
        yield statements
