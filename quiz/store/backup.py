"""Copying a whole database while it serves, and putting a copy into an empty place."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from quiz.store import schema
from quiz.store.tables import Attempt, Learner, Response

LATEST_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class BackupError(Exception):
    """A copy can't be made or put back. The message is one line for whoever runs the app."""


def counts(engine: Engine) -> dict[str, int]:
    """How many learners, attempts and answers there are."""
    with engine.connect() as connection:
        return {
            table.__tablename__: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (Learner, Attempt, Response)
        }


def backup(url: str, file: Path) -> None:
    """Copy the database at `url` into `file`, for its owner alone, whole or not at all.

    SQLite's online backup, or pg_dump: a copy as of one moment, while others read and write.
    Raises BackupError, also where there is such a file already: it could be the database itself.
    """
    place = make_url(url)
    if file.exists():
        raise BackupError(f"{file} is there already: give another name, or move it away.")
    if place.get_backend_name() == "sqlite" and not _database_of(place).is_file():
        raise BackupError("There is no database to copy yet.")
    with _made_whole(file) as draft:
        if place.get_backend_name() == "sqlite":
            _copy_sqlite(_database_of(place), draft)
        else:
            _postgres("pg_dump", place, "--format=custom", f"--file={draft}")


def restore(url: str, file: Path) -> None:
    """Put the copy in `file` into the empty place at `url`. Raises BackupError where it isn't empty."""
    place = make_url(url)
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    if place.get_backend_name() == "sqlite":
        _restore_sqlite(file, _database_of(place))
    else:
        options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
        _postgres("pg_restore", place, *options, str(file))


def expect_empty(engine: Engine) -> None:
    """Raises BackupError where a database holds tables already."""
    if engine.dialect.name == "sqlite":
        # A journal that was left behind would be played into what is restored.
        place = _database_of(engine.url)
        taken = any(place.with_name(place.name + end).exists() for end in ("", "-wal", "-shm", "-journal"))
    else:
        try:
            taken = bool(inspect(engine).get_table_names())
        except SQLAlchemyError as error:
            raise schema.Unreachable from error
    if taken:
        raise BackupError("There is a database already: restore into an empty place, and move this one away.")


def _database_of(place: URL) -> Path:
    return Path(place.database or "")


@contextmanager
def _made_whole(file: Path) -> Iterator[Path]:
    """A draft beside a file, which takes its place once it is written and on the disk."""
    with ExitStack() as cleaning:
        try:
            handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.parent)
            os.close(handle)
            draft = Path(name)
            cleaning.callback(draft.unlink, missing_ok=True)
            yield draft
            with draft.open("rb") as written:
                os.fsync(written.fileno())
            draft.replace(file)
        except (OSError, sqlite3.Error) as problem:
            raise BackupError(f"{file} can’t be written: {problem}.") from None


def _copy_sqlite(source: Path, target: Path) -> None:
    """One step, so that writers who come meanwhile neither wait nor make it begin anew."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        _expect_sound(new)


def _expect_sound(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise BackupError("The copy is damaged: don’t rely on it.")


def _restore_sqlite(file: Path, target: Path) -> None:
    if file.with_name(f"{file.name}-wal").exists():
        raise BackupError(f"{file} has a journal beside it: it is a database, not a backup of one.")
    with _made_whole(target) as draft:
        shutil.copyfile(file, draft)
        try:
            with closing(sqlite3.connect(draft)) as copied:
                _expect_sound(copied)
                (here,) = copied.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error:
            raise BackupError(f"{file} is no backup of Whose Word?.") from None
        if here not in schema.revisions():
            raise BackupError(f"{file} is from a newer release: restore it with that one.")


def _postgres(tool: str, place: URL, *options: str) -> None:
    """Run one of PostgreSQL's own tools. The password goes by the environment, where no list shows it."""
    address = place.set(drivername="postgresql", password=None).render_as_string()
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, LATEST_BINARIES)])
    environ = {**os.environ, "PATH": path, **({"PGPASSWORD": place.password} if place.password else {})}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and options of our own
            [tool, f"--dbname={address}", *options],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise BackupError(f"{tool} isn’t on this machine: install PostgreSQL’s client tools.") from None
    if done.returncode:
        said = " ".join(done.stderr.replace(f"{tool}: ", "").split()) or f"it ended with {done.returncode}"
        raise BackupError(f"{tool}: {said}")
