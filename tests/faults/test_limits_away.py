"""The store that workers count guesses in is stopped and started under load: nobody is refused for it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import Engine

from quiz.core.library import Library
from quiz.web.limit_counts import LOOK_AGAIN_SECONDS
from tests.faults.crowd import crowd
from tests.faults.kept import compare
from tests.faults.served import Server, serving
from tests.faults.waiting import wait_until
from tests.tools import missing

REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
LEARNERS = 4
SEED = 6
GUESSES = 40
AWAY = "The store of RATELIMIT_STORAGE_URI is away"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis(port: int, folder: Path) -> Iterator[None]:
    """A server that keeps nothing when it ends."""
    if not REDIS:
        missing(
            "NO REDIS: neither redis-server nor valkey-server was found, so limits can’t be tested in one"
        )
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: listens(port))
        yield
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(server: Server, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def taken_before_all_refuse(server: Server) -> int:
    """How many wrong codes were looked up before twenty in a row were refused."""
    taken, refused = 0, 0
    while refused < 20:
        status, _text = ask(server, "/join/222222")
        taken, refused = (taken, refused + 1) if status == 429 else (taken + 1, 0)
    return taken


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_the_store_of_limits_goes_away_workers_count_for_themselves_until_it_is_back(
    database_url: str, engine: Engine, library: Library, tmp_path: Path
) -> None:
    port = free_port()
    uri = f"redis://127.0.0.1:{port}/0"

    def is_away() -> bool:
        status, text = ask(server, "/readyz")
        assert status == 200
        return AWAY in text

    with serving(database_url, RATELIMIT_STORAGE_URI=uri, WEB_CONCURRENCY="2") as server:
        assert is_away(), "it starts without its store"
        with crowd(server.port, library, LEARNERS, pause=0, seed=SEED) as seen:
            for _ in range(2):
                with redis(port, tmp_path):
                    wait_until(lambda: not is_away())
                    codes = [ask(server, "/join/222222")[0] for _ in range(GUESSES)]
                    assert set(codes) == {404}
                begun = time.monotonic()
                codes = [ask(server, "/join/222222")[0] for _ in range(GUESSES)]
                print(f"\nRedis away: {GUESSES} guesses in {time.monotonic() - begun:.1f} s")
                assert set(codes) == {404}
                wait_until(is_away)
        with redis(port, tmp_path):
            time.sleep(LOOK_AGAIN_SECONDS)  # each worker finds out for itself
            wait_until(lambda: not is_away())
            taken = taken_before_all_refuse(server)
            # On a busy machine Redis may be too late now and then, and a guess counts in memory.
            assert 300 <= taken < 450, "both workers count together"
        said = server.said()
    assert "counting in memory" in said and "limits is back" in said
    kept = compare(engine, library, seen)
    print(f"sqlite: Redis stopped and started, {kept}")
    assert kept.whole and kept.confirmed
    assert not seen.refused and not seen.broken
