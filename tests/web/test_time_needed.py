"""How long the short path takes: what is on its pages, read once, and a moment for each decision."""

import re

import pytest
from bs4 import Tag

from quiz.core.formats.choice import Choice
from quiz.core.item import Item
from quiz.core.library import Library
from tests.web.client import Visitor
from tests.web.ways import is_step, next_address, right, start, task_at, with_key

BLOCKS = ["p", "blockquote", "li", "h1", "h2", "h3", "dt", "dd", "legend", "summary", "label"]
SECONDS_A_DECISION = 6
"""To look, to choose and to press; with what is read again."""
LEAST, MOST = 12, 18
"""Minutes."""


def open_text(page: Tag) -> list[str]:
    """The blocks of text that stand open on a step's page."""
    desk = page.select_one("#desk")
    assert desk is not None
    for unseen in desk.select(".vh, [popover], .strip, .no, .keys, [hidden]"):
        unseen.decompose()
    blocks = [one for one in desk.find_all(BLOCKS) if not one.find(BLOCKS) and not _folded(one)]
    return [text for one in blocks if (text := " ".join(re.findall(r"[\w’'-]+", one.get_text(" "))))]


def _folded(block: Tag) -> bool:
    """Whether a block is folded away: in closed details that no wide screen opens."""
    around = block.find_parents("details")
    closed = [
        one for one in around if not one.has_attr("open") and "wide-open" not in (one.get("class") or [])
    ]
    return any(block.name != "summary" or block.parent is not one for one in closed)


def words_new_on(page: Tag, read: set[str]) -> int:
    """How many words of a page were not read before; they are from now on."""
    new = dict.fromkeys(text for text in open_text(page) if text not in read)
    read.update(new)
    return sum(len(text.split()) for text in new)


def decisions(item: Item) -> int:
    """How often somebody has to decide."""
    return 1 if isinstance(item.format, Choice) and not item.format.several else len(item.format.units)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("words_a_minute", [150, 220])
def test_the_short_path_takes_about_fifteen_minutes(
    visitor: Visitor, library: Library, words_a_minute: int
) -> None:
    read: set[str] = set()
    words = seconds = 0
    address = start(visitor, "short")
    while is_step(address):
        words += words_new_on(visitor.get(address), read)
        item = task_at(library, visitor)
        seconds += SECONDS_A_DECISION * decisions(item)
        visitor.get(address)
        visitor.press(address, with_key(visitor, right(item)))
        words += words_new_on(visitor.get(address), read)
        visitor.get(address)
        address = next_address(visitor)
    minutes = words / words_a_minute + seconds / 60
    assert LEAST <= minutes <= MOST, f"{words} words, {seconds} s of deciding: {minutes:.1f} minutes"
