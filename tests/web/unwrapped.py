"""Finding on a page what no translation would reach, where content is in other letters than messages are."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from flask import Flask
from werkzeug.test import TestResponse

from quiz.core.library import Library
from tests.web.client import Visitor

OTHER_LETTERS = "абцдефгхийклмнопярстувшьыз"
FOREIGN = str.maketrans(ascii_lowercase + ascii_uppercase, OTHER_LETTERS + OTHER_LETTERS.upper())
CONTENT = frozenset(
    """
    about after after_title ask_the_class byline caption credit drawn found frames heads_up help hint kicker
    label left levels means misconceptions missed model note original_title other_reading over prompt
    publisher says scheme_line stamp text title why word words
    """.split()
)
"""Fields of the library that people read; the others are ids."""
TOLD = frozenset({"alt", "aria-label", "label", "placeholder", "title"})
MACHINE = frozenset(
    """
    data-copy data-draft-url data-from-hash data-item data-kind data-of data-owner data-resume
    data-press-next data-step data-trouble data-verdict data-zone
    """.split()
)
"""Attributes that scripts read and nobody sees; every other data-… may hold words."""
MESSAGE = re.compile(r"\[[^\[\]]*\]")
ALLOWED = {
    "an address that one types": r"(https?://)?localhost(/[\w./-]*)?",
    "a time zone, by its name everywhere": r"UTC|Europe/Lisbon",
    "a key, as it is printed on a keyboard": r"\An\Z",
    "a recovery code": r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b",
}
"""What stands on pages in Latin letters in every language, and isn't content."""


def foreign(text: str) -> str:
    """The same text in letters that no message is written in, one for one."""
    return text.translate(FOREIGN)


def in_other_letters(value: Any, field: str = "") -> Any:
    """The same content with all that people read of it in other letters; ids stay as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: in_other_letters(getattr(value, one.name), one.name) for one in fields(value)}
        return replace(value, **changed)
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return foreign(value) if field in CONTENT else value
    if isinstance(value, Mapping):
        return {key: in_other_letters(one, field) for key, one in value.items()}
    return type(value)(in_other_letters(one, field) for one in value) if isinstance(value, tuple) else value


def ids_of(library: Library) -> frozenset[str]:
    """The ids of content, which a teacher reads beside titles."""
    claims = (id for article in library.articles.values() for id in article.claims)
    tasks = [*library.items.values(), *library.bank.values()]
    return frozenset([*(one.short for one in tasks), *library.articles, *claims])


def texts(page: BeautifulSoup) -> Iterator[str]:
    """All that somebody reads or hears on a page, piece by piece."""
    for node in page.find_all(string=True):
        if type(node) is NavigableString and node.parent and node.parent.name not in {"script", "textarea"}:
            yield str(node)
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if (
                name in TOLD
                or (name.startswith("data-") and name not in MACHINE)
                or _described(element, name)
            ):
                yield str(value)


def _described(element: Tag, name: str) -> bool:
    return name == "content" and element.get("name") == "description"


def outside(text: str, known: Set[str] = frozenset()) -> str:
    """What is left of a text without its messages, which may stand within each other, and what is known."""
    while (shorter := MESSAGE.sub(" ", text)) != text:
        text = shorter
    for pattern in ALLOWED.values():
        text = re.sub(pattern, " ", text)
    return " ".join(word for word in re.split(r"[\s:;,·“”()]+", text) if word not in known)


def has_letters(text: str) -> bool:
    """Whether letters stand in it that messages are written in."""
    return re.search("[A-Za-z]", text) is not None


class Reader(Visitor):
    """A visitor who notes what stands outside of messages, with its page, and which addresses were seen."""

    def __init__(self, app: Flask, first: "Reader | None" = None) -> None:
        super().__init__(app, hurried=True)
        self.app = app
        self.found: dict[str, str] = first.found if first else {}
        self.seen: set[str] = first.seen if first else set()
        self.codes: set[str] = first.codes if first else set()

    def another(self) -> "Reader":
        """Somebody else, who notes to the same lists."""
        return Reader(self.app, self)

    def _take(self, response: TestResponse, code: int) -> BeautifulSoup:
        page = super()._take(response, code)
        if response.mimetype == "text/html":
            path = f"{response.request.path} ({code})"
            folded = (" ".join(text.split()) for text in texts(page))
            self.found |= {text: path for text in folded if has_letters(outside(text))}
            self.codes |= {
                part for one in page.select(".code-shown output") for part in one.get_text().split()
            }
            if code == 200 and response.request.method == "GET":
                urls = self.app.url_map.bind("localhost")
                self.seen.add(urls.match(response.request.path, method="GET")[0])
        return page
