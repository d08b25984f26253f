"""Connections on which nothing is said, as browsers open them ahead of need."""

import socket
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest

from tests.faults.served import serving

WORKERS = 2
PATIENCE = 25
"""Seconds; a worker that is held up comes back only after 30."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_connects_and_says_nothing_holds_nobody_up(database_url: str) -> None:
    with serving(database_url, WEB_CONCURRENCY=str(WORKERS)) as server, ExitStack() as stack:
        for _ in range(WORKERS):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_headers_say_nothing_of_the_scheme_or_the_root(database_url: str) -> None:
    with serving(database_url) as server:
        for name, value in (
            ("SCRIPT_NAME", "/x"),
            ("SCRIPT_NAME", "//evil.example"),
            ("X-Forwarded-Proto", "https"),
        ):
            connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
            connection.request("GET", "/teach", headers={name: value})
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Location"]) == (303, "/teach/sign-in"), name
            connection.close()
