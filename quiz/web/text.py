"""Strings for people, by gettext; here alone, since the library has no types."""

import flask_babel


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with the values put in."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The message for one or for many, with the count as `num`."""
    return str(flask_babel.ngettext(one, many, count, **values))
