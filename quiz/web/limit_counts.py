"""Where failures are counted: in a store that workers share, and in memory while that is away."""

import logging
from collections.abc import Callable, Sequence
from math import ceil
from time import monotonic, time
from typing import Any

from limits import RateLimitItem
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

ANSWER_SECONDS = 0.5
"""How long a request waits for the shared store."""
LOOK_AGAIN_SECONDS = 5.0
"""How long the shared store is left alone once it didn't answer."""

log = logging.getLogger("quiz")


class Counts:
    """Counts in fixed windows. A shared store that is away refuses nobody: this process counts meanwhile."""

    def __init__(self, uri: str) -> None:
        """Raises ConfigurationError where the address names no kind of store, or its client is missing."""
        self._uri = uri
        self._memory = _strategy("memory://")
        self._shared: FixedWindowRateLimiter | None = None
        self._away_until: float | None = None
        try:
            self._shared = _strategy(uri)
        except ConfigurationError:
            raise
        except Exception:  # some stores connect at once, and each fails in its own way
            self._leave_alone()

    def seconds_left(self, limits: Sequence[RateLimitItem], name: str, who: str) -> int:
        """How long until none of the limits is used up; 0 where none is."""

        def ask(counter: FixedWindowRateLimiter) -> int:
            used_up = [one for one in limits if not counter.test(one, name, who)]
            if not used_up:
                return 0
            until = max(counter.get_window_stats(one, name, who).reset_time for one in used_up)
            return max(1, ceil(until - time()))

        return self._ask(ask)

    def hit(self, limits: Sequence[RateLimitItem], name: str, who: str) -> None:
        """Count a failure."""
        self._ask(lambda counter: sum(counter.hit(one, name, who) for one in limits))

    def is_away(self) -> bool:
        """Whether the shared store doesn't answer, so that this process counts for itself."""
        self._ask(_check)
        return self._away_until is not None

    def _ask(self, ask: Callable[[FixedWindowRateLimiter], int]) -> int:
        if self._away_until is not None and monotonic() < self._away_until:
            return ask(self._memory)
        try:
            if self._shared is None:
                self._shared = _strategy(self._uri)
            answer = ask(self._shared)
        except Exception:  # as above
            self._leave_alone()
            return ask(self._memory)
        if self._away_until is not None:
            self._away_until = None
            self._memory.storage.reset()
            log.warning("the store of rate limits is back")
        return answer

    def _leave_alone(self) -> None:
        if self._away_until is None:
            log.warning("the store of rate limits is away: counting in memory", exc_info=True)
        self._away_until = monotonic() + LOOK_AGAIN_SECONDS


def _check(counter: FixedWindowRateLimiter) -> int:
    """Raises ConnectionError where the store doesn't answer."""
    if not counter.storage.check():
        raise ConnectionError
    return 0


def _strategy(uri: str) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(uri, **_options(uri)))


def _options(uri: str) -> dict[str, Any]:
    """What keeps the client of Redis or Valkey from waiting long, or from trying again by itself."""
    if not uri.startswith(("redis://", "rediss://", "redis+unix://")):
        return {}
    try:
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise ConfigurationError("its client is missing: install the extra “redis”") from missing
    return {
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": ANSWER_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }
