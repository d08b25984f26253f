"""A place of each kind that nothing was migrated in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, make_url, text

from quiz.store.engine import connect
from tests.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind, of this test alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rows.sqlite'}"
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of an empty database on a server of PostgreSQL, which is gone in the end."""
    name = f"empty_{uuid4().hex}"
    admin = connect(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def unmigrated(empty_url: str) -> Iterator[Engine]:
    """An empty database of each kind."""
    engine = connect(empty_url)
    yield engine
    engine.dispose()
