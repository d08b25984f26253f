"""Looking after what is kept: copies of the database, and forgetting what nobody came back to."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.cli_common import database, plain_words
from quiz.cli_upgrade import bring_up_to_date
from quiz.services import purging
from quiz.store import backup as copies
from quiz.store.engine import WRITES
from quiz.store.purging import Part, Since

HOLDS = "{learner} learners, {attempt} attempts, {response} answers"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the whole database into FILE, a new one, while it serves."""
    with plain_words(), database(migrated=False) as (settings, _engine):
        copies.backup(settings.database_url, file)
        print(f"{file} is written. It holds names: keep it where nobody else reads it.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE into the empty place that DATABASE_URL names, and bring it up to date."""
    with plain_words(), database(migrated=False) as (settings, engine):
        copies.expect_empty(engine)
        copies.restore(settings.database_url, file)
        print(f"Restored {HOLDS.format(**copies.counts(engine))}.")
        if bring_up_to_date(engine):
            print("It was from an older release, and is up to date now.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how many would go.")
def purge(*, dry_run: bool) -> None:
    """Remove what nobody came back to for RETENTION_DAYS, empty attempts after 2 days, and what expired."""
    with plain_words(), database() as (settings, engine):
        when = purging.since(datetime.now(UTC), settings.retention_days)
        work = to_forget if dry_run else forget
        counts = ", ".join(f"{part.name} {work(engine, part, when)}" for part in purging.PARTS)
        print(f"{'Would remove' if dry_run else 'Removed'}: {counts}")


def to_forget(engine: Engine, part: Part, when: Since) -> int:
    """How many of a kind would go."""
    with Session(engine) as session:
        return purging.count(session, part, when)


def forget(engine: Engine, part: Part, when: Since) -> int:
    """Remove all of a kind, each piece in a transaction of its own."""
    removed, last = 0, None
    while True:
        with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
            piece = purging.remove_some(session, part, when, after=last)
        removed, last = removed + piece.removed, piece.last
        if last is None:
            return removed
