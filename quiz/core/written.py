"""What people write, made fit to keep."""

KEPT_CONTROLS = frozenset("\n\t")


def clean(text: str) -> str:
    """The text with plain line ends, without control characters, and without blanks around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in plain if one.isprintable() or one in KEPT_CONTROLS).strip()
