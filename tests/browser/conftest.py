"""A real browser on a real server. Without a browser these tests are skipped loudly, or fail."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from quiz.app import create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.engine import connect
from tests.browser.stage import CHROMIUM, FLAGS, Stage, fill
from tests.pseudo import Pseudo
from tests.tools import missing

PATIENCE = 30_000
"""Milliseconds to wait for what comes about by itself: a busy machine is slow."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, driving the machine's own Chromium."""
    if not CHROMIUM:
        missing("NO BROWSER: Chromium was not found, so the browser tests can’t run")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each opens its own context."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def served(
    database_url: str, library: Library, language: Pseudo | None = None, **environ: str
) -> Iterator[str]:
    """The address of the app, served from a database, perhaps in a language that nobody speaks."""
    server = make_server("127.0.0.1", 0, Flask("placeholder"), threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    settings = Settings.from_environment(
        {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40, "PUBLIC_URL": address, **environ}
    )
    app = create_app(settings, library)
    if language:
        language.speak(app)
    server.app = app
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["quiz_engine"].dispose()


@pytest.fixture
def site(database_url: str, library: Library) -> Iterator[str]:
    """The address of the app, served from this test's database."""
    with served(database_url, library) as address:
        yield address


@pytest.fixture(scope="session")
def stage_url(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> str:
    """The database behind the stage."""
    path = tmp_path_factory.mktemp("stage") / "stage.sqlite"
    path.write_bytes(migrated_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def stage(stage_url: str, library: Library) -> Iterator[Stage]:
    """The app, served from a database that is filled once for all who walk through it."""
    with served(stage_url, library, TEACHER_SIGNUP="open") as site:
        engine = connect(stage_url)
        yield fill(engine, library, site)
        engine.dispose()
