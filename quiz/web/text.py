"""Strings for people, by gettext; here alone, since the library has no types."""

import flask_babel

from quiz.core.saying import Refusal


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with the values put in."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The message for one or for many, with the count as `num`."""
    return str(flask_babel.ngettext(one, many, count, **values))


def later(message: str) -> flask_babel.LazyString:
    """The message in the language of whoever reads it then: for forms, which stand before anybody asks."""
    return flask_babel.lazy_gettext(message)


def why(refusal: Refusal) -> str:
    """Why something can't be done, in the reader's language."""
    saying = refusal.saying
    if saying.many:
        return str(flask_babel.ngettext(saying.one, saying.many, **saying.values))
    return _(saying.one, **saying.values)
