"""Slowing down those who guess: failures count, successes don't."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from time import time

from flask import Flask, Response, request
from flask_limiter import Limiter

ONE_NETWORK = 64
"""The bits of an IPv6 address that name a network: whoever has one has all addresses in it."""


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


limiter = Limiter(lambda: asker(request.remote_addr), headers_enabled=False)
FAILURES = "10 per minute; 100 per hour"
WRONG_CODES = "30 per minute; 600 per hour"


def _failed(response: Response) -> bool:
    return response.status_code == 422


failures = limiter.limit(FAILURES, deduct_when=_failed)
"""Decorates a view whose 422 answers count as failed guesses, by address; past the limit, 429."""


def _missed(response: Response) -> bool:
    return response.status_code in {404, 422}


guesses = limiter.limit(FAILURES, deduct_when=_missed)
"""As `failures`, for views at an address that can be guessed too: a 404 counts as well."""

walking_in = limiter.shared_limit(WRONG_CODES, scope="class code", deduct_when=_missed)
"""Decorates views at a class code, which count together: a school has one address and many who mistype."""


def wait() -> int:
    """How many seconds until the limit that was passed lets somebody try again; at least one."""
    passed = limiter.current_limit
    return max(1, int(passed.reset_at - time())) if passed else 60


def init_app(app: Flask, storage: str) -> None:
    """Count in `storage`: in memory for one process, in a shared store for several."""
    app.config["RATELIMIT_STORAGE_URI"] = storage
    limiter.init_app(app)
