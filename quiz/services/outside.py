"""What services are handed from outside, beside the time and a source of chance."""

from collections.abc import Callable
from uuid import UUID

NewId = Callable[[], UUID]
"""Makes an id that nothing has yet."""
