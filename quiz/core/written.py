"""What people write, made fit to keep."""

import unicodedata

KEPT_CONTROLS = frozenset("\n\t")
DROPPED = frozenset({"Cc", "Cs"})
"""Control characters, and halves of a character that no encoding can write."""


def clean(text: str) -> str:
    """The text with plain line ends and blanks, without control characters, and without blanks around it.

    Characters that shape others stay, such as those that join the letters of Persian or of an emoji.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_kept(one) for one in plain).strip()


def _kept(one: str) -> str:
    kind = unicodedata.category(one)
    if ord(one) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(one) <= 0xFDEF:
        return ""  # no character, and none that a page may hold
    if kind == "Zs":
        return " "
    return "" if kind in DROPPED and one not in KEPT_CONTROLS else one
