"""Many learners for a while: each answer that was confirmed is there, and nothing else went wrong.

LEARNERS and SECONDS say how many and how long: 20 for 5 seconds in the tests, 200 for 120 by `make faults`.
"""

import os
import time

from sqlalchemy import Engine

from quiz.core.library import Library
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.served import serving

LEARNERS = int(os.environ.get("LEARNERS", "20"))
SECONDS = float(os.environ.get("SECONDS", "5"))
PAUSE = min(4.0, SECONDS / 5)
SEED = 6


def test_what_is_confirmed_is_what_is_stored(engine: Engine, database_url: str, library: Library) -> None:
    with (
        serving(database_url) as server,
        crowd(server.port, library, LEARNERS, pause=PAUSE, seed=SEED) as seen,
    ):
        time.sleep(SECONDS)
    kept = compare(engine, library, seen)
    errors = seen.broken + len(seen.refused)
    print(f"\n{engine.dialect.name}: {LEARNERS} learners for {SECONDS:.0f} seconds, {errors} errors, {kept}")
    assert kept.whole and kept.confirmed
    assert errors == 0 and kept.confirmed == kept.stored
