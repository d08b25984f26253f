"""What marking an answer yields, and the two ways in which an answer can be refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quiz.core.article import TwoWay
from quiz.core.saying import Refusal, Saying
from quiz.core.skills import Skill

Fields = Mapping[str, Sequence[str]]
"""Posted fields: each name with all its values."""


class BadAnswer(Refusal):
    """The posted fields can't be marked."""


class Unfinished(BadAnswer):
    """Something was left out, perhaps by mistake. Posting `confirm` as well says that it is meant."""

    def __init__(self, saying: Saying, confirm: str) -> None:
        super().__init__(saying)
        self.confirm = confirm


class Verdict(StrEnum):
    """What became of one unit in an answer. OPEN: careful readers differ, so it isn't counted."""

    FOUND = "found"
    MISSED = "missed"
    OVER = "over"
    LEFT = "left"
    MISPLACED = "misplaced"
    OPEN = "open"


class Outcome(StrEnum):
    """An answer as a whole, in words. KEPT: a text that no machine marks."""

    FULL = "full"
    PARTLY = "partly"
    NOT_YET = "not-yet"
    EMPTY = "empty"
    KEPT = "kept"

    @classmethod
    def of(cls, points: Fraction, *, empty: bool) -> "Outcome":
        """Full for 1, not yet for 0, partly between; an answer left empty is its own case."""
        if empty:
            return cls.EMPTY
        if points == 1:
            return cls.FULL
        return cls.PARTLY if points > 0 else cls.NOT_YET


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One unit: the learner's answer to it, the key's, and the verdict. Empty: none was given.

    A format says so much. core/marking.py adds what figures need and what is kept with the answer:
    the skill; the `misconception` that the answer showed, of those that it `could` have shown; where the
    unit is a decision between a stated source and none, the key's `side` and the one that was given.
    `decides` is False for the options of a choice of one but the right one: it counts once. `sound`: the
    unit asks about a statement whose source could be asked openly.
    """

    unit: str
    verdict: Verdict
    given: str = ""
    key: str = ""
    side: TwoWay | None = None
    given_side: TwoWay | None = None
    misconception: str = ""
    could: tuple[str, ...] = ()
    skill: Skill | None = None
    decides: bool = True
    sound: bool = False

    @property
    def right(self) -> bool:
        """Whether the unit was answered as the key says."""
        return self.verdict in {Verdict.FOUND, Verdict.LEFT}

    @property
    def scored(self) -> bool:
        """Whether the unit counts as a decision of its own."""
        return self.decides and self.verdict is not Verdict.OPEN


def judge_marked(unit: str, *, marked: bool, key: bool, neutral: bool) -> Judged:
    """Judge a unit that is marked or left, by whether it is a key, neutral, or else noise."""
    given = "marked" if marked else "left"
    if neutral:
        return Judged(unit=unit, verdict=Verdict.OPEN, given=given)
    if key:
        verdict = Verdict.FOUND if marked else Verdict.MISSED
        return Judged(unit=unit, verdict=verdict, given=given, key="marked")
    verdict = Verdict.OVER if marked else Verdict.LEFT
    return Judged(unit=unit, verdict=verdict, given=given, key="left")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Points from 0 to 1 (None where only a person can mark), and how they came about.

    `hits` of `keys` were found; `false_marks` of `noise` were marked though the key leaves them.
    """

    points: Fraction | None
    outcome: Outcome
    scheme: str
    units: tuple[Judged, ...] = ()
    hits: int = 0
    keys: int = 0
    false_marks: int = 0
    noise: int = 0

    @property
    def forced(self) -> bool:
        """Whether each unit had to be answered; marking in a text lets one pass units over."""
        return not self.scheme.startswith("spot/")
