"""Told to stop, the server still answers what it has in hand, and its log is whole."""

import json
import re
import shutil
import socket
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.served import Server, serving
from tests.faults.waiting import wait_until


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated file; what is tested here is the same on every database."""
    shutil.copy(migrated_sqlite, tmp_path / "test.sqlite")
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


def ask(port: int, path: str) -> tuple[str, str]:
    """A page, and the cookie that came with it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return text, response.headers["Set-Cookie"].partition(";")[0]


def half_sent(server: Server) -> tuple[socket.socket, bytes]:
    """A connection on which half an answer was sent, and the other half."""
    page, cookie = ask(server.port, "/join")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    body = urlencode({"csrf_token": token[1], "code": "ABC234"}).encode()
    head = (
        f"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        "Expect: 100-continue\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    connection.sendall(head.encode())
    # gunicorn says “go on” once a worker has the request in hand, so nothing is left to chance.
    assert connection.recv(100).startswith(b"HTTP/1.1 100")
    connection.sendall(body[:20])
    return connection, body[20:]


def test_a_request_in_hand_is_answered_and_then_the_server_is_gone(database: str) -> None:
    with serving(database) as server:
        connection, rest = half_sent(server)
        server.tell_to_stop()
        wait_until(lambda: server.workers() == 1)  # the idle one is gone: stopping has begun
        connection.sendall(rest)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
        connection.close()
        assert answer.startswith(b"HTTP/1.1 422") and b"</html>" in answer
        assert server.ended() == 0
        lines = [json.loads(line) for line in server.said().splitlines() if line.startswith("{")]
    answered = lines[-1]
    assert (answered["method"], answered["rule"], answered["status"]) == ("POST", "/join", 422)
    assert f"X-Request-ID: {answered['request_id']}".encode() in answer
    assert {line["event"] for line in lines} == {"answered"}
