"""The whole process group is killed at random moments under load, and started again.

KILLS is how often on each database: 3 in the tests, 200 by `make faults`.
"""

import os
import time
from random import Random

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.served import serving
from tests.faults.waiting import wait_until

KILLS = int(os.environ.get("KILLS", "3"))
LEARNERS = 6
LONGEST_LIFE = 1.5
SEED = 9


def answered(engine: Engine) -> bool:
    """Whether any answer is stored: on a busy machine none may fit between the kills."""
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Response)) != 0


def test_every_confirmed_answer_outlives_kill_9_once_and_with_its_mark(
    engine: Engine, database_url: str, library: Library
) -> None:
    random = Random(SEED)
    with serving(database_url) as server, crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen:
        for _ in range(KILLS):
            time.sleep(random.uniform(0.1, LONGEST_LIFE))
            server.kill()
            server.start()
        wait_until(lambda: answered(engine))
    kept = compare(engine, library, seen)
    print(f"\n{engine.dialect.name}: {KILLS} kills, {kept}")
    assert kept.whole, kept
    assert kept.confirmed and seen.broken >= KILLS
    assert not [code for code in seen.refused if code < 500]
