"""Upgrade a database and be killed on the way, ten times: python -m tests.store.killed_upgrade URL SEED.

Prints how many answers had their units after each kill. Forks from a process that has loaded all it needs,
so that kills fall into the work and not into imports.
"""

import os
import signal
import sys
import time
from contextlib import redirect_stdout
from io import StringIO
from random import Random

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from quiz import cli_upgrade
from quiz.app import ROOT
from quiz.content.load import load
from quiz.services import unit_backfill
from quiz.store.engine import connect
from quiz.store.tables import Response

KILLS = 10
LONGEST = 0.6
"""Seconds after which the upgrade is killed at the latest."""


def upgrade(url: str) -> None:
    engine = connect(url)
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


def main(url: str, seed: str) -> None:
    library = load(ROOT / "questions")
    patched = pytest.MonkeyPatch()
    patched.setattr(cli_upgrade, "load", lambda _root: library)
    patched.setattr(unit_backfill, "AT_ONCE", 50)
    random = Random(seed)
    for _kill in range(KILLS):
        child = os.fork()
        if child == 0:
            upgrade(url)
        time.sleep(random.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(filled(url), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
