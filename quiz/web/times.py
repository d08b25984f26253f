"""Times as people read them: in the zone of a class, by its name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask
from flask_babel import get_locale


def in_zone(time: datetime, zone: str) -> str:
    """A time on the clocks of a zone, such as “24 Nov 2026, 14:30”."""
    return format_datetime(time, "d MMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=get_locale() or "en")


def init_app(app: Flask) -> None:
    """Let templates say `time|in_zone(zone)`."""
    app.add_template_filter(in_zone)
