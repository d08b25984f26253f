"""Migrations: bringing a database up to date, and asking whether it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quiz.store import practice_tables, remark_tables, tables, unit_backfill
from quiz.store.engine import WRITES

MIGRATING = 0x57484F53
"""The number by which those who migrate a database of PostgreSQL know each other."""

FOLDER = Path(__file__).parent / "migrations"
TABLES = (tables, remark_tables, practice_tables)
"""Where tables are written: importing them here makes the whole schema known."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply every migration that is missing, in one transaction."""
    _run(engine, revision, command.upgrade)


def downgrade(engine: Engine, revision: str) -> None:
    """Take migrations back down to the one named, or to "base"."""
    _run(engine, revision, command.downgrade)


def _run(engine: Engine, revision: str, direction: Callable[[Config, str], None]) -> None:
    config = _config()
    with (
        engine.connect().execution_options(**{WRITES: True}) as connection,
        _keys_left_alone(connection),
        connection.begin(),
    ):
        _wait_for_others(connection)
        config.attributes["connection"] = connection
        direction(config, revision)


def _wait_for_others(connection: Connection) -> None:
    """Of two who migrate at once the second waits, and then finds it done. SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))


@contextmanager
def _keys_left_alone(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and dropping the old one would take along what points to it.

    So foreign keys rest meanwhile; nothing is left that points nowhere.
    https://sqlite.org/lang_altertable.html#otheralter
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    keys = connection.connection.cursor()
    keys.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        keys.execute("PRAGMA foreign_keys=ON")
        keys.close()


def revisions() -> list[str]:
    """The revisions that this release knows, the newest first."""
    return [one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()]


def is_current(engine: Engine) -> bool:
    """Whether every migration was applied, and what they left to fill in is filled in.

    Raises Unreachable where the database doesn't answer, Newer where it is from a later release.
    """
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        return False
    known = revisions()
    try:
        with engine.connect() as connection:
            here = MigrationContext.configure(connection).get_current_revision()
            if here is not None and here not in known:
                raise Newer(here)
            return here == known[0] and not unit_backfill.is_needed(Session(connection))
    except SQLAlchemyError as error:
        raise Unreachable from error


def expect_current(engine: Engine) -> None:
    """Raises NotMigrated where a migration is missing, Unreachable where the database doesn't answer."""
    if not is_current(engine):
        raise NotMigrated("The database is not migrated: run `quiz upgrade`.")


class NotMigrated(Exception):
    """A migration is missing. The message is one line for whoever runs the app."""


class Newer(Exception):
    """The database was made by a later release. The message is one line for whoever runs the app."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"This database is from a newer release: revision {revision} isn’t known here. Run that release."
        )


class Unreachable(Exception):
    """The database doesn't answer. The message is one line for whoever runs the app."""

    def __init__(self) -> None:
        super().__init__("The database can’t be reached: check DATABASE_URL and that it runs.")
