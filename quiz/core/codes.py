"""Codes that people type: a class's, and the six digits that let a seat in on another device."""

from hashlib import sha256
from random import Random
from unicodedata import normalize

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L. Six of them: 31 ** 6, some 890 million codes."""
LENGTH = 6


def class_code(random: Random) -> str:
    """A new class code."""
    return "".join(random.choices(ALPHABET, k=LENGTH))


def read_class_code(typed: str) -> str | None:
    """The code in what somebody typed, whatever its case, blanks and hyphens; None where it can't be one."""
    code = "".join(one for one in normalize("NFKC", typed).upper() if one.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def six_digits(random: Random) -> str:
    """A code that lets a seat in on another device for a few minutes."""
    return f"{random.randrange(10**6):06}"


def digest(secret: str, about: str = "") -> str:
    """The hash that is kept of a code or a link's secret; `about` keeps equal codes of two classes apart."""
    return sha256(f"{about}:{secret}".encode()).hexdigest()
