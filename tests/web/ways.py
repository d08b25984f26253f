"""Ways through the app that many tests take."""

import re

from quiz.core.formats import Example
from quiz.core.formats.text import Text
from quiz.core.item import Item
from quiz.core.library import Library
from quiz.core.mark import Fields
from tests.web.client import Visitor

ARTICLE = "alleged-support"


def start(visitor: Visitor, exercise: str = "a", article: str = ARTICLE) -> str:
    """Press Start; the address of the first step without an answer."""
    address = f"/learn/{article}/{exercise}"
    visitor.get(address)
    return visitor.post(address).headers["Location"]


def right(item: Item) -> Fields:
    """An answer that gets the whole point."""
    if isinstance(item.format, Text):
        return {"text": [" ".join(["word"] * item.format.min_words)]}
    return _example(item, "right").fields


def wrong(item: Item) -> Fields:
    """An answer that is not right, and doesn't contradict itself."""
    if item.format.name == "text":
        return {"text": ["too short"], "hand_in": ["yes"]}
    if item.format.name == "spot":
        return {"none_here": ["yes"]}
    return {"leave_empty": ["yes"]}


def _example(item: Item, name: str) -> Example:
    return next(one for one in item.format.examples() if one.name == name)


def with_key(visitor: Visitor, fields: Fields) -> dict[str, list[str]]:
    """The fields with the page's submit key."""
    key = visitor.page.select_one("input[name=submit_key]")
    assert key is not None, "no submit key on this page"
    return {**{name: list(values) for name, values in fields.items()}, "submit_key": [str(key["value"])]}


def task_at(library: Library, visitor: Visitor) -> Item:
    """The item that the page asks, by its mark on the form."""
    desk = visitor.page.select_one("[data-item]")
    assert desk is not None, "the page doesn’t say which item it asks"
    item = library.task(str(desk["data-item"]))
    assert item is not None
    return item


def text_of(visitor: Visitor) -> str:
    """All that a person reads on the page, blanks folded."""
    return re.sub(r"\s+", " ", visitor.page.get_text(" "))


def finish(visitor: Visitor, library: Library, address: str) -> str:
    """Answer everything right from a step on; the address of the result."""
    while True:
        visitor.get(address)
        item = task_at(library, visitor)
        visitor.press(address, with_key(visitor, right(item)))
        onward = next_address(visitor)
        if not is_step(onward):
            return onward
        address = onward


def next_address(visitor: Visitor) -> str:
    """Where the button behind the feedback leads: the next step, or the result."""
    following = visitor.page.select_one("a.next")
    assert following is not None, "no way on from this page"
    return str(following["href"])


def is_step(address: str) -> bool:
    """Whether an address is a step's, not a result's."""
    return address.count("/") == 4
