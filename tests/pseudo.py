"""Languages that nobody speaks: what a translation does to the pages, without a catalogue.

`LONG` makes each message longer and puts it in brackets, so that what is not in brackets wasn't translated.
`RTL` is written from right to left.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from babel.support import NullTranslations
from flask import Flask
from flask_babel import Domain

PLACEHOLDERS = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\})")
ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "áçéíñöšúýžÁÇÉÍÑÖŠÚÝŽ")
FILLING = "ánd söme wörds möre thán in Énglish, ás óther lánguages néed "
MARK = "\u200f"
"""The right-to-left mark."""


def lengthened(message: str) -> str:
    """The message accented, some 40 % longer, in brackets; its placeholders stand as they are."""
    parts = PLACEHOLDERS.split(message)
    said = "".join(part if number % 2 else part.translate(ACCENTED) for number, part in enumerate(parts))
    more = max(2, round(0.4 * len(message)))
    return f"[{said} {(FILLING * (1 + more // len(FILLING)))[:more].strip()}]"


def turned(message: str) -> str:
    """The message between marks of right to left."""
    return f"{MARK}{message}{MARK}"


@dataclass(frozen=True, kw_only=True)
class Pseudo:
    """A language: what it makes of a message, and the locale whose direction, dates and numbers it has.

    `asked` are the messages that it was asked for, since the tests began.
    """

    locale: str
    turn: Callable[[str], str]
    asked: set[str] = field(default_factory=set)

    def speak(self, app: Flask) -> None:
        """Let an app speak it to everybody."""
        babel = app.extensions["babel"]
        babel.instance.domain_instance = _Spoken(self)
        babel.locale_selector = lambda: self.locale


LONG = Pseudo(locale="ru", turn=lengthened)
RTL = Pseudo(locale="ar", turn=turned)


class _Messages(NullTranslations):
    def __init__(self, language: Pseudo) -> None:
        super().__init__()
        self.language = language

    def ugettext(self, message: str) -> str:
        self.language.asked.add(message)
        return self.language.turn(message)

    def ungettext(self, one: str, many: str, num: int) -> str:
        self.language.asked.add(one)
        return self.language.turn(one if num == 1 else many)


class _Spoken(Domain):  # type: ignore[misc]
    def __init__(self, language: Pseudo) -> None:
        super().__init__()
        self.messages = _Messages(language)

    def get_translations(self) -> NullTranslations:
        return self.messages
