"""Ids of content: the article or the bank, a slash, and a short id, such as `alleged-support/B1`."""

BANK = "bank"
"""The scope of what belongs to no article."""


def scoped(scope: str | None, short: str) -> str:
    """An id with its scope; without an article that is the bank."""
    return f"{scope or BANK}/{short}"


def scope(id: str) -> str:
    """The article of an id, or the bank."""
    return id.partition("/")[0]


def short(id: str) -> str:
    """An id without its scope, as addresses, exports and teachers have it."""
    return id.rpartition("/")[2]
