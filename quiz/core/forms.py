"""The forms, a test before and after, by the names that their exercises have."""

FIRST, SECOND, LATER = FORMS = ("bank/form-x", "bank/form-y", "bank/form-z")
SWAPPED = {FIRST: SECOND, SECOND: FIRST}
"""Forms whose halves are swapped: while half A does the one, half B does the other."""
