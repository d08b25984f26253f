"""What tests share: the real content, a fresh database of each kind, an app on it, a browser's stand-in."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, make_url, text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from quiz.app import ROOT, create_app
from quiz.content.load import load
from quiz.core.library import Library
from quiz.services import teachers
from quiz.settings import Settings
from quiz.store import schema
from quiz.store.engine import connect
from quiz.store.tables import Base
from tests.own_postgres import own_postgres, url_of
from tests.web.client import Visitor

DATABASES = ["sqlite", "postgresql"]


class _Compiled(BytecodeCache):
    """Templates compiled once by a worker: each test has an app of its own, all have the same templates."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """All apps of a worker share their compiled templates."""
    compiled = _Compiled()
    made = Flask.create_jinja_environment

    def with_cache(app: Flask) -> Environment:
        environment = made(app)
        environment.bytecode_cache = compiled
        return environment

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "create_jinja_environment", with_cache)
        yield


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """All apps of a worker share what Werkzeug compiles of a rule, which depends on the rule's text alone."""
    compiled: dict[tuple[str, bool], Any] = {}
    compile_anew = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults or rule.subdomain or rule.host:
            return compile_anew(rule, append_unknown)
        key = (rule.rule, append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def passwords_hashed_fast() -> Iterator[None]:
    """The least that Argon2 does: a password in a test needs no protection."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(teachers, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped content."""
    return load(ROOT / "questions")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    engine = connect(f"sqlite:///{path}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server of its own for the tests; its address without a database's name to trust."""
    with own_postgres() as server:
        yield url_of(server)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """A migrated database on that server."""
    name = make_url(postgres_server).set(database="whose_word").render_as_string(hide_password=False)
    admin = connect(postgres_server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE whose_word"))
    admin.dispose()
    engine = connect(name)
    schema.upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    url: str = request.getfixturevalue("migrated_postgres")
    yield url
    engine = connect(url)
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The database of this test."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session beside the app's: it looks, and holds no writer up."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings for this test's database."""
    return Settings.from_environment({"DATABASE_URL": database_url, "SECRET_KEY": "k" * 40})


@pytest.fixture
def app(settings: Settings, library: Library) -> Iterator[Flask]:
    """The app on this test's database."""
    app = create_app(settings, library)
    yield app
    app.extensions["quiz_engine"].dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser, who was never here."""
    return Visitor(app)
