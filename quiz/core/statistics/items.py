"""Item statistics: how hard an item was, what it was mistaken for, and whether it goes with the rest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import correlation

from quiz.core.mark import Mark, Outcome, Verdict
from quiz.core.statistics.few import shown, too_few
from quiz.core.statistics.interval import Interval, wilson

FEWEST_FOR_CORRELATION = 30

WHOLE = ""
"""The unit of an item that is answered as one: a choice of one option."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One learner's first answer to an item.

    `points` from 0 to 1, None until a person has marked it. `total` are the learner's points over all
    items, this one included. `wrong` says, by unit, what was answered where that was wrong.
    """

    points: Fraction | None
    total: Fraction
    wrong: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """The most frequent wrong answer to a unit, and how many gave it: at least 5."""

    unit: str
    given: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of those who tried were right, as a share with its Wilson interval."""

    share: float
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """What a class's answers say of an item.

    `tried` learners answered. `facility` is their mean of points, 0 to 1; None until 5 are marked.
    `right` is given where every mark is 1 or 0. `wrong` lists units in alphabetical order; a unit is
    left out where too few were wrong alike. `rest_correlation` is that of the item's points with the
    points of all other items, -1 to 1: None below 30 learners, or where either doesn't vary.
    """

    tried: int
    facility: float | None
    right: Share | None
    wrong: tuple[Wrong, ...]
    rest_correlation: float | None


def wrong_answers(mark: Mark, *, one_answer: bool) -> dict[str, str]:
    """What a mark finds wrong, by unit. `one_answer`: a choice of one option, which is one unit in all.

    What was left empty on purpose is none, be it a unit or the whole answer.
    """
    if mark.outcome is Outcome.EMPTY:
        return {}
    if one_answer:
        picked = [unit.unit for unit in mark.units if unit.verdict is Verdict.OVER]
        return {WHOLE: picked[0]} if picked else {}
    wrong = (Verdict.MISSED, Verdict.OVER, Verdict.MISPLACED)
    return {unit.unit: unit.given for unit in mark.units if unit.verdict in wrong and unit.given}


def of_item(tries: Iterable[Tried]) -> ItemFigures | None:
    """The figures of an item, from one answer a learner. None, too few to say: fewer than 5 learners."""
    tries = list(tries)
    if too_few(len(tries)):
        return None
    marked = [(one.points, one.total - one.points) for one in tries if one.points is not None]
    points = [point for point, _ in marked]
    return ItemFigures(
        tried=len(tries),
        facility=None if too_few(len(points)) else float(sum(points) / len(points)),
        right=_right(points),
        wrong=tuple(_most_frequent(tries)),
        rest_correlation=_correlation(points, [rest for _, rest in marked]),
    )


def _right(points: Sequence[Fraction]) -> Share | None:
    if too_few(len(points)) or not set(points) <= {Fraction(0), Fraction(1)}:
        return None
    right = points.count(Fraction(1))
    return Share(share=right / len(points), interval=wilson(right, len(points)))


def _most_frequent(tries: Sequence[Tried]) -> Iterator[Wrong]:
    """By unit; of equally frequent answers the first in the alphabet.

    The wrong answers to a unit are a breakdown of their own: their sum is known from the share right.
    """
    for unit in sorted({unit for one in tries for unit in one.wrong}):
        counts = Counter(one.wrong[unit] for one in tries if unit in one.wrong)
        given = min(counts, key=lambda answer: (-counts[answer], answer))
        if count := shown(counts)[given]:
            yield Wrong(unit=unit, given=given, count=count)


def _correlation(points: Sequence[Fraction], rest: Sequence[Fraction]) -> float | None:
    """Pearson's product-moment correlation. The item isn't part of the rest: it always goes with itself.

    Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28 (1963), 211-218.
    """
    if len(points) < FEWEST_FOR_CORRELATION or len(set(points)) == 1 or len(set(rest)) == 1:
        return None
    return correlation([float(point) for point in points], [float(point) for point in rest])
