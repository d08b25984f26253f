"""How the app grows: with learners at once, with workers, with answers that are kept, on both databases.

    .venv/bin/python -m bench.growth

An answer is what a learner does at a task: open it, answer it, read what is said to it; three requests. In
the first part each of so many learners does that once, at a moment of their own within 20 seconds. In the
second, 16 clients take these requests in turn as fast as they are served; an answer's three may overtake each
other there. Writes instance/growth.json, and the plots in docs/.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from random import Random
from statistics import quantiles

from flask import Flask

from bench import world
from bench.hammer import Ask, hammer, send
from bench.places import databases
from bench.plot import plot
from bench.served import SECRET, Served, serving
from quiz.app import ROOT, create_app
from quiz.content.load import load
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.engine import connect

PACE = 20.0
LEARNERS = (10, 30, 100, 300, 1000)
STORED = (1_000, 10_000, 100_000, 1_000_000)
WORKERS = (1, 2)
AT_ONCE, SECONDS = 16, 5.0

Answer = tuple[Ask, Ask, Ask]
"""Open a task, answer it, read the feedback."""


@dataclass(frozen=True)
class Paced:
    """Learners who answer once in 20 seconds each: how long a request takes, in milliseconds."""

    database: str
    workers: int
    learners: int
    p50: float
    p99: float
    longest: float
    failed: int


@dataclass(frozen=True)
class Full:
    """As much as it carries: answers a second, and the results of a class of 30, pages a second."""

    database: str
    workers: int
    stored: int
    answers: float
    p99: float
    results: float


def answers(hands: list[world.Hand], library: Library) -> list[list[Answer]]:
    """For each step of an exercise, what each learner does there."""
    found: list[list[Answer]] = []
    for hand in hands:
        for number, ask in enumerate(hand.answers(library)):
            page = Ask.get(ask.path, hand.cookie)
            if number == len(found):
                found.append([])
            found[number].append((page, ask, page))
    return found


def paced(served: Served, some: list[Answer], random: Random) -> tuple[list[float], int]:
    """Each learner answers once within the pace: how long each request took, and how many failed."""
    lock, waits, failed = threading.Lock(), list[float](), 0

    def learn(answer: Answer, begins: float) -> None:
        nonlocal failed
        time.sleep(begins)
        for ask in answer:
            began = time.perf_counter()
            status = send(served.port, ask)
            with lock:
                waits.append(time.perf_counter() - began)
                failed += status not in {200, 303}

    threads = [threading.Thread(target=learn, args=(answer, random.uniform(0, PACE))) for answer in some]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return waits, failed


def full(served: Served, left: Iterator[Answer]) -> tuple[float, float]:
    """As fast as it goes: answers a second, and within how many seconds 99 of 100 requests were answered."""
    asks = (ask for answer in left for ask in answer)
    took = hammer(served.port, asks, clients=AT_ONCE, seconds=SECONDS, once=True)
    if set(took.statuses) - {200, 303}:
        sys.exit(f"answers failed: {dict(took.statuses)}")
    return took.rate / 3, took.percentile(99)


def measure(kind: str, url: str, library: Library) -> Iterator[Paced | Full]:
    """All cells on one database, with more and more answers kept in it."""
    engine, random = connect(url), Random(1)
    app: Flask = create_app(Settings.from_environment({"DATABASE_URL": url, "SECRET_KEY": SECRET}), library)
    world.others(engine, STORED[0])
    steps = iter(answers(world.hands(app, engine, max(LEARNERS)), library))
    room = world.room(app, engine, library)
    app.extensions["quiz_engine"].dispose()
    for workers in WORKERS:
        with serving("wsgi:application", url, workers=workers) as served:
            small, large = iter(next(steps)), next(steps)
            for learners in LEARNERS:
                some = large if learners == max(LEARNERS) else list(islice(small, learners))
                waits, failed = paced(served, some, random)
                cuts = quantiles(waits, n=100, method="inclusive")
                p50, p99, longest = (round(1000 * one, 1) for one in (cuts[49], cuts[98], max(waits)))
                yield Paced(kind, workers, learners, p50, p99, longest, failed)
    left = (answer for step in steps for answer in step)
    kept = STORED[0]
    for workers, stored in ((1, kept), *((2, size) for size in STORED)):
        if stored > kept:
            world.others(engine, stored - kept)
            kept = stored
        with serving("wsgi:application", url, workers=workers) as served:
            rate, p99 = full(served, left)
            pages = hammer(served.port, [room.page("results")], clients=AT_ONCE, seconds=SECONDS)
            yield Full(kind, workers, stored, round(rate, 1), round(1000 * p99), round(pages.rate, 1))
    engine.dispose()


def main() -> None:
    """Measure, say each figure at once, and keep all."""
    found: list[Paced | Full] = []
    with ExitStack() as stack:
        urls = databases(stack, ["grows"])
        for kind in ("sqlite", "postgresql"):
            for one in measure(kind, urls[f"{kind}-grows"], load(ROOT / "questions")):
                print(one, flush=True)
                found.append(one)
    rows = {
        "paced": [asdict(one) for one in found if isinstance(one, Paced)],
        "full": [asdict(one) for one in found if isinstance(one, Full)],
    }
    (ROOT / "instance").mkdir(exist_ok=True)
    (ROOT / "instance" / "growth.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    plot(rows, ROOT / "docs")


if __name__ == "__main__":
    main()
