"""Shares in whole hundredths, for people to read."""

from fractions import Fraction


def hundredths(share: float | Fraction) -> int:
    """A share from 0 to 1, rounded; 100 is all and 0 is none, and nothing that is nearly so."""
    rounded = round(100 * share)
    if 0 < share < 1:
        return min(max(rounded, 1), 99)
    return rounded
