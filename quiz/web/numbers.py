"""Numbers as people write them in their language."""

from babel.numbers import format_decimal, format_percent
from flask import Flask
from flask_babel import get_locale

MINUS = "\u2212"
"""The sign that is as wide as a plus."""


def percent(hundredths: int) -> str:
    """A share in hundredths, such as “13%”."""
    return format_percent(hundredths / 100, locale=get_locale() or "en")


def decimal(value: float, places: int = 2, *, moved: bool = False) -> str:
    """A number with so many places, such as “1.50”; `moved`: with its sign, such as “+1.50”."""
    digits = "0." + "0" * places if places else "0"
    pattern = f"+{digits};-{digits}" if moved else digits
    return format_decimal(value, pattern, locale=get_locale() or "en").replace("-", MINUS)


def init_app(app: Flask) -> None:
    """Let templates say `share|percent` and `value|decimal(1)`."""
    app.add_template_filter(percent)
    app.add_template_filter(decimal)
