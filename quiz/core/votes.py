"""What a class answered, unit by unit: how many gave each answer, and how that stands to the key."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quiz.core.mark import Mark, Verdict

RIGHT = frozenset({Verdict.FOUND, Verdict.LEFT})
LEFT_EMPTY = ""
"""The answer of those who gave none."""


@dataclass(frozen=True, kw_only=True)
class Votes:
    """The answers of some learners to one unit, each by its id with how many gave it.

    `key` is the right answer; empty where the unit is open and never counts.
    """

    unit: str
    key: str
    answers: Mapping[str, int]
    right: int

    @property
    def learners(self) -> int:
        """How many answered the item."""
        return sum(self.answers.values())

    @property
    def share_right(self) -> Fraction:
        """The share that answered as the key does, 0 to 1; of an open unit 0."""
        return Fraction(self.right, self.learners) if self.learners else Fraction(0)

    @property
    def most(self) -> tuple[str, int]:
        """The most frequent answer and how many gave it; of several, the first by name."""
        return min(self.answers.items(), key=lambda one: (-one[1], one[0]), default=(LEFT_EMPTY, 0))

    @property
    def most_wrong(self) -> tuple[str, int]:
        """The most frequent answer other than the key and than none; (empty, 0) where there is no such."""
        wrong = {one: count for one, count in self.answers.items() if one not in {self.key, LEFT_EMPTY}}
        if not self.key:
            return LEFT_EMPTY, 0
        return min(wrong.items(), key=lambda one: (-one[1], one[0]), default=(LEFT_EMPTY, 0))


def votes(marks: Iterable[Mark]) -> dict[str, Votes]:
    """The votes on each unit of an item, from the marks of those who answered it."""
    answers: dict[str, Counter[str]] = {}
    keys: dict[str, str] = {}
    right: Counter[str] = Counter()
    for mark in marks:
        for unit in mark.units:
            answers.setdefault(unit.unit, Counter())[unit.given] += 1
            keys[unit.unit] = "" if unit.verdict is Verdict.OPEN else unit.key
            right[unit.unit] += unit.verdict in RIGHT
    return {
        unit: Votes(unit=unit, key=keys[unit], answers=dict(given), right=right[unit])
        for unit, given in answers.items()
    }


def worst(every: Iterable[Votes], *, least: int) -> list[Votes]:
    """The units that fewest answered right, worst first: those that count, with at least `least` answers."""
    counted = [one for one in every if one.key and one.learners >= least]
    return sorted(counted, key=lambda one: (one.share_right, -one.learners, one.unit))
