"""The session cookie comes when it has something to say, and once a day so that its year begins anew."""

from datetime import timedelta

import time_machine

from tests.web.client import Visitor
from tests.web.ways import start

NOON = "2026-11-24 12:00 +0000"


def sends_cookie(visitor: Visitor, address: str) -> bool:
    """Whether opening a page brings the session cookie anew."""
    cookies = visitor.client.get(address).headers.getlist("Set-Cookie")
    return any(one.startswith("session=") for one in cookies)


def test_it_is_renewed_once_a_day_and_whoever_comes_within_a_year_stays_known(visitor: Visitor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        address = start(visitor)
        visitor.client.get(address)
        clock.shift(timedelta(hours=23))
        assert not sends_cookie(visitor, address)
        clock.shift(timedelta(hours=2))
        assert sends_cookie(visitor, address)
        assert not sends_cookie(visitor, address), "renewed, so it isn't due"
        for _visit in range(3):
            clock.shift(timedelta(days=300))
            visitor.get(address)


def test_who_stays_away_for_more_than_a_year_is_forgotten(visitor: Visitor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        address = start(visitor)
        clock.shift(timedelta(days=366))
        visitor.get(address, code=404)


def test_it_is_renewed_after_a_clock_was_put_back(visitor: Visitor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        address = start(visitor)
        clock.shift(timedelta(days=-3))
        assert sends_cookie(visitor, address)
