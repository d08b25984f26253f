"""Connecting to SQLite or PostgreSQL so that both behave alike."""

import os
import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError

from quiz.store.unsafe import Unsafe

BUSY_SECONDS = 5
LOOK_AGAIN_SECONDS = 0.02

SQLITE = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
}
"""What each connection sets, and what SQLite then says that it is. What is deleted is overwritten too."""

WRITES = "quiz_writes"
"""Execution option: the transaction is going to write."""


def connect(url: str, *, bounded: bool = False) -> Engine:
    """An engine for the address of a database; where `bounded`, as requests need it, no wait is without end.

    It raises Unsafe where the database can't be set to write an answer down before it says so.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return _postgres(address, bounded=bounded)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    place = _Place(engine.url.database or "")
    event.listen(engine, "do_connect", place.before_connecting)
    event.listen(engine, "checkout", place.before_use)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, (set_to, becomes) in SQLITE.items():
        _execute_patiently(cursor, f"PRAGMA {name}={set_to}")
        if cursor.execute(f"PRAGMA {name}").fetchone() != (becomes,):
            raise Unsafe(f"SQLite can’t set {name} to {set_to} here: put the database on a local disk.")
    cursor.close()


class _Place:
    """Where a database's file is. What is written to a file that was moved away is lost to all others.

    So where another file took its place the pool connects anew, and where none did there is no connection:
    none to the old file, and no new file made by connecting.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.used = False

    def before_connecting(self, *_connecting: Any) -> None:
        """Raises Unsafe where the file was there and is gone."""
        if self.used:
            self._file()
        self.used = True

    def before_use(self, _connection: Any, record: Any, _proxy: Any) -> None:
        """Raises Unsafe where the file is gone, and has the pool connect anew where it is another."""
        file = self._file()
        if record.info.setdefault("file", file) != file:
            raise DisconnectionError

    def _file(self) -> tuple[int, int]:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            raise Unsafe("The database’s file is gone.") from None
        return found.st_dev, found.st_ino


def _execute_patiently(cursor: Any, statement: str) -> None:
    """Wait for others as any statement does: SQLite itself doesn't where it changes a new file's journal."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return


def _postgres(address: URL, *, bounded: bool) -> Engine:
    """An engine for PostgreSQL, whose client is installed only where it is used."""
    from quiz.store import postgres  # noqa: PLC0415

    return postgres.connect(address, bounded=bounded)


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once in SQLite, so writers say so."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
