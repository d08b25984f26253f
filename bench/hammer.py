"""Asking a server as fast as it answers, by many clients at once, each request on its own connection."""

import itertools
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

PATIENCE = 30.0
LARGEST = 1 << 16


@dataclass(frozen=True)
class Ask:
    """One request: its bytes, and what they say."""

    raw: bytes
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @classmethod
    def get(cls, path: str, cookie: str = "", etag: str = "") -> "Ask":
        """Fetch a page as a browser does that takes packed ones."""
        return cls._made("GET", path, cookie, {"If-None-Match": etag} if etag else {})

    @classmethod
    def post(cls, path: str, cookie: str, fields: dict[str, list[str]]) -> "Ask":
        """Send a form."""
        body = urlencode(fields, doseq=True).encode()
        more = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return cls._made("POST", path, cookie, more, body)

    @classmethod
    def _made(cls, method: str, path: str, cookie: str, more: dict[str, str], body: bytes = b"") -> "Ask":
        headers = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", "Connection": "close", **more}
        if cookie:
            headers["Cookie"] = cookie
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        raw = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        return cls(raw, method, path, headers, body)


@dataclass
class Round:
    """What came of one round."""

    seconds: float = 0
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Responses a second."""
        return len(self.waits) / self.seconds

    def percentile(self, part: int) -> float:
        """Seconds within which so many per cent were answered."""
        return quantiles(self.waits, n=100, method="inclusive")[part - 1]


def hammer(port: int, asks: Iterable[Ask], *, clients: int, seconds: float, once: bool = False) -> Round:
    """Send requests in turn until the time is over, or, with `once`, until each was sent."""
    source = iter(asks) if once else itertools.cycle(asks)
    lock, result = threading.Lock(), Round()
    end = time.perf_counter() + seconds

    def run() -> None:
        waits, statuses = [], Counter[int]()
        while time.perf_counter() < end:
            with lock:
                ask = next(source, None)
            if ask is None:
                break
            began = time.perf_counter()
            statuses[send(port, ask)] += 1
            waits.append(time.perf_counter() - began)
        with lock:
            result.waits += waits
            result.statuses += statuses

    threads = [threading.Thread(target=run) for _ in range(clients)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    result.seconds = time.perf_counter() - began
    return result


def send(port: int, ask: Ask) -> int:
    """The status of the response, once it is there whole; 0 where none came."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(ask.raw)
            first = connection.recv(LARGEST)
            while connection.recv(LARGEST):
                pass
            return int(first[9:12])
    except (OSError, ValueError):
        return 0
