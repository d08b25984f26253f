"""Looking after what is kept: copies of the database."""

from pathlib import Path

import click

from quiz.cli_common import database, plain_words
from quiz.store import backup as copies
from quiz.store import schema

HOLDS = "{learner} learners, {attempt} attempts, {response} answers"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the whole database into FILE while it serves."""
    with plain_words(), database() as (settings, engine):
        held = copies.counts(engine)
        copies.backup(settings.database_url, file)
        print(f"{file}: at least {HOLDS.format(**held)}. It holds names: keep it where nobody else reads it.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE into the empty place that DATABASE_URL names."""
    with plain_words(), database(migrated=False) as (settings, engine):
        copies.expect_empty(engine)
        copies.restore(settings.database_url, file)
        print(f"Restored {HOLDS.format(**copies.counts(engine))}.")
        if not schema.is_current(engine):
            print("It is from an older version: run `quiz upgrade`.")
