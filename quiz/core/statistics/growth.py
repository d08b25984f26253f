"""Before and after: what two forms, done by the halves of a class in turn, show of its growth."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from random import Random
from statistics import fmean

from quiz.core.drawing import HALVES
from quiz.core.statistics.few import too_few
from quiz.core.statistics.interval import TIMES, Interval, bootstrap
from quiz.core.statistics.signal import Counts, bias, d_prime

STATEMENTS = 16
PAIRS = 4


class Sign(StrEnum):
    """Which way a figure moved. NO_SIGN: the interval holds 0, which never means "unchanged"."""

    GROWN = "grown"
    FALLEN = "fallen"
    NO_SIGN = "no-sign"


@dataclass(frozen=True, kw_only=True)
class FormResult:
    """What a learner did on one form.

    `right` of 16 statements and `pairs_right` of 4 pairs. `sound_right` of the `sound` statements,
    whose source could be asked openly, were recognised. `counts` are the 16 decisions.
    """

    right: int
    sound_right: int
    sound: int
    counts: Counts
    pairs_right: int

    def __post_init__(self) -> None:
        if not (0 <= self.right <= STATEMENTS and 0 <= self.pairs_right <= PAIRS):
            raise ValueError(f"not within {STATEMENTS} statements and {PAIRS} pairs: {self}")
        if not 0 <= self.sound_right <= self.sound:
            raise ValueError(f"more sound sources recognised than there were: {self}")


@dataclass(frozen=True, kw_only=True)
class Pupil:
    """A learner who did both forms. Half a did X before and Y after, half b the other way round."""

    half: str
    before: FormResult
    after: FormResult

    def __post_init__(self) -> None:
        if self.half not in HALVES:
            raise ValueError(f"no half of a class: {self.half}")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure before and after, each the mean of the two halves, so that neither form weighs more.

    `change` is after less before. `interval` holds it in 95 of 100 classes; None where all learners
    changed alike, which tells nothing of how sure it is.
    """

    before: float
    after: float
    change: float
    interval: Interval | None

    @property
    def sign(self) -> Sign:
        """Grown or fallen where the interval leaves 0 out, else no sign of change."""
        if self.interval is None or self.interval.holds(0):
            return Sign.NO_SIGN
        return Sign.GROWN if self.interval.low > 0 else Sign.FALLEN


@dataclass(frozen=True, kw_only=True)
class Growth:
    """The growth of a class, in the order of the report.

    `learners` by half. `sound` is the share of sound sources recognised, 0 to 1: it stands first, since
    it must not fall. `right` counts statements, of 16, and `pairs` pairs, of 4. `discrimination` (d')
    and `bias` (c) are the class's, from the summed decisions of each half; a bias that has grown means
    that claims are less readily called sourced. `sound` is None where a form has no sound source, the
    two of signal detection where a form has no signal or no noise.
    """

    learners: Mapping[str, int]
    sound: Change | None
    right: Change
    discrimination: Change | None
    bias: Change | None
    pairs: Change

    @property
    def sign(self) -> Sign:
        """The sign of the growth proper: the change in statements right."""
        return self.right.sign


Halves = Sequence[Sequence[Pupil]]
Row = tuple[int, ...]
"""A learner's decisions: signal, hits, noise and false alarms before, then the same after."""


def growth(pupils: Iterable[Pupil], random: Random, times: int = TIMES) -> Growth | None:
    """The mean of the two half-class mean changes, paired by learner, for each figure.

    So neither the forms' difficulty nor an uneven split of the class enters: X is easier for half a
    before by as much as it is for half b after. Intervals by bootstrap over learners within halves.
    None, too few to say: fewer than 5 learners in all, or a half with fewer than 2.
    """
    pupils = list(pupils)
    halves = [[pupil for pupil in pupils if pupil.half == half] for half in HALVES]
    if too_few(len(pupils)) or any(len(half) < 2 for half in halves):
        return None
    mean = partial(_of_means, halves, random=random, times=times)
    summed = partial(_of_sums, halves, random=random, times=times)
    has_sound = all(form.sound for pupil in pupils for form in (pupil.before, pupil.after))
    return Growth(
        learners={name: len(half) for name, half in zip(HALVES, halves, strict=True)},
        sound=mean(lambda form: form.sound_right / form.sound) if has_sound else None,
        right=mean(lambda form: form.right),
        discrimination=summed(d_prime),
        bias=summed(bias),
        pairs=mean(lambda form: form.pairs_right),
    )


def _of_means(halves: Halves, value: Callable[[FormResult], float], *, random: Random, times: int) -> Change:
    """The change in a figure that each learner has."""
    before = [[value(pupil.before) for pupil in half] for half in halves]
    after = [[value(pupil.after) for pupil in half] for half in halves]
    changes = [[value(pupil.after) - value(pupil.before) for pupil in half] for half in halves]
    return Change(
        before=_mean_of_means(before),
        after=_mean_of_means(after),
        change=_mean_of_means(changes),
        interval=bootstrap(changes, _mean_of_means, random, times),
    )


def _mean_of_means(groups: Sequence[Sequence[float]]) -> float:
    return fmean(map(fmean, groups))


def _of_sums(
    halves: Halves, measure: Callable[[Counts], float], *, random: Random, times: int
) -> Change | None:
    """The change in a figure of a half as a whole, made from its learners' summed decisions."""
    rows = [[_row(pupil) for pupil in half] for half in halves]
    sums = [_summed(half) for half in rows]
    if not all(counts.signal and counts.noise for both in sums for counts in both):
        return None

    def change(groups: Sequence[Sequence[Row]]) -> float:
        return fmean(measure(after) - measure(before) for before, after in map(_summed, groups))

    return Change(
        before=fmean(measure(before) for before, _ in sums),
        after=fmean(measure(after) for _, after in sums),
        change=change(rows),
        interval=bootstrap(rows, change, random, times),
    )


def _row(pupil: Pupil) -> Row:
    both = (pupil.before.counts, pupil.after.counts)
    return tuple(n for one in both for n in (one.signal, one.hits, one.noise, one.false_alarms))


def _summed(rows: Sequence[Row]) -> tuple[Counts, Counts]:
    """The decisions of all learners, before and after."""
    n = [sum(column) for column in zip(*rows, strict=True)]
    return (
        Counts(signal=n[0], hits=n[1], noise=n[2], false_alarms=n[3]),
        Counts(signal=n[4], hits=n[5], noise=n[6], false_alarms=n[7]),
    )
