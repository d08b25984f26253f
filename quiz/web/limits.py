"""Slowing down those who guess: failures count, successes don't.

A count is of an account, of a device, or of a network. A device is told by its cookie, and a cookie is easily
had, so what can be guessed within minutes counts by network too, with room for a school behind one address.
See decision 20.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, current_app, make_response, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse_many
from werkzeug.exceptions import HTTPException, TooManyRequests

from quiz.core import names
from quiz.web import auth
from quiz.web.limit_counts import Counts

OWN = "10 per minute; 100 per hour"
"""Failures of one account or device."""
ACCOUNT = "100 per hour"
"""Wrong passwords of one account, wherever they come from."""
NETWORK = "300 per hour"
"""Unknown class codes from one network, and names that are taken when teachers sign up."""
SECRETS = "30 per minute; 300 per hour"
"""Recovery codes and links that are none, from one network."""
CLASS = "60 per minute; 300 per hour"
"""Wrong names or digits at one class from one network, whatever the devices."""
ONE_NETWORK = 64
"""The bits of an IPv6 address that name a network: whoever has one has all addresses in it."""
LONGEST_ADDRESS = 60

View = Callable[..., ResponseReturnValue]
_read = cache(parse_many)


def _nobody(**_values: str) -> bool:
    return False


@dataclass(frozen=True)
class Count:
    """Failures that count together.

    `of` tells, from the values in a view's address, for whom; `failed` are the codes that count.
    Past a rate nothing is taken any more, or, where `wrong_alone`, right answers still are. Whom `spares`
    names is never refused.
    """

    name: str
    rates: str
    of: Callable[..., str]
    failed: frozenset[int] = frozenset({422})
    wrong_alone: bool = False
    spares: Callable[..., bool] = _nobody

    @property
    def limits(self) -> list[RateLimitItem]:
        """The rates, read."""
        return _read(self.rates)


def counting(*counts: Count) -> Callable[[View], View]:
    """A decorator of views whose failures count; past a rate, 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(**values: str) -> ResponseReturnValue:
            for one in counts:
                if not one.wrong_alone:
                    _stop(one, values)
            try:
                response = make_response(view(**values))
            except HTTPException as error:
                _failed(counts, error.code or 500, values)
                raise
            _failed(counts, response.status_code, values)
            return response

        return limited

    return decorate


def _failed(counts: tuple[Count, ...], code: int, values: dict[str, str]) -> None:
    for one in counts:
        if code in one.failed:
            if one.wrong_alone:
                _stop(one, values)
            _counts().hit(one.limits, one.name, one.of(**values))


def _stop(count: Count, values: dict[str, str]) -> None:
    """Raises TooManyRequests where a limit is used up, with the seconds until somebody may try again."""
    seconds = _counts().seconds_left(count.limits, count.name, count.of(**values))
    if seconds and not count.spares(**values):
        raise TooManyRequests(retry_after=seconds)


def _counts() -> Counts:
    found: Counts = current_app.extensions["quiz_limits"]
    return found


def store_is_away() -> bool:
    """Whether the store that workers share doesn't answer, so that each counts for itself."""
    return _counts().is_away()


def network(**_values: str) -> str:
    """The network that asks."""
    return asker(request.remote_addr)


def device(**_values: str) -> str:
    """The device that asks: told by its cookie, else by its network."""
    return auth.browser() or network()


def account(**_values: str) -> str:
    """The account whose name is typed; no name stands in the store."""
    return sha256(names.key(request.form.get("name", "")).encode()).hexdigest()


def own_account(**_values: str) -> str:
    """The account that is signed in here."""
    return auth.teacher_hex()


def account_here(**_values: str) -> str:
    """The account whose name is typed, from this network."""
    return f"{account()} {network()}"


def class_device(*, code: str) -> str:
    """This device at a class."""
    return f"{code.casefold()} {device()}"


def class_network(*, code: str) -> str:
    """This network at a class."""
    return f"{code.casefold()} {network()}"


def asker(address: str | None) -> str:
    """Whom a failure counts for: an address without its port; of IPv6 its network, as the rest is free."""
    text = (address or "").strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return text[:LONGEST_ADDRESS] or "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    inner = found.ipv4_mapped
    return str(inner or IPv6Network((int(found), ONE_NETWORK), strict=False))


passwords = counting(
    Count("password from here", OWN, account_here),
    Count("password", ACCOUNT, account),
)
"""Decorates where a name and a password are typed."""

own_password = counting(Count("own password", OWN, own_account))
"""Decorates where a teacher who is signed in types the password again."""

long_secrets = counting(
    Count("secret", SECRETS, network, failed=frozenset({404, 422}), wrong_alone=True),
)
"""Decorates where something too long to guess is typed or opened: a right one is always taken."""

sign_ups = counting(Count("sign-up", NETWORK, network))
"""Decorates where a name is taken that may be somebody's."""


def unknown_codes(failed: frozenset[int], spares: Callable[..., bool] = _nobody) -> Count:
    """Class codes that no class has, counted by network. A device that `spares` names isn't refused."""
    return Count("class code", NETWORK, network, failed=failed, spares=spares)


wrong_names = (
    Count("name", OWN, class_device),
    Count("name at class", CLASS, class_network, wrong_alone=True),
)
wrong_digits = (
    Count("digits", OWN, class_device),
    Count("digits at class", CLASS, class_network),
)


def init_app(app: Flask, storage: str) -> None:
    """Count in `storage`: in memory for one process, in a shared store for several."""
    app.extensions["quiz_limits"] = Counts(storage)
