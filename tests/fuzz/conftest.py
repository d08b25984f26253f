"""The world that is fuzzed, and how much."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from quiz.app import create_app
from quiz.core.library import Library
from quiz.settings import Settings
from tests.fuzz import world
from tests.fuzz.world import World

EACH = {name: int(os.environ.get("FUZZ_EACH", few)) for name, few in (("sqlite", 3), ("postgresql", 1))}
"""How many requests to each way to ask, with a token and without, on each database."""
SEED = os.environ.get("FUZZ_SEED", "0")
"""What decides the requests: the same ones for the same seed."""


@pytest.fixture
def fuzzed(database_url: str, engine: Engine, library: Library) -> Iterator[World]:
    """A world on a fresh database: on SQLite as in a classroom, else behind a proxy by TLS."""
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40}
    if engine.dialect.name == "sqlite":
        settings["HOST"] = "0.0.0.0"
    else:
        settings |= {"PUBLIC_URL": "https://localhost", "TRUSTED_PROXIES": "1"}
    app = create_app(Settings.from_environment(settings), library)
    yield world.build(app, engine, library)
    app.extensions["quiz_engine"].dispose()
