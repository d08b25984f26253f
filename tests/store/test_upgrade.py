"""Upgrades that are killed, that break, and that start twice: whole or not at all, and once."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from quiz.app import ROOT
from quiz.store import schema
from quiz.store.engine import connect
from tests.services.test_answering import meanwhile
from tests.store.rows import REVISIONS, at_head, fill, keys, rows, there

BEGINS = "0002"
FOLLOWS = f"revision, down_revision, branch_labels, depends_on = 'later', {REVISIONS[-1]!r}, None, None"
LATER = """
import time
from alembic import op

def upgrade():
    op.execute("DELETE FROM response")
    op.execute("UPDATE learner SET epoch = 99")
    op.drop_table("old_mark")
    print("in the middle", flush=True)
    stop()
"""
HANGS, BREAKS = "\ndef stop():\n    time.sleep(600)\n", "\ndef stop():\n    raise ZeroDivisionError\n"
RUN = "import sys; print('ready', flush=True); sys.stdin.readline(); "
UPGRADE = (
    "from pathlib import Path; from quiz.store import engine, schema; schema.FOLDER = Path(sys.argv[2]); "
)
HANGING = f"import sys; {UPGRADE} schema.upgrade(engine.connect(sys.argv[1]))"


@pytest.fixture
def half_way(unmigrated: Engine) -> Engine:
    """A database of an older revision that holds rows."""
    schema.upgrade(unmigrated, BEGINS)
    fill(unmigrated)
    return unmigrated


def with_a_later_step(folder: Path, stop: str) -> Path:
    """The migrations, and one more that stops in its middle."""
    copy = folder / "migrations"
    shutil.copytree(schema.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "versions" / "later.py").write_text(FOLLOWS + LATER + stop)
    return copy


@contextmanager
def running(code: str, *arguments: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, which is gone in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def as_before(engine: Engine) -> Iterator[None]:
    """Whatever happens meanwhile leaves every table, every row and the revision as they were."""
    tables = there(engine)
    before = rows(engine, tables), keys(engine, tables), revision(engine)
    engine.dispose()
    yield
    assert there(engine).tables.keys() == tables.tables.keys()
    now = there(engine)
    assert (rows(engine, now), keys(engine, now), revision(engine)) == before
    schema.upgrade(engine)
    assert at_head(engine)
    assert rows(engine, tables) == before[0]


def revision(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT version_num FROM alembic_version")))


def test_killed_in_the_middle_of_a_step_it_leaves_everything_as_it_was(
    half_way: Engine, empty_url: str, tmp_path: Path
) -> None:
    folder = with_a_later_step(tmp_path, HANGS)
    with as_before(half_way), running(HANGING, empty_url, str(folder)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        process.kill()
        assert process.wait() == -signal.SIGKILL


def test_where_a_step_breaks_everything_is_left_as_it_was(
    half_way: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_before(half_way), monkeypatch.context() as patched:
        patched.setattr(schema, "FOLDER", with_a_later_step(tmp_path, BREAKS))
        with pytest.raises(ZeroDivisionError):
            schema.upgrade(half_way)


@pytest.fixture
def two(empty_url: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes that are about to run `quiz upgrade`, and wait for a line to do so."""
    code = f"from quiz.cli import main; {RUN} main(['upgrade'])"
    settings = {"DATABASE_URL": empty_url, "SECRET_KEY": "k" * 40}
    with running(code, **settings) as one, running(code, **settings) as other:
        for process in (one, other):
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        yield [one, other]


def at_once(two: list[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Let both go; how each ended, and what else it said than that all is well."""
    for process in two:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0] for process in two]
    return [
        (process.returncode, out.replace("The database is up to date.\n", ""))
        for process, out in zip(two, said, strict=True)
    ]


def test_of_two_upgrades_at_once_from_nothing_both_end_well(
    unmigrated: Engine, two: list[subprocess.Popen[str]]
) -> None:
    assert at_once(two) == [(0, ""), (0, "")]
    assert at_head(unmigrated)


def test_of_two_upgrades_at_once_with_rows_both_end_well_and_it_is_done_once(
    half_way: Engine, two: list[subprocess.Popen[str]]
) -> None:
    tables = there(half_way)
    before = rows(half_way, tables)
    half_way.dispose()
    assert at_once(two) == [(0, ""), (0, "")]
    assert at_head(half_way)
    assert rows(half_way, tables) == before


def test_a_new_file_that_another_is_just_writing_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    engine = connect(f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE one (id)")
        upgrade = meanwhile(lambda: schema.upgrade(engine))
        other.execute("COMMIT")
        upgrade.join()
    assert at_head(engine)
    engine.dispose()
