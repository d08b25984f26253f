"""The `quiz` command."""

import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from alembic.util import CommandError
from gunicorn.app.wsgiapp import WSGIApplication
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.app import ROOT
from quiz.content import skeleton
from quiz.content.articles import RESERVED
from quiz.content.load import load
from quiz.content.problems import ContentError
from quiz.content.report import report
from quiz.core import names
from quiz.core.library import Library
from quiz.services import teachers as services
from quiz.settings import Settings, SettingsError
from quiz.store import schema, teachers
from quiz.store.engine import WRITES, connect
from quiz.store.tables import Teacher

if TYPE_CHECKING:
    from quiz.content.language import Language


ARTICLE = rf"(?!({'|'.join(RESERVED)})$)(?=.{{1,40}}$)[a-z0-9]+(-[a-z0-9]+)*"


class NoTeacher(Exception):
    """No teacher has the name."""


PLAIN = (
    SettingsError,
    ContentError,
    schema.Unreachable,
    schema.NotMigrated,
    skeleton.AlreadyThere,
    skeleton.NoArticle,
    NoTeacher,
    CommandError,
)
"""Errors whose message says it all."""


def named(pattern: str, like: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """A check for an argument that names a file."""

    def check_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise click.BadParameter(f"write {like}")
        return value

    return check_name


@click.group()
def main() -> None:
    """Whose Word?: run it, check its content, look after its database."""


@contextmanager
def _plain_words() -> Iterator[None]:
    """End with the message alone where settings, content or the database are at fault."""
    try:
        yield
    except PLAIN as problem:
        print(problem, file=sys.stderr)
        raise SystemExit(1) from None


@contextmanager
def _database(*, migrated: bool = True) -> Iterator[tuple[Settings, Engine]]:
    """The settings and the database they name, let go of at the end."""
    settings = Settings.from_environment()
    engine = connect(settings.database_url)
    try:
        if migrated:
            schema.expect_current(engine)
        yield settings, engine
    finally:
        engine.dispose()


@main.command()
def run() -> None:
    """Serve the app with gunicorn on HOST and PORT."""
    with _plain_words(), _database() as (settings, engine):
        load(ROOT / "questions")
        print(f"Whose Word? is at {settings.address}", flush=True)
        print(_way_in(settings, engine), flush=True)
    _serve(settings)


def _way_in(settings: Settings, engine: Engine) -> str:
    """How the first teacher comes in: on a terminal a link at once, since only its owner sees it."""
    with Session(engine) as session:
        if teachers.any_there(session):
            return "More teachers: run `quiz invite`."
    if not sys.stdout.isatty():
        return "No teacher yet: run `quiz invite`."
    return f"No teacher yet. This link makes one, once, within 7 days: {_link(settings, engine)}"


def _link(settings: Settings, engine: Engine, teacher: Teacher | None = None) -> str:
    """Make a link and write it with the address that people use."""
    secret = secrets.token_urlsafe(24)
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        services.invite(session, secret, now=datetime.now(UTC), teacher=teacher)
    return f"{settings.address}/teach/invite/{secret}"


@main.command()
@click.option("--reset", metavar="NAME", help="A new password for the teacher with this sign-in name.")
def invite(*, reset: str | None) -> None:
    """Print a link that makes a teacher, once, within 7 days."""
    with _plain_words(), _database() as (settings, engine):
        print(_link(settings, engine, _called(engine, reset) if reset is not None else None))


def _called(engine: Engine, name: str) -> Teacher:
    with Session(engine) as session:
        if (teacher := teachers.called(session, names.key(name))) is None:
            raise NoTeacher(f"There is no teacher with the sign-in name {name}.")
    return teacher


def _serve(settings: Settings) -> None:
    """Hand over to gunicorn; sync workers, since threads with SQLite have long waits in the tail."""
    sys.argv = [
        "quiz",
        f"--bind={f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}",
        f"--workers={settings.web_concurrency}",
        "--worker-class=sync",
        "--log-level=warning",
        f"--chdir={ROOT}",
        "wsgi:application",
    ]
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    WSGIApplication("%(prog)s").run()


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print all content as one object.")
@click.option("--language", is_flag=True, help="Check the language too; needs the development packages.")
def check(*, as_json: bool, language: bool) -> None:
    """Check all content: every problem with its file, field and what to do."""
    try:
        library = load(ROOT / "questions")
    except ContentError as error:
        _say(as_json=as_json, problems=[str(problem) for problem in error.problems])
        raise SystemExit(1) from None
    found = report(library)
    if language:
        measured = _language(library)
        found["figures"] |= measured.figures
        found["problems"] += measured.problems
    _say(as_json=as_json, **found)
    if found["problems"]:
        raise SystemExit(1)


def _say(
    *, as_json: bool, problems: list[str], figures: dict[str, object] | None = None, **rest: object
) -> None:
    if as_json:
        print(
            json.dumps(rest | {"figures": figures or {}, "problems": problems}, ensure_ascii=False, indent=1)
        )
        return
    for name, figure in (figures or {}).items():
        print(f"{name.replace('_', ' ')}: {_plain(figure)}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("content: no problems")


def _plain(figure: object) -> str:
    if isinstance(figure, dict):
        return ", ".join(f"{name} {count}" for name, count in figure.items())
    return ", ".join(map(str, figure)) if isinstance(figure, list) else str(figure)


def _language(library: Library) -> "Language":
    try:
        from quiz.content import language  # noqa: PLC0415 - its packages are there for development alone
    except ModuleNotFoundError as missing:
        print(f"quiz check --language needs {missing.name}: run `make check`.", file=sys.stderr)
        raise SystemExit(1) from None
    return language.look(library)


@main.command()
def upgrade() -> None:
    """Bring the database up to date."""
    with _plain_words(), _database(migrated=False) as (_settings, engine):
        if not schema.is_current(engine):
            schema.upgrade(engine)
            print("The database is up to date.")


@main.group()
def new() -> None:
    """Write a commented skeleton for an author to fill in."""


@new.command("article")
@click.argument("id", callback=named(ARTICLE, "lower-case words joined by hyphens, 40 letters at most"))
def new_article(id: str) -> None:
    """Write questions/ID/article.toml."""
    with _plain_words():
        path, letter = skeleton.article(ROOT / "questions", id), skeleton.free_letter(ROOT / "questions")
        print(f"Written: {path}. Then: quiz new item {id} {letter}1 classify")


@new.command("item")
@click.argument("article")
@click.argument("id", callback=named(r"[A-Z][0-9]{1,3}s?", "a capital and a number, such as E1"))
@click.argument("format", type=click.Choice(skeleton.FORMATS))
def new_item(article: str, id: str, format: str) -> None:
    """Write questions/ARTICLE/items/ID.toml in a FORMAT."""
    with _plain_words():
        print(f"Written: {skeleton.item(ROOT / 'questions', article, id, format)}. Then: quiz check")
