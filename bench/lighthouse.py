"""What Lighthouse says of four pages, and what their first view weighs: the median of three runs, offline.

    .venv/bin/python -m bench.lighthouse PROGRAM

PROGRAM is the path of lighthouse; it drives the chromium of this machine. Ends with 1 where an aim is missed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import Engine

from bench import world
from bench.served import SECRET, serving
from quiz.app import ROOT, create_app
from quiz.content.load import load
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store import schema
from quiz.store.engine import connect
from tests.web.client import Visitor
from tests.web.ways import right, start, task_at, with_key

RUNS = 3
AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100}
MOST = {"kB": 120.0, "kB of script": 30.0, "requests": 12.0, "layout shift": 0.0}
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Page:
    """A page to look at, as the one whose cookie this is."""

    name: str
    path: str
    cookie: str = ""


def pages(app: Flask, engine: Engine, library: Library) -> Iterator[Page]:
    """The front page, a task and its feedback as a learner, a class's results as its teacher."""
    yield Page("home", "/")
    learner = Visitor(app)
    first = start(learner, world.EXERCISE)
    learner.get(first)
    learner.press(first, with_key(learner, right(task_at(library, learner))))
    cookie = world.cookie_of(learner)
    yield Page("item", f"{first.rpartition('/')[0]}/2", cookie)
    yield Page("feedback", first, cookie)
    room = world.room(app, engine, library)
    yield Page("class results", f"{room.address}/results", room.cookie)


def look(program: str, url: str, cookie: str) -> dict[str, float]:
    """One run: a figure of each category in hundredths, and of what was fetched."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *(program, url, "--quiet", "--output=json", f"--output-path={report}"),
                *(f"--only-categories={','.join(AIMS)}", f"--chrome-flags={FLAGS}"),
                *(f"--extra-headers={json.dumps({'Cookie': cookie} if cookie else {})}",),
            ],
            env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
            check=True,
        )
        return _figures(json.loads(report.read_text(encoding="utf-8")))


def _figures(report: dict[str, Any]) -> dict[str, float]:
    fetched = report["audits"]["network-requests"]["details"]["items"]
    scripts = [one["transferSize"] for one in fetched if one["resourceType"] == "Script"]
    return {
        **{name: round(100 * one["score"]) for name, one in report["categories"].items()},
        "kB": sum(one["transferSize"] for one in fetched) / 1000,
        "kB of script": sum(scripts) / 1000,
        "requests": len(fetched),
        "layout shift": report["audits"]["cumulative-layout-shift"]["numericValue"],
    }


def main(program: str) -> int:
    """Look at each page three times, and say what came of it."""
    missed = 0
    print(f"{'':<14}", *(f"{one:>14}" for one in [*AIMS, *MOST]))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'look.sqlite'}"
        engine = connect(url)
        schema.upgrade(engine)
        library = load(ROOT / "questions")
        app = create_app(Settings.from_environment({"DATABASE_URL": url, "SECRET_KEY": SECRET}), library)
        found = list(pages(app, engine, library))
        engine.dispose()
        app.extensions["quiz_engine"].dispose()
        with serving("wsgi:application", url, workers=2) as served:
            for page in found:
                site = f"http://127.0.0.1:{served.port}"
                runs = [look(program, site + page.path, page.cookie) for _ in range(RUNS)]
                row = {name: median(one[name] for one in runs) for name in runs[0]}
                missed += sum(row[name] < least for name, least in AIMS.items())
                missed += sum(row[name] > most for name, most in MOST.items())
                print(f"{page.name:<14}", *(f"{round(row[name], 2):>14}" for name in [*AIMS, *MOST]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
