"""What routes take from outside the request: the content, the clock, chance."""

import secrets
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from flask import current_app

from quiz.core.library import Library


def library() -> Library:
    """The content that this app serves."""
    content: Library = current_app.extensions["quiz_library"]
    return content


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """A random id."""
    return uuid4()


def random() -> Random:
    """Randomness for draws."""
    return Random(secrets.randbits(64))
