"""Learners who go through exercises over the network, and remember what was confirmed to them."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from quiz.core.library import Library
from quiz.core.mark import Fields
from tests.web.ways import ARTICLE, is_step, right, wrong

EXERCISES = ("a", "b", "c", "d", "short")
LONGEST_WAIT = 30
STEP = re.compile(r"/learn/attempts/(?P<attempt>[0-9a-f-]{36})/(?P<step>\d+)$")


class Enough(Exception):
    """The crowd was told to stop."""


@dataclass(frozen=True)
class Sent:
    """An answer as it left a learner."""

    attempt: UUID
    step: int
    item: str
    fields: Fields


@dataclass
class Seen:
    """What a crowd has seen so far."""

    sent: list[Sent] = field(default_factory=list)
    confirmed: list[Sent] = field(default_factory=list)
    broken: int = 0
    """Requests without a response."""
    refused: list[int] = field(default_factory=list)
    """Status codes other than those of a thing done."""


@dataclass(frozen=True)
class Page:
    """A response that came back whole."""

    status: int
    location: str
    text: str

    def value(self, name: str) -> str:
        """What a hidden field of the page holds."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.text)
        assert found, f"no {name} on this page"
        return found[1]


class Learner:
    """One learner at one browser. What gets no answer is sent again, as it was, until it has one."""

    def __init__(self, port: int, library: Library, random: Random, stop: threading.Event) -> None:
        self.port = port
        self.library = library
        self.random = random
        self.stop = stop
        self.cookie = ""
        self.seen = Seen()

    def work(self, pause: float) -> None:
        """Go through exercises until told to stop, with up to twice the pause between two answers."""
        try:
            while True:
                self._exercise(f"/learn/{ARTICLE}/{self.random.choice(EXERCISES)}", pause)
        except Enough:
            return

    def _exercise(self, address: str, pause: float) -> None:
        token = self._surely("GET", address).value("csrf_token")
        address = self._surely("POST", address, {"csrf_token": [token]}).location
        while is_step(address):
            self.stop.wait(self.random.uniform(0, 2 * pause))
            address = self._step(address)

    def _step(self, address: str) -> str:
        page = self._surely("GET", address)
        match = STEP.search(address)
        name = re.search(r'data-item="([^"]+)"', page.text)
        assert match and name
        item = self.library.task(name[1])
        assert item is not None
        fields = self.random.choice([right, wrong])(item)
        sent = Sent(UUID(match["attempt"]), int(match["step"]), item.id, fields)
        self.seen.sent.append(sent)
        hidden = {one: [page.value(one)] for one in ("csrf_token", "submit_key")}
        if self._surely("POST", address, {**fields, **hidden}).status == 303:
            self.seen.confirmed.append(sent)
        following = re.search(r'class="[^"]*\bnext\b[^"]*" href="([^"]+)"', self._surely("GET", address).text)
        return following[1] if following else ""

    def _surely(self, method: str, path: str, fields: Fields | None = None) -> Page:
        """Ask until there is a response that isn’t the server’s own trouble. Raises Enough when stopped."""
        while not self.stop.is_set():
            try:
                page = self.ask(method, path, fields)
            except (OSError, HTTPException):
                self.seen.broken += 1
            else:
                if page.status in {200, 303}:
                    return page
                self.seen.refused.append(page.status)
                if page.status < 500:
                    return page
            self.stop.wait(self.random.uniform(0.02, 0.2))
        raise Enough

    def ask(self, method: str, path: str, fields: Fields | None = None) -> Page:
        """One request. Raises OSError or HTTPException where no whole response comes back."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_WAIT)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            if line.startswith("session="):
                self.cookie = line.partition(";")[0]
        return Page(response.status, response.headers.get("Location", ""), text)


@contextmanager
def crowd(port: int, library: Library, size: int, *, pause: float, seed: int) -> Iterator[Seen]:
    """That many learners at work while the block runs; afterwards, what all of them saw."""
    stop, seen = threading.Event(), Seen()
    learners = [Learner(port, library, Random(f"{seed}/{number}"), stop) for number in range(size)]
    failed: list[BaseException] = []

    def run(one: Learner) -> None:
        try:
            one.work(pause)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in learners]
    for one in threads:
        one.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]
    for learner in learners:
        seen.sent += learner.seen.sent
        seen.confirmed += learner.seen.confirmed
        seen.broken += learner.seen.broken
        seen.refused += learner.seen.refused
