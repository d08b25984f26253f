"""Pictures of every page and state of the app, on each size of window, light and dark.

    .venv/bin/python -m bench.screens [FOLDER] [--only PATTERN] [--widths 390,820] [--themes dark]

PATTERN is a part of a stop's name, or has * and ?, such as item-spot* or *-wrong. Ends with 1 where a leg
of the tour can't be walked; the others are walked all the same.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from bench.served import serving
from quiz.app import ROOT
from quiz.content.load import load
from quiz.store import schema
from quiz.store.engine import connect
from tests.browser import stage as staging
from tests.browser import tour
from tests.browser.stage import CHROMIUM, FLAGS, Stage
from tests.browser.walker import Leg

WIDTHS = {390: 844, 820: 1180, 1280: 900}
THEMES = ("light", "dark")
HIGH = 900
KINDS = {"jpeg": "jpg", "png": "png"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which pictures to make, and where."""

    folder: Path
    only: str
    widths: tuple[int, ...]
    themes: tuple[str, ...]
    kind: str

    def path(self, stop: str, width: int, theme: str) -> Path:
        """Where the picture of a stop goes."""
        return self.folder / f"{stop}-{width}-{theme}.{KINDS[self.kind]}"


@dataclass(frozen=True)
class Made:
    """How many pictures came of a share of the tour, and what went wrong."""

    pictures: int
    troubles: list[str]


def take(page: Page, stop: str, wish: Wish) -> int:
    """Picture a page at each width in each theme.

    The window is made as high as the page, so that the bar of a phone lies at its foot, over no words.
    """
    for width in wish.widths:
        height = WIDTHS.get(width, HIGH)
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        if whole > height:
            page.set_viewport_size({"width": width, "height": whole})
        for theme in wish.themes:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.evaluate("document.fonts.ready.then(() => true)")
            page.screenshot(
                path=wish.path(stop, width, theme),
                animations="disabled",
                **({"type": "jpeg", "quality": 80} if wish.kind == "jpeg" else {"type": "png"}),
            )
    return len(wish.widths) * len(wish.themes)


def share(stage: Stage, legs: Sequence[Leg], wish: Wish) -> Made:
    """Walk some legs and picture each stop that is wanted."""
    pictures, troubles = 0, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for leg in legs:
            try:
                pictures += _leg(browser, stage, leg, wish)
            except (Error, AssertionError) as error:
                troubles.append(f"{leg.stops[0]} and what follows: {error}")
        browser.close()
    return Made(pictures, troubles)


def _leg(browser: Browser, stage: Stage, leg: Leg, wish: Wish) -> int:
    return sum(take(stop.page, stop.name, wish) for stop in tour.walk(browser, stage, [leg], only=wish.only))


def shares(stage: Stage, wish: Wish, hands: int) -> list[Made]:
    """Divide the tour among so many hands, each with a browser of its own."""
    legs = tour.legs_with(wish.only)
    parts = [legs[place::hands] for place in range(hands) if legs[place::hands]]
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(lambda part: share(stage, part, wish), parts))


def main(arguments: Sequence[str]) -> int:
    """Serve the app with its class of 28, walk the tour, and say how many pictures it made in what time."""
    wish, hands = _wish(arguments)
    wish.folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'screens.sqlite'}"
        engine = connect(url)
        schema.upgrade(engine)
        library = load(ROOT / "questions")
        with serving("wsgi:application", url, workers=2, TEACHER_SIGNUP="open") as served:
            stage = staging.fill(engine, library, f"http://127.0.0.1:{served.port}")
            engine.dispose()
            made = shares(stage, wish, hands)
    troubles = [one for part in made for one in part.troubles]
    print(*troubles, sep="\n", end="\n" if troubles else "")
    pictures = sum(part.pictures for part in made)
    print(f"{pictures} pictures in {wish.folder}, made in {time.perf_counter() - began:.0f} seconds")
    return 1 if troubles or not pictures else 0


def _wish(arguments: Sequence[str]) -> tuple[Wish, int]:
    parser = argparse.ArgumentParser(prog="bench.screens", description="Pictures of every page and state.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "screens")
    parser.add_argument("--only", default="", help="a part of a stop’s name, or a pattern with * and ?")
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--kind", choices=KINDS, default="png")
    parser.add_argument("--hands", type=int, default=2, help="how many browsers walk at once")
    given = parser.parse_args(arguments)
    wish = Wish(
        folder=given.folder,
        only=given.only,
        widths=tuple(int(one) for one in given.widths.split(",")),
        themes=tuple(given.themes.split(",")),
        kind=given.kind,
    )
    return wish, given.hands


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
