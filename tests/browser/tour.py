"""Every page and state of the app, named, each reached on one open browser page.

    for stop in walk(browser, stage, legs_with("item-spot*")):
        look_at(stop.name, stop.page)

At a stop the page may be resized and its media emulated; before it walks on, both are put back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase

from playwright.sync_api import Browser, Page

from tests.browser.legs import classes, items, learner, reports, teacher, visitor
from tests.browser.stage import Stage
from tests.browser.walker import Leg, Walker

LEGS: tuple[Leg, ...] = tuple(
    leg for module in (visitor, learner, items, teacher, classes, reports) for leg in module.LEGS.all
)
STOPS: tuple[str, ...] = tuple(stop for leg in LEGS for stop in leg.stops)
WIDE, HIGH = 1280, 900
PATIENCE = 10_000


@dataclass(frozen=True)
class Stop:
    """A state of the app, and the page that stands at it."""

    name: str
    who: str
    page: Page


def wanted(name: str, pattern: str) -> bool:
    """Whether a stop is meant by a pattern: with * and ?, or any part of the name."""
    return fnmatchcase(name, pattern) if set("*?[") & set(pattern) else pattern in name


def legs_with(pattern: str = "", who: str = "") -> list[Leg]:
    """The legs that make a stop meant by a pattern; all of one kind of person."""
    return [leg for leg in LEGS if who in {"", leg.who} and any(wanted(stop, pattern) for stop in leg.stops)]


def walk(
    browser: Browser, stage: Stage, legs: Sequence[Leg] = LEGS, *, only: str = "", size: int = WIDE
) -> Iterator[Stop]:
    """Walk the legs one by one, each in a window of its own, and stop at each state that is wanted."""
    for leg in legs:
        with window(browser, size) as page:
            made = []
            for name in leg.walk(Walker(page, stage)):
                made.append(name)
                if wanted(name, only):
                    yield Stop(name, leg.who, page)
                    _as_before(page, size)
            assert tuple(made) == leg.stops, f"the leg stops at {made}, and says {leg.stops}"


@contextmanager
def window(browser: Browser, size: int = WIDE) -> Iterator[Page]:
    """A window with cookies of its own, where nothing moves that needn't."""
    context = browser.new_context(
        viewport={"width": size, "height": HIGH},
        reduced_motion="reduce",
        timezone_id="Europe/Lisbon",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        yield page
    finally:
        context.close()


def _as_before(page: Page, size: int) -> None:
    page.emulate_media(media="null", color_scheme="null", forced_colors="null", reduced_motion="reduce")
    page.set_viewport_size({"width": size, "height": HIGH})
