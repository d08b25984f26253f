"""Waiting for what comes about by itself."""

import time
from collections.abc import Callable

LONGEST = 60.0
PAUSE = 0.05


def wait_until(condition: Callable[[], bool]) -> None:
    """Look again and again until it is so; fails where it never is."""
    give_up = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < give_up, "it never came about"
        time.sleep(PAUSE)
