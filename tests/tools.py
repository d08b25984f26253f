"""Programs of the machine that some tests need."""

import os
from typing import NoReturn

import pytest


def missing(say: str) -> NoReturn:
    """Skip the test; fail it where REQUIRE_TOOLS=1 says that every program must be there."""
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(say)
    pytest.skip(say)
