"""Times as people read them: in the zone of a class, by its name, and as their language writes them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from flask import Flask
from flask_babel import get_locale, get_timezone


def in_zone(time: datetime, zone: str) -> str:
    """A time on the clocks of a zone, such as “24 Nov 2026, 14:30”."""
    there, locale = time.astimezone(ZoneInfo(zone)), get_locale() or "en_GB"
    both = str(get_datetime_format("medium", locale=locale))
    day, clock = format_date(there, "medium", locale=locale), format_time(there, "short", locale=locale)
    return both.replace("{0}", clock).replace("{1}", day)


def day(time: datetime, shown: str = "MMMMEEEEd") -> str:
    """A day without its year, such as “Tuesday 24 November”; `shown`: what of it, as CLDR names it."""
    return format_skeleton(shown, time, tzinfo=get_timezone(), locale=get_locale() or "en_GB")


def init_app(app: Flask) -> None:
    """Let templates say `time|in_zone(zone)` and `time|day`."""
    app.add_template_filter(in_zone)
    app.add_template_filter(day)
