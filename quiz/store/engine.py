"""Connecting to SQLite or PostgreSQL so that both behave alike."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_SECONDS = 5

SQLITE = {"journal_mode": ("WAL", "wal"), "synchronous": ("FULL", 2), "foreign_keys": ("ON", 1)}
"""What each connection sets, and what SQLite then says that it is."""

WRITES = "quiz_writes"
"""Execution option: the transaction is going to write."""


class Unsafe(Exception):
    """A database is set up so that an answer shown as saved could be lost. The message is one line."""


def connect(url: str) -> Engine:
    """An engine for the address of a database.

    Its connections raise Unsafe where the database doesn't write an answer down before it says so.
    """
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, (set_to, becomes) in SQLITE.items():
        cursor.execute(f"PRAGMA {name}={set_to}")
        if cursor.execute(f"PRAGMA {name}").fetchone() != (becomes,):
            raise Unsafe(f"SQLite can’t set {name} to {set_to} here: put the database on a local disk.")
    cursor.close()


def _prepare_postgres(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
        cursor.execute("SHOW fsync")
        if cursor.fetchone() != ("on",):
            raise Unsafe("PostgreSQL runs with fsync off and would lose answers in a crash: turn it on.")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once in SQLite, so writers say so."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
