"""Too few to say: figures that rest on fewer than five learners, or would give such a one away."""

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 5
"""Learners on whom a figure has to rest."""

Part = TypeVar("Part")


def too_few(learners: int) -> bool:
    """Whether a figure of so many learners is withheld."""
    return learners < FEWEST


def shown(parts: Mapping[Part, int]) -> dict[Part, int | None]:
    """A breakdown of learners by what they answered, each part None where it is withheld.

    1. Where fewer than 5 answered in all, everything is withheld, and so must be their number.
    2. Parts of 1 to 4 are withheld. A part of 0 is shown: it is nobody's answer.
    3. One withheld part is what the others leave of the whole; and where several are all 1 or all 4,
       the least and the most they can be, their sum says so. Then the next smallest part goes too,
       with those of its size.

    Who knows the whole and these rules can then work no withheld part out; only five or more parts that
    are all 1 have nothing to hide behind. Complementary cell suppression for a single row: Willenborg
    and de Waal, "Elements of Statistical Disclosure Control", 2001. It guards one breakdown: where the
    same learners are counted again as more answer, the count has to grow in steps of five.
    """
    if too_few(sum(parts.values())):
        return dict.fromkeys(parts)
    sizes = sorted(number for number in parts.values() if number)
    most = FEWEST - 1
    while most < sizes[-1] and _worked_out([size for size in sizes if size <= most]):
        most = next(size for size in sizes if size > most)
    return {part: None if 0 < number <= most else number for part, number in parts.items()}


def _worked_out(withheld: list[int]) -> bool:
    """Whether the sum of the withheld parts says what each is."""
    return len(withheld) == 1 or set(withheld) in ({1}, {FEWEST - 1})
