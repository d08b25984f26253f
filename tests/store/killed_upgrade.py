"""Upgrade a database and be killed on the way, ten times: python -m tests.store.killed_upgrade URL.

Prints how many answers had their units after each kill. Each kill comes just before a commit: first that of
the migration, then the one after it, and from then on the second part of the answers, so that one part more
is kept each time.
"""

import os
import signal
import sys
from contextlib import redirect_stdout
from io import StringIO

import pytest
from sqlalchemy import Engine, event, func, inspect, select
from sqlalchemy.orm import Session

from quiz import cli_upgrade
from quiz.app import ROOT
from quiz.content.load import load
from quiz.services import unit_backfill
from quiz.store.engine import connect
from quiz.store.tables import Response

KILLED_AT = (1, 2, *[4] * 8)
"""Before which commit each upgrade is killed: the migration’s (later an empty one), the tasks’, a part’s."""


def upgrade(url: str, killed_at: int) -> None:
    """Upgrade, and die before a commit."""
    engine = connect(url)
    commits = 0

    def die(_connection: object) -> None:
        nonlocal commits
        commits += 1
        if commits == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", die)
    with redirect_stdout(StringIO()):
        cli_upgrade.bring_up_to_date(engine)
    os._exit(0)


def filled(url: str) -> int:
    """How many answers have their units; 0 before the migration."""
    engine = connect(url)
    try:
        if "units" not in {one["name"] for one in inspect(engine).get_columns("response")}:
            return 0
        with Session(engine) as session:
            return session.scalar(select(func.count()).where(Response.units.is_not(None))) or 0
    finally:
        engine.dispose()


def main(url: str) -> None:
    library = load(ROOT / "questions")
    patched = pytest.MonkeyPatch()
    patched.setattr(cli_upgrade, "load", lambda _root: library)
    patched.setattr(unit_backfill, "AT_ONCE", 50)
    for killed_at in KILLED_AT:
        child = os.fork()
        if child == 0:
            upgrade(url, killed_at)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "it came to its end before it was killed"
        print(filled(url), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
