"""The way to the database falls silent: requests are told before their worker is killed; it comes back."""

import time
from http.client import HTTPConnection

import pytest
from sqlalchemy import make_url

from quiz.core.library import Library
from quiz.store.engine import connect
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.proxy import proxy
from tests.faults.served import Server, serving
from tests.faults.waiting import wait_until

KILLED_AFTER = 30
"""Seconds after which gunicorn kills a worker that is held up."""
LEARNERS = 4
SEED = 3


def ready(server: Server) -> int:
    """What asking for the database gives."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=KILLED_AFTER)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_request_waits_for_a_silent_database_until_its_worker_is_killed(
    database_url: str, library: Library
) -> None:
    url = make_url(database_url)
    with proxy(f"{url.query['host']}/.s.PGSQL.{url.port or 5432}") as way:
        there = url.set(host="127.0.0.1", port=way.port, query={})
        address = there.render_as_string(hide_password=False)
        with (
            serving(address) as server,
            crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen,
        ):
            time.sleep(2)
            for _ in range(2):
                way.silent.set()
                begun = time.monotonic()
                assert ready(server) == 503
                print(f"\n503 after {time.monotonic() - begun:.1f} s")
                way.silent.clear()
                wait_until(lambda: ready(server) == 200)
            time.sleep(2)
            assert "WORKER TIMEOUT" not in server.said()
    engine = connect(database_url)
    kept = compare(engine, library, seen)
    engine.dispose()
    print(f"postgresql behind a proxy that falls silent: {kept}")
    assert kept.whole and kept.confirmed
    assert set(seen.refused) <= {503}
    assert not seen.broken
