"""Marks of written answers: levels of a rubric, and what they earn."""

from collections.abc import Mapping
from fractions import Fraction

from quiz.core.item import Item


def points_of(item: Item, levels: Mapping[str, int]) -> Fraction | None:
    """The sum of the levels over the most that the marked criteria give, 0 to 1; None where none is marked.

    Levels that the rubric has no more, since its authors mended it, don't count.

    See docs/scoring.md, "text".
    """
    most = {one.id: len(one.levels) - 1 for one in item.rubric}
    marked = {name: level for name, level in levels.items() if level <= most.get(name, -1)}
    total = sum(most[name] for name in marked)
    return Fraction(sum(marked.values()), total) if total else None
