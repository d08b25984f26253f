"""The `quiz` command."""

import errno
import os
import secrets
import socket
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.app import ROOT
from quiz.cli_common import CannotListen, NoSuch, database, plain_words
from quiz.cli_content import check, new
from quiz.cli_keeping import backup, purge, restore
from quiz.cli_upgrade import bring_up_to_date
from quiz.content.load import load
from quiz.core import codes, names
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.services import demo as filling
from quiz.services import exporting, remarking, reporting
from quiz.services import teachers as services
from quiz.services.spreadsheets import workbook
from quiz.serving import serve
from quiz.settings import INSTANCE, Settings
from quiz.store import assignments, classrooms, responses, schema, teachers
from quiz.store.engine import WRITES
from quiz.store.tables import Teacher

DEMO_SEED = 28
PORT_TRIES = 5
"""Tries to listen on a port in use, a second apart."""


@click.group()
def main() -> None:
    """Whose Word?: run it, check its content, look after its database."""


@main.command()
def run() -> None:
    """Serve the app with gunicorn on HOST and PORT."""
    with plain_words(), database() as (settings, engine):
        load(ROOT / "questions")
        _expect_free_port(settings)
        print(f"Whose Word? is at {settings.address}", flush=True)
        print(_way_in(settings, engine), flush=True)
    serve(settings)


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
    with plain_words(), database() as (settings, engine):
        print(_link(settings, engine, _called(engine, reset) if reset is not None else None))


def _called(engine: Engine, name: str) -> Teacher:
    with Session(engine) as session:
        if (teacher := teachers.called(session, names.key(name))) is None:
            raise NoSuch(f"There is no teacher with the sign-in name {name}.")
    return teacher


@main.command()
@click.argument("classroom", metavar="CLASS")
@click.option("--to", "file", type=click.Path(dir_okay=False, writable=True), required=True)
def export(classroom: str, file: str) -> None:
    """Write all results of a class, named by its name or its code, as a workbook."""
    with plain_words(), database() as (_settings, engine), Session(engine) as session:
        library = load(ROOT / "questions")
        found = classrooms.called(session, classroom, codes.read_class_code(classroom))
        if len(found) != 1:
            raise NoSuch(f"{len(found)} classes are called {classroom}: give the code of one.")
        given = assignments.of_class(session, found[0].id)
        made = [reporting.report(session, one, library) for one in given]
        _write(Path(file), workbook(exporting.whole_class(made, library)))
        print(f"{found[0].name}: {len(made)} tasks written to {file}")


def _write(path: Path, data: bytes) -> None:
    """Write a file with names in it for its owner alone."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            os.fchmod(stream.fileno(), 0o600)
            stream.write(data)
    except OSError as problem:
        raise NoSuch(f"{path} can’t be written: {problem.strerror}.") from None


@main.command()
@click.argument("item")
@click.option("--apply", "do", is_flag=True, help="Change the marks; without it nothing is changed.")
@click.option("--never-lower", is_flag=True, help="Answers that would lose points keep theirs.")
def remark(item: str, *, do: bool, never_lower: bool) -> None:
    """Mark answers to an item whose key has changed again; first say who changes, by how much.

    ITEM is named with its article, as in alleged-support/A1, or by A1 where there is only one.
    """
    with plain_words(), database() as (_settings, engine):
        library = load(ROOT / "questions")
        task = _task(library, item)
        with Session(engine.execution_options(**{WRITES: do})) as session, session.begin():
            found = remarking.dry_run(session, task, library.articles)
            changes = [one.change for one in found]
            higher, lower = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
            print(f"{len(found)} answers marked with another key: {higher} get more, {lower} get less.")
            for change, count in sorted(Counter(changes).items()):
                print(f"  {float(change):+.2f} points: {count}")
            if unread := sum(one.mark is None for one in found):
                print(f"  not to be read by the mended item, left as they are: {unread}")
            if unknown := responses.count_of_unknown(session, task):
                print(f"  to a revision that nobody knows, left as they are: {unknown}")
            if do:
                done = remarking.apply(
                    session, task, found, never_lower=never_lower, new_id=uuid4, now=datetime.now(UTC)
                )
                print(f"{done} marked again; the old marks are kept.")


def _task(library: Library, name: str) -> Item:
    found = library.called(name)
    if len(found) != 1:
        which = f"{len(found)} items are called {name}: give one as" if found else f"There is no item {name}"
        raise NoSuch(f"{which} {', '.join(one.id for one in found)}".strip() + ".")
    return found[0]


@main.command()
def demo() -> None:
    """Fill a database of its own with a class of 28, and serve it: instance/demo.sqlite."""
    with plain_words():
        _expect_free_port(Settings.from_environment())
        path = INSTANCE / "demo.sqlite"
        INSTANCE.mkdir(exist_ok=True)
        for old in INSTANCE.glob("demo.sqlite*"):
            old.unlink()
        os.environ["DATABASE_URL"] = f"sqlite:///{path}"
        os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
        with database(migrated=False) as (settings, engine):
            schema.upgrade(engine)
            with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
                filling.fill(session, load(ROOT / "questions"), seed=DEMO_SEED, now=datetime.now(UTC))
            print(f"A class of {len(filling.KINDS)} is at {settings.address}/teach", flush=True)
            print(f"Sign in as {filling.NAME} with the password: {filling.PASSWORD}", flush=True)
    serve(settings)


def _expect_free_port(settings: Settings) -> None:
    """Raise CannotListen where HOST and PORT can't be used, before an address is printed.

    Waits some seconds for a port in use, since workers outlive a killed server for a moment.
    """
    for tries_left in reversed(range(PORT_TRIES)):
        try:
            _listen_once(settings)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                why = f"Can’t listen on {settings.host}: {problem.strerror}. Check HOST and PORT."
                raise CannotListen(why) from None
            if not tries_left:
                why = f"Another program uses port {settings.port}. Stop it, or set PORT to another number."
                raise CannotListen(why) from None
            time.sleep(1)
        else:
            return


def _listen_once(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))


@main.command()
def upgrade() -> None:
    """Bring the database up to date. Stopped on the way, it goes on the next time."""
    with plain_words(), database(migrated=False) as (_settings, engine):
        if bring_up_to_date(engine):
            print("The database is up to date.")


main.add_command(backup)
main.add_command(check)
main.add_command(new)
main.add_command(purge)
main.add_command(restore)
