"""Whether words alone give the key away: a naive Bayes guesser that knows nothing of sources.

Multinomial naive Bayes with add-one smoothing on lower-case words; Manning, Raghavan, Schütze,
Introduction to Information Retrieval (2008), section 13.2.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from random import Random

from quiz.core.article import TwoWay
from quiz.core.library import Library, Statement

MOST = 0.75
SPLITS = 20


def look(library: Library) -> tuple[dict[str, object], list[str]]:
    """How often the guesser is right, trained on one half of the statements and tried on the other."""
    practice = [one for one in library.statements if one.use == "practice"]
    single = [one for one in library.statements if one.use not in {"pair", "mirror"}]
    shares = {"cue_words_practice": guessed(practice), "cue_words_with_forms": guessed(single)}
    problems = [
        f"{name}: words alone give away {share:.0%}, more than {MOST:.0%}: vary the words that tell the key"
        for name, share in shares.items()
        if share > MOST
    ]
    return {name: round(share, 3) for name, share in shares.items()}, problems


def guessed(statements: Sequence[Statement]) -> float:
    """The mean share guessed right, sourced or assertion, over seeded half-splits, both ways."""
    shares = []
    for seed in range(SPLITS):
        mixed = Random(seed).sample(statements, len(statements))
        half = len(mixed) // 2
        shares += [_tried(mixed[:half], mixed[half:]), _tried(mixed[half:], mixed[:half])]
    return sum(shares) / len(shares)


def _tried(known: Sequence[Statement], new: Sequence[Statement]) -> float:
    words = {kind: Counter[str]() for kind in TwoWay}
    for one in known:
        words[one.label.two_way].update(_words(one))
    every = set().union(*words.values())
    prior = Counter(one.label.two_way for one in known)

    def score(kind: TwoWay, one: Statement) -> float:
        total = words[kind].total() + len(every)
        seen = [word for word in _words(one) if word in every]
        return log((prior[kind] + 1) / (len(known) + 2)) + sum(
            log((words[kind][word] + 1) / total) for word in seen
        )

    right = sum(max(TwoWay, key=lambda kind: score(kind, one)) is one.label.two_way for one in new)
    return right / len(new)


def _words(one: Statement) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)?", one.text.lower())
