"""What the parts of the `quiz` command share: the database that is meant, and errors in plain words."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from quiz.content.problems import ContentError
from quiz.settings import Settings, SettingsError
from quiz.store import schema
from quiz.store.backup import BackupError
from quiz.store.engine import connect
from quiz.store.unsafe import Unsafe


class NoSuch(Exception):
    """Nobody and nothing has the name that was given, or more than one has."""


class CannotListen(Exception):
    """HOST and PORT name no address that this process may listen on."""


PLAIN = (
    CannotListen,
    SettingsError,
    ContentError,
    schema.Unreachable,
    schema.NotMigrated,
    schema.Newer,
    NoSuch,
    CommandError,
    BackupError,
    Unsafe,
)
"""Errors whose message says it all."""


@contextmanager
def plain_words() -> Iterator[None]:
    """End with the message alone where settings, content or the database are at fault."""
    try:
        yield
    except PLAIN as problem:
        print(problem, file=sys.stderr)
        raise SystemExit(1) from None
    except DBAPIError as problem:
        said = " ".join(str(problem.orig).split())
        print(f"The database can’t be used: {said}.", file=sys.stderr)
        raise SystemExit(1) from None


@contextmanager
def database(*, migrated: bool = True) -> Iterator[tuple[Settings, Engine]]:
    """The settings and the database they name, let go of at the end."""
    with ExitStack() as after:
        after.callback(os.umask, os.umask(0o077))  # what is kept holds names
        settings = Settings.from_environment()
        engine = connect(settings.database_url)
        after.callback(engine.dispose)
        if migrated:
            schema.expect_current(engine)
        yield settings, engine
