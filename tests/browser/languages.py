"""A stop of the tour, opened by the same person in a language of long words and in one from right to left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.browser import looks
from tests.browser.tour import Stop

WIDTHS = {"ltr": 320, "rtl": 1280}
"""Long words are tried where there is least room, the other direction where notes stand beside the text."""


@dataclass
class Abroad:
    """The addresses of the stage’s app in other languages, and what was opened there on this leg."""

    home: str
    sites: Sequence[str]
    seen: set[str] = field(default_factory=set)

    def look(self, stop: Stop) -> Iterator[looks.Defect]:
        """What is cut off, overlaps, or makes the page too wide, the first time that an address is met."""
        if stop.page.url in self.seen:
            return
        self.seen.add(stop.page.url)
        for site in self.sites:
            yield from _told(stop, stop.page.url.replace(self.home, site))


def _told(stop: Stop, address: str) -> Iterator[looks.Defect]:
    page = stop.page.context.new_page()
    page.goto(address)
    direction = str(page.get_attribute("html", "dir"))
    page.set_viewport_size({"width": WIDTHS[direction], "height": 900})
    for what in looks.arrangement(page, looks.LEAST):
        if "less than" not in what:  # how tall a thing is says nothing of a language
            yield looks.Defect(f"{WIDTHS[direction]} px, {direction}, another language", what, stop.name)
    page.close()
