"""The recovery code: 16 Crockford characters (80 bits) that bring a learner back on any device."""

from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def write(random_bytes: bytes) -> str:
    """Turn 10 random bytes into a code as people see it: four groups of four."""
    number = int.from_bytes(random_bytes)
    code = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read(typed: str) -> str | None:
    """The 16 characters of what somebody typed; None where it can't be a code.

    Case, blanks and hyphens don't count; O is read as 0, I and L as 1.
    """
    code = "".join(typed.upper().replace("-", " ").split()).translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(code: str) -> str:
    """The hash that is kept. 80 random bits need no slow hash."""
    return sha256(code.encode()).hexdigest()
