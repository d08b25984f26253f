"""Bringing a database up to date: migrations first, then what only the content can tell."""

from functools import partial

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.app import ROOT
from quiz.content.load import load
from quiz.content.rebuild import rebuild
from quiz.core.library import Library
from quiz.services import unit_backfill
from quiz.store import schema
from quiz.store import unit_backfill as stored
from quiz.store.engine import WRITES


def bring_up_to_date(engine: Engine) -> bool:
    """Apply what is missing; gives whether anything was. Each part is whole by itself.

    Content is loaded first: where it can't be, nothing has changed yet.
    """
    if schema.is_current(engine):
        return False
    library = load(ROOT / "questions")
    schema.upgrade(engine)
    _fill_units(engine, library)
    return True


def _fill_units(engine: Engine, library: Library) -> None:
    """Fill in the units of answers that an older release kept without."""
    build = partial(rebuild, articles=library.articles)
    writing = engine.execution_options(**{WRITES: True})
    with Session(writing) as session, session.begin():
        left = stored.count(session)
        unit_backfill.fill_tasks(session, library, build)
    done, given_up = 0, 0
    while True:
        with Session(writing) as session, session.begin():
            part = unit_backfill.fill_units(session, library, build)
        if not part.looked_at:
            break
        done += part.looked_at
        given_up += part.given_up
        print(f"Filling in what older releases didn’t keep: {done} of {max(left, done)} answers.", flush=True)
    if given_up:
        print(
            f"{given_up} answers are to tasks that questions/ no longer has: they keep their points, but no "
            "sentence of theirs is counted. If a folder is missing there, restore the backup, put the "
            "folder back, and upgrade again."
        )
