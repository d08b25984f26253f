"""Statements that are nearly the same: whoever met one has met the other."""

from itertools import combinations

from rapidfuzz import fuzz

from quiz.core.library import Library

MOST = 80.0
"""Of 100, how alike two texts may be, by the share of letters that stay in place."""


def look(library: Library) -> tuple[dict[str, object], list[str]]:
    """The two most alike, and all that are too much alike; the two of a pair are meant to be."""
    texts = [(one.id, one.text) for one in library.statements if one.use not in {"pair", "mirror"}]
    alike = sorted(
        (
            (fuzz.ratio(left, right), first, second)
            for (first, left), (second, right) in combinations(texts, 2)
        ),
        reverse=True,
    )
    problems = [
        f"{first} and {second} are {share:.0f} of 100 alike, more than {MOST:.0f}: rewrite one"
        for share, first, second in alike
        if share > MOST
    ]
    share, first, second = alike[0] if alike else (0.0, "", "")
    return {"most_alike": f"{first} and {second}: {share:.0f} of 100"}, problems
