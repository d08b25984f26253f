"""The same test for both sides: is a claim judged alike, whoever of two sides makes it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from random import Random
from statistics import fmean

from quiz.core.drawing import HALVES
from quiz.core.statistics.interval import TIMES, Interval, bootstrap

FEWEST_PAIRS = 4
FEWEST_LEARNERS = 10


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A learner. `met`: for each mirrored pair, by its id, the version met and whether the answer was right.

    Halves and versions are each "a" or "b".
    """

    half: str
    met: Mapping[str, tuple[str, bool]]

    def __post_init__(self) -> None:
        if self.half not in HALVES or any(version not in HALVES for version, _ in self.met.values()):
            raise ValueError(f"a half or a version that isn't one of {HALVES}: {self}")


@dataclass(frozen=True, kw_only=True)
class Mirrors:
    """How differently the two versions were judged, over a class.

    `difference`, from -1 to 1: the share right of version a less that of version b, its mean over `pairs`
    pairs. It speaks of an invented quarrel told twice, of no country and of no learner. `interval`
    holds it in 95 of 100 classes; None where all learners are alike. `learners` met at least one pair.
    """

    difference: float
    interval: Interval | None
    pairs: int
    learners: int


Row = tuple[int, ...]
"""A learner's answers, four numbers a pair: a met, a right, b met, b right; each 0 or 1."""


def mirrored(readers: Iterable[Reader], random: Random, times: int = TIMES) -> Mirrors | None:
    """The difference between the versions, with its interval by bootstrap over learners within halves.

    Only pairs count that were met in both versions. None, too few to say: fewer than 4 such pairs,
    fewer than 10 learners who met one, or a single one of them in a half.
    """
    readers = list(readers)
    pairs = _in_both(readers)
    halves = [_rows(readers, half, pairs) for half in HALVES]
    groups = [half for half in halves if half]
    learners = sum(map(len, groups))
    if len(pairs) < FEWEST_PAIRS or learners < FEWEST_LEARNERS or any(len(half) < 2 for half in groups):
        return None
    return Mirrors(
        difference=_difference(groups),
        interval=bootstrap(groups, _difference, random, times),
        pairs=len(pairs),
        learners=learners,
    )


def _in_both(readers: Sequence[Reader]) -> list[str]:
    """The pairs that were met in both versions."""
    met = {(pair, version) for reader in readers for pair, (version, _) in reader.met.items()}
    return sorted({pair for pair, _ in met if all((pair, version) in met for version in HALVES)})


def _rows(readers: Sequence[Reader], half: str, pairs: Sequence[str]) -> list[Row]:
    """The learners of a half who met one of the pairs."""
    there = [reader for reader in readers if reader.half == half and not reader.met.keys().isdisjoint(pairs)]
    return [tuple(cell for pair in pairs for cell in _cells(reader, pair)) for reader in there]


def _cells(reader: Reader, pair: str) -> Row:
    met, right = reader.met.get(pair, ("", False))
    return tuple(cell for version in HALVES for cell in (met == version, met == version and right))


def _difference(groups: Sequence[Sequence[Row]]) -> float:
    """The mean of share right of a less that of b, over the pairs met in both here; nan for none."""
    sums = [sum(column) for column in zip(*(row for group in groups for row in group), strict=True)]
    differences = [
        right_a / met_a - right_b / met_b
        for met_a, right_a, met_b, right_b in zip(*(iter(sums),) * 4, strict=True)
        if met_a and met_b
    ]
    return fmean(differences) if differences else nan
