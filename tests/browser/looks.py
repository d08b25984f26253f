"""What is looked for at each stop of the tour: rules of access, layout, marks without colour, stillness.

A look puts the page into a view, and gives what it finds as sentences. None touches what the page holds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.tour import Stop

HERE = Path(__file__).parent
LAYOUT = (HERE / "layout.js").read_text(encoding="utf-8")
PATTERNS = (HERE / "patterns.js").read_text(encoding="utf-8")
LEAST, FINGER = 24, 44
TOUCH_UP_TO = 820
MOST_STOPS = 6

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}

BUT_COLOURS = EVERY_RULE | {"rules": {one: {"enabled": False} for one in COLOURS["runOnly"]["values"]}}

CELLS = {one: f".cell.{one}" for one in ("source", "hint", "voice", "differ", "mark")} | {
    "blank": ".cell:not(.source, .hint, .voice, .differ, .mark)"
}
VERDICTS = {one: f".judged.{one}:has(svg)" for one in ("found", "missed", "over", "misplaced", "open")}
LINES = {one: f".judged.by-{one}" for one in ("sourced", "hinted", "own-voice")}
ASKED = {"words asked about": "mark:not(.judged *)", "words around them": ":has(> mark)"}
GROUPS = {"cells": CELLS, "verdicts": VERDICTS, "lines": LINES, "words": ASKED}


@dataclass(frozen=True, order=True)
class Defect:
    """What is wrong, in which view, at which stop."""

    view: str
    what: str
    stop: str


GROW = """() => {
  const root = document.documentElement;
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const speaks = (one) =>
    one.checkVisibility() && [...one.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const all = [...document.querySelectorAll("body :not(svg *)")].filter(speaks);
  const before = new Map(all.map((one) => [one, size(one)]));
  root.style.fontSize = `${2 * size(root)}px`;
  return [...before]
    .filter(([one, was]) => was < 32 && size(one) < 1.1 * was)
    .map(([one]) => `<${one.localName}.${one.className}> “${one.textContent.trim().slice(0, 40)}”`);
}"""
"""Makes letters twice as large, and gives those that stay as they are and weren’t as large before."""

Look = Callable[[Page], Iterator[tuple[str, str]]]
"""Gives views and what is wrong in them."""


def access(page: Page) -> Iterator[tuple[str, str]]:
    """All rules of axe at two widths; those of colours on the wide page in light, on the narrow in dark."""
    views: tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...] = (
        (1280, "light", EVERY_RULE),
        (390, "light", BUT_COLOURS),
        (390, "dark", COLOURS),
    )
    for width, theme, rules in views:
        page.emulate_media(color_scheme=theme)
        _whole(page, width)
        for one in axe(page, rules):
            yield f"{width} px, {theme}", one
    page.emulate_media(color_scheme="null")


def axe(page: Page, rules: dict[str, Any]) -> Iterator[str]:
    """What axe finds, a sentence for each element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    for violation in page.evaluate("rules => axe.run(rules)", rules)["violations"]:
        for node in violation["nodes"]:
            why = " ".join(str(node.get("failureSummary", "")).split())
            yield f"axe {violation['id']}: {' '.join(map(str, node['target']))}. {why}"


def layout(page: Page) -> Iterator[tuple[str, str]]:
    """Nothing is cut off, overlaps or is too small: on phones, zoomed to 200 %, and with letters of 200 %."""
    for width in (320, 390, 640, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for one in arrangement(page, FINGER if width <= TOUCH_UP_TO else LEAST):
            yield f"{width} px", one
    still: list[str] = page.evaluate(GROW)
    for one in [*arrangement(page, LEAST), *(f"letters that don’t grow: {one}" for one in still)]:
        yield "1280 px, letters of 200 %", one
    page.evaluate("document.documentElement.style.removeProperty('font-size')")


def arrangement(page: Page, primary: int) -> list[str]:
    """What is cut off, overlaps or is smaller than it must be on a page as it stands."""
    found: list[str] = page.evaluate(LAYOUT, {"least": LEAST, "primary": primary})
    return found


def marks(page: Page) -> Iterator[tuple[str, str]]:
    """Marks of different kinds differ by more than colour: in forced colours, and in print."""
    page.set_viewport_size({"width": 1280, "height": 900})
    for view in ("forced colours", "print"):
        if view == "print":
            page.emulate_media(media="print", forced_colors="none")
        else:
            page.emulate_media(forced_colors="active")
        for one in _alike(page.evaluate(PATTERNS, {"groups": GROUPS, "paper": view == "print"})):
            yield view, one
    page.emulate_media(media="null", forced_colors="null")


def _alike(patterns: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    """Pairs of kinds of a group that share a pattern."""
    for group, kinds in patterns.items():
        for (one, looks), (other, others) in combinations(kinds.items(), 2):
            if both := set(looks) & set(others):
                yield f"{one} and {other} look alike among the {group} once colours are gone: {min(both)}"


def stillness(page: Page) -> Iterator[tuple[str, str]]:
    """Nothing moves for who asked for less motion."""
    moving: list[str] = page.evaluate(
        """document.getAnimations()
          .filter((one) => one.playState === "running")
          .map((one) => `${one.animationName ?? one.transitionProperty} on ` +
            `<${one.effect.target.localName} class="${one.effect.target.className}">`)"""
    )
    for one in moving:
        yield "reduced motion", f"it moves: {one}"


LOOKS: tuple[Look, ...] = (stillness, layout, marks, access)


def look(stop: Stop, looks: Iterable[Look] = LOOKS) -> Iterator[Defect]:
    """Look at a stop in every view."""
    for one in looks:
        for view, what in one(stop.page):
            yield Defect(view, what, stop.name)


def report(defects: Iterable[Defect]) -> str:
    """Each defect once, with its views and the first stops where it shows."""
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(set(defects)):
        places[one.what][one.view].append(one.stop)
    lines = []
    for what, views in sorted(places.items()):
        lines.append(what)
        for view, stops in views.items():
            more = f" and {len(stops) - MOST_STOPS} more" if len(stops) > MOST_STOPS else ""
            lines.append(f"    {view}: {', '.join(stops[:MOST_STOPS])}{more}")
    return "\n".join(lines)


def _whole(page: Page, width: int) -> None:
    """Make the window as high as the page, so that no bar happens to lie over half a button."""
    page.set_viewport_size({"width": width, "height": 900})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, height)})
