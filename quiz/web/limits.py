"""Slowing down those who guess: failures count, successes don't."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from time import time

from flask import Flask, current_app, make_response, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import HTTPException, TooManyRequests

FAILURES = "10 per minute; 100 per hour"
WRONG_CODES = "30 per minute; 600 per hour"
ONE_NETWORK = 64
"""The bits of an IPv6 address that name a network: whoever has one has all addresses in it."""

View = Callable[..., ResponseReturnValue]


def asker(address: str | None) -> str:
    """Whom a failure counts for: an address; of IPv6 its network, since anybody can change the rest."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    inner = found.ipv4_mapped
    return str(inner or IPv6Network((int(found), ONE_NETWORK), strict=False))


def counting(rates: str, failed: frozenset[int], scope: str = "") -> Callable[[View], View]:
    """A decorator of views whose answers of the codes in `failed` count; past one of the rates, 429.

    Views with the same scope count together; without one each counts for itself.
    """
    limits = parse_many(rates)

    def decorate(view: View) -> View:
        name = scope or f"{view.__module__}.{view.__qualname__}"

        @wraps(view)
        def limited(*args: object, **values: object) -> ResponseReturnValue:
            who = asker(request.remote_addr)
            _stop(limits, name, who)
            try:
                response = make_response(view(*args, **values))
            except HTTPException as error:
                if error.code in failed:
                    _hit(limits, name, who)
                raise
            if response.status_code in failed:
                _hit(limits, name, who)
            return response

        return limited

    return decorate


failures = counting(FAILURES, frozenset({422}))
"""Decorates a view whose 422 answers count as failed guesses."""

guesses = counting(FAILURES, frozenset({404, 422}))
"""As `failures`, for views at an address that can be guessed too: a 404 counts as well."""

walking_in = counting(WRONG_CODES, frozenset({404, 422}), scope="class code")
"""Decorates views at a class code, which count together: a school has one address and many who mistype."""


def _counts() -> FixedWindowRateLimiter:
    found: FixedWindowRateLimiter = current_app.extensions["quiz_limits"]
    return found


def _stop(limits: list[RateLimitItem], name: str, who: str) -> None:
    """Raises TooManyRequests where a limit is used up, with the seconds until somebody may try again."""
    used_up = [one for one in limits if not _counts().test(one, name, who)]
    if used_up:
        until = max(_counts().get_window_stats(one, name, who).reset_time for one in used_up)
        raise TooManyRequests(retry_after=max(1, ceil(until - time())))


def _hit(limits: list[RateLimitItem], name: str, who: str) -> None:
    for one in limits:
        _counts().hit(one, name, who)


def init_app(app: Flask, storage: str) -> None:
    """Count in `storage`: in memory for one process, in a shared store for several."""
    app.extensions["quiz_limits"] = FixedWindowRateLimiter(storage_from_string(storage))
