"""Signal detection: how well stated sources are told from assertions, and which way one leans.

Only forced choices go in: a claim that was called sourced or not. Where leaving a claim unmarked is the
default, as in spot items, bias would measure diligence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from quiz.core.article import TwoWay

_NORMAL = NormalDist()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Decisions: `hits` of `signal` (a source is stated), `false_alarms` of `noise` (none is)."""

    signal: int = 0
    hits: int = 0
    noise: int = 0
    false_alarms: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.hits <= self.signal and 0 <= self.false_alarms <= self.noise):
            raise ValueError(f"more hits or false alarms than there were decisions: {self}")

    @classmethod
    def of(cls, pairs: Iterable[tuple[TwoWay, TwoWay]]) -> "Counts":
        """Count (key, given) pairs."""
        pairs = list(pairs)
        signal = [given for key, given in pairs if key is TwoWay.SOURCED]
        noise = [given for key, given in pairs if key is TwoWay.ASSERTION]
        return cls(
            signal=len(signal),
            hits=signal.count(TwoWay.SOURCED),
            noise=len(noise),
            false_alarms=noise.count(TwoWay.SOURCED),
        )

    def __add__(self, other: "Counts") -> "Counts":
        """The decisions of both; `sum(many, Counts())` are those of a class."""
        return Counts(
            signal=self.signal + other.signal,
            hits=self.hits + other.hits,
            noise=self.noise + other.noise,
            false_alarms=self.false_alarms + other.false_alarms,
        )


def d_prime(counts: Counts) -> float:
    """Discrimination d': z(hit rate) - z(false-alarm rate).

    0 where sources and assertions aren't told apart, 1 for fair and 3 for nearly perfect; below 0
    where they are mixed up. Always finite, by the log-linear correction of both rates.

    Green and Swets, "Signal Detection Theory and Psychophysics", 1966; the correction: Hautus,
    Behavior Research Methods, Instruments, & Computers 27 (1995), 46-51.
    """
    return _z(counts.hits, counts.signal) - _z(counts.false_alarms, counts.noise)


def bias(counts: Counts) -> float:
    """Bias as the criterion c: -(z(hit rate) + z(false-alarm rate)) / 2, rates corrected as in `d_prime`.

    0 leans neither way. Above 0, a claim is less readily called sourced; below 0, more readily.
    It says nothing on how much is right: that is `d_prime`.

    Macmillan and Creelman, "Detection Theory: A User's Guide", 2nd edition, 2005, chapter 2.
    """
    return -(_z(counts.hits, counts.signal) + _z(counts.false_alarms, counts.noise)) / 2


def _z(count: int, of: int) -> float:
    """The normal quantile of a rate, each cell of its table half an answer larger."""
    return _NORMAL.inv_cdf((count + 0.5) / (of + 1))
