"""The `quiz` command."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from gunicorn.app.wsgiapp import WSGIApplication

from quiz.app import ROOT
from quiz.content.load import load
from quiz.content.problems import ContentError
from quiz.content.report import figures, report
from quiz.settings import Settings, SettingsError
from quiz.store import schema
from quiz.store.engine import connect


@click.group()
def main() -> None:
    """Whose Word?: run it, check its content, look after its database."""


@contextmanager
def _plain_words() -> Iterator[None]:
    """End with the message alone where settings, content or the database are at fault."""
    try:
        yield
    except (SettingsError, ContentError, schema.Unreachable) as problem:
        print(problem, file=sys.stderr)
        raise SystemExit(1) from None


@main.command()
def run() -> None:
    """Serve the app with gunicorn on HOST and PORT."""
    with _plain_words():
        settings = Settings.from_environment()
        load(ROOT / "questions")
        if not schema.is_current(connect(settings.database_url)):
            raise schema.Unreachable("The database is not migrated: run `quiz upgrade`.")
    print(f"Whose Word? is at {settings.public_url}", flush=True)
    _serve(settings)


def _serve(settings: Settings) -> None:
    """Hand over to gunicorn; sync workers, since threads with SQLite have long waits in the tail."""
    sys.argv = [
        "quiz",
        f"--bind={settings.host}:{settings.port}",
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
def check(*, as_json: bool) -> None:
    """Check all content: every problem with its file, field and what to do."""
    try:
        library = load(ROOT / "questions")
    except ContentError as error:
        if as_json:
            print(json.dumps({"problems": [str(problem) for problem in error.problems]}, indent=1))
        else:
            print(error, file=sys.stderr)
        raise SystemExit(1) from None
    if as_json:
        print(json.dumps(report(library), ensure_ascii=False, indent=1))
        return
    for name, count in figures(library).items():
        print(f"{name.replace('_', ' ')}: {count}")
    print("content: no problems")


@main.command()
def upgrade() -> None:
    """Bring the database up to date."""
    with _plain_words():
        settings = Settings.from_environment()
        engine = connect(settings.database_url)
        if not schema.is_current(engine):
            schema.upgrade(engine)
            print("The database is up to date.")
