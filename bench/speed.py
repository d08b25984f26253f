"""How fast the app is beside the least that Flask does, measured in turn on one machine.

    .venv/bin/python -m bench.speed

Prints a table, and writes the same to instance/bench.json. Each figure is the median of all rounds; what
stands behind it are the slowest and the fastest round. A ratio is that of two rounds of the same pass, so
that a machine which is busy meanwhile slows both. Then it says which aims were missed.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import islice
from statistics import median
from typing import Any

from flask import Flask

from bench import world
from bench.hammer import Ask, Round, hammer
from bench.places import databases
from bench.served import SECRET, Served, serving
from quiz.app import ROOT, create_app
from quiz.content.load import load
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.engine import connect
from tests.web.watching import watched

CLIENTS = 16
SLOW_START, LARGE = 2.0, 120
"""Seconds to the first answer, and megabytes of a worker, past which it warns."""
ROUNDS = 5
SECONDS = 3.0
LEARNERS, READERS = 500, 50
"""Those who begin an exercise, and of them those who only open its first task."""
FEW, MANY = 1_000, 100_000
FLOOR = "bench.floors:application"
APP = "wsgi:application"


@dataclass
class Contender:
    """One thing that is measured, and the floor that it is held against."""

    name: str
    served: Served
    asks: Iterable[Ask]
    floor: "Contender | None" = None
    good: frozenset[int] = frozenset({200})
    least: float | None = None
    """The least ratio to the floor's rate that is aimed at."""
    most_cpu: float | None = None
    """The highest ratio to the floor's processor time that is aimed at."""
    statements: int | None = None
    """How often one request asks the database."""
    once: bool = False
    rounds: list[Round] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self) -> None:
        """One round. Ends the bench where a response isn’t what it should be."""
        before = self.served.cpu_seconds()
        took = hammer(self.served.port, self.asks, clients=CLIENTS, seconds=SECONDS, once=self.once)
        if not took.waits or set(took.statuses) - self.good:
            sys.exit(f"{self.name}: {dict(took.statuses)}")
        self.rounds.append(took)
        self.cpu.append((self.served.cpu_seconds() - before) / len(took.waits))

    def ratio(self, of: str) -> float | None:
        """The median of the rounds' ratios to the floor: of "rate", "p50", "p99" or "cpu"."""
        if self.floor is None:
            return None
        pairs = zip(self.figures(of), self.floor.figures(of), strict=True)
        return median(ours / floors for ours, floors in pairs)

    def figures(self, of: str) -> list[float]:
        """One figure of each round."""
        if of == "cpu":
            return self.cpu
        if of == "rate":
            return [one.rate for one in self.rounds]
        return [one.percentile(int(of.removeprefix("p"))) for one in self.rounds]


def contenders(stack: ExitStack, library: Library) -> list[Contender]:
    """All that is measured, floors first."""
    urls, workers = databases(stack, ["floor", "few", "many"]), os.cpu_count() or 1

    def floor(kind: str, on: str = "sqlite-floor") -> Served:
        return stack.enter_context(serving(FLOOR, urls[on], workers=workers, FLOOR=kind))

    signed = floor("signed")
    plain = Contender("floor (a): constant text", floor("plain"), [Ask.get("/")])
    cookie = Contender("floor (a) with a signed cookie", signed, [Ask.get("/", _cookie(signed))])
    template = Contender("floor (b): the page from fixed values", floor("template"), [Ask.get("/floor")])
    found = [plain, cookie, template]
    number = Ask.post("/", "", {"number": ["1"]})
    for kind in ("sqlite", "postgresql"):
        kept = Contender(
            f"floor (c, d): read two, write one; {kind}",
            floor("database", f"{kind}-floor"),
            [number],
            good=frozenset({303}),
        )
        found.append(kept)
        for size, others in (("few", FEW), ("many", MANY)):
            url = urls[f"{kind}-{size}"]
            found += _of_the_app(stack, url, library, workers, others, floors=(plain, cookie, template, kept))
    return found


def _cookie(served: Served) -> str:
    connection = HTTPConnection("127.0.0.1", served.port)
    connection.request("GET", "/set")
    return str(connection.getresponse().headers["Set-Cookie"]).partition(";")[0]


def _of_the_app(
    stack: ExitStack,
    url: str,
    library: Library,
    workers: int,
    others: int,
    *,
    floors: tuple[Contender, Contender, Contender, Contender],
) -> list[Contender]:
    plain, cookie, template, kept = floors
    engine = connect(url)
    app = create_app(Settings.from_environment({"DATABASE_URL": url, "SECRET_KEY": SECRET}), library)
    world.others(engine, others)
    room = world.room(app, engine, library)
    answering = world.hands(app, engine, LEARNERS if others == FEW else 0)
    reading = [answering.pop() for _ in range(min(READERS, len(answering)))]
    etag = (
        app.test_client(use_cookies=False)
        .get(  # the version that an unchanged poll names
            f"{room.address}/results/glance", headers={"Cookie": room.cookie}
        )
        .headers["ETag"]
    )
    served = stack.enter_context(serving(APP, url, workers=workers))

    def ours(what: str, asks: Iterable[Ask], floor: Contender, **aims: Any) -> Contender:
        name = f"{what}; {engine.dialect.name}, beside {others:,} answers"
        return Contender(name, served, asks, floor, statements=statements(app, next(iter(asks))), **aims)

    found = [
        ours("class results", [room.page("results")], plain),
        ours("heat map", [room.page("heat")], plain),
    ]
    if answering:
        new = (ask for one in answering for ask in one.answers(library))
        repeated = list(islice((ask for one in answering[:20] for ask in one.answers(library)), 100))
        saved = frozenset({303})
        poll = Ask.get(f"{room.address}/results/glance", room.cookie, etag)
        found = [
            ours("home", [Ask.get("/")], plain),
            ours("item page", [one.item() for one in reading], template, least=0.45),
            ours("submit, new", new, kept, good=saved, least=0.5, most_cpu=2.0, once=True),
            ours("submit, repeated", repeated, kept, good=saved),
            ours("result page", [one.result() for one in answering], template),
            ours("poll, unchanged", [poll], cookie, good=frozenset({304}), least=0.6),
            *found,
        ]
    engine.dispose()
    app.extensions["quiz_engine"].dispose()
    return found


def statements(app: Flask, ask: Ask) -> int:
    """How often the app asks its database for one request."""
    with watched(app) as asked:
        client = app.test_client(use_cookies=False)
        client.open(ask.path, method=ask.method, headers=ask.headers, data=ask.body)
    return len(asked)


def table(found: list[Contender]) -> list[dict[str, object]]:
    """A row for each."""
    rows: list[dict[str, object]] = []
    for one in found:
        rates = one.figures("rate")
        row: dict[str, object] = {
            "name": one.name,
            "a second": round(median(rates)),
            "from": round(min(rates)),
            "to": round(max(rates)),
            "ms p50": round(1000 * median(one.figures("p50")), 1),
            "ms p99": round(1000 * median(one.figures("p99")), 1),
            "cpu ms": round(1000 * median(one.cpu), 2),
            "MB a worker": round(one.served.megabytes()),
        }
        if one.floor:
            row |= {of: round(one.ratio(of) or 0, 2) for of in ("rate", "p50", "p99", "cpu")}
        if one.statements is not None:
            row["statements"] = one.statements
        if one.least is not None:
            row["aim"] = one.least
        rows.append(row)
    return rows


HEADINGS = [
    "a second",
    "from",
    "to",
    "ms p50",
    "ms p99",
    "cpu ms",
    "MB a worker",
    "statements",
    "rate",
    "p50",
    "p99",
    "cpu",
    "aim",
]


def missed(found: list[Contender]) -> Iterator[str]:
    """A line for each aim that was missed, and for each server that starts late or is large."""
    for one in found:
        rate, cpu = one.ratio("rate"), one.ratio("cpu")
        if one.least is not None and rate is not None and rate < one.least:
            yield f"missed: {one.name}: {rate:.2f} of the floor's rate, aim {one.least}"
        if one.most_cpu is not None and cpu is not None and cpu > one.most_cpu:
            yield f"missed: {one.name}: {cpu:.2f} times the floor's processor time, aim {one.most_cpu}"
    for kind in ("sqlite", "postgresql"):
        for what in ("class results", "heat map"):
            few, many = (_rate(found, f"{what}; {kind}, beside {size:,} answers") for size in (FEW, MANY))
            if few > 2 * many:
                yield f"missed: {what}, {kind}: {few:.0f} a second beside {FEW:,}, {many:.0f} beside {MANY:,}"
    for served in {id(one.served): one.served for one in found}.values():
        if served.seconds_to_start > SLOW_START:
            yield f"warning: {served.seconds_to_start:.1f} s from start to first answer"
        if served.megabytes() > LARGE:
            yield f"warning: {served.megabytes():.0f} MB a worker"


def _rate(found: list[Contender], name: str) -> float:
    return median(next(one for one in found if one.name == name).figures("rate"))


def main() -> None:
    """Run all rounds in turn, and say what came of them."""
    with ExitStack() as stack:
        found = contenders(stack, load(ROOT / "questions"))
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
            for one in found:
                one.run()
        rows, notes = table(found), list(missed(found))
        started = max(one.served.seconds_to_start for one in found)
    width = max(len(str(row["name"])) for row in rows)
    print(" " * width, *(f"{one:>11}" for one in HEADINGS))
    for row in rows:
        print(f"{row['name']:<{width}}", *(f"{row.get(one, ''):>11}" for one in HEADINGS))
    statuses = sum((round.statuses for one in found for round in one.rounds), Counter[int]())
    print(f"responses: {dict(statuses)}; at most {started:.1f} s from start to first answer")
    print("\n".join(notes or ["every aim met"]))
    place = ROOT / "instance" / "bench.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
