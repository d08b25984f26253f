"""How one learner's answers change over time: by skill, by case, by mistake, and how sure they were.

Nothing here compares people, and nothing is said of so few answers that luck would speak.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.core.item import Case
from quiz.core.mark import Outcome
from quiz.core.results import Answered, counted, two_way_pairs
from quiz.core.share import hundredths
from quiz.core.skills import Skill
from quiz.core.statistics.signal import Counts, d_prime

CONFIDENCE = ("guess", "think", "sure")
"""How sure somebody can say they are, from least to most."""
FEWEST_SAID = 20
"""Answers with a word on how sure one was, before a picture is drawn of them."""
FEWEST_HALVED = 20
"""Claims of a skill, before what came first is held beside what came lately."""
APART = timedelta(days=1)
"""Between the first answer and the last, before “at first” and “lately” are told apart."""
FEWEST_DECISIONS = 40
"""Forced decisions on each side, before d' is told to one person."""
LAST_OF_CASE = 12
"""How many answers to a case are shown, the latest of all."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer with its mark, when it was given, and how sure its giver said they were."""

    answered: Answered
    at: datetime
    confidence: str | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """In whole percent; 0 of 0 is 0."""
        return hundredths(self.count / self.of) if self.of else 0


@dataclass(frozen=True, kw_only=True)
class SkillOverTime:
    """What was read as the text has it, in a skill: at first and lately.

    `first` is None of few, and after one sitting.
    """

    skill: Skill
    first: Share | None
    lately: Share


@dataclass(frozen=True, kw_only=True)
class CaseOverTime:
    """The last answers to a case, oldest first: whether each was right."""

    case: Case
    right: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class MistakeOverTime:
    """A misconception: how often it showed in all, and how often lately; None after one sitting."""

    misconception: str
    count: int
    lately: int | None


@dataclass(frozen=True, kw_only=True)
class TwoErrors:
    """Stated sources that were overlooked, and sources seen where the text states none; never added up."""

    overlooked: Share
    phantoms: Share


def in_order(given: Iterable[Given]) -> list[Given]:
    """Answers in the order given; of one and the same instant in that of the steps."""
    return sorted(given, key=lambda one: (one.at, one.answered.step))


def by_skill(given: Sequence[Given]) -> list[SkillOverTime]:
    """Each skill that was answered in; `given` in order."""
    found = []
    for skill in Skill:
        here = [one for one in given if one.answered.skill is skill]
        units = [right for one in here for right in counted(one.answered.mark)]
        if len(units) >= FEWEST_HALVED and _apart(here):
            half = len(units) // 2
            first, lately = _share(units[:half]), _share(units[half:])
            found.append(SkillOverTime(skill=skill, first=first, lately=lately))
        elif units:
            found.append(SkillOverTime(skill=skill, first=None, lately=_share(units)))
    return found


def _apart(given: Sequence[Given]) -> bool:
    return bool(given) and given[-1].at - given[0].at >= APART


def by_case(given: Sequence[Given]) -> list[CaseOverTime]:
    """Each case of the bank that was answered; `given` in order."""
    found: dict[Case, list[bool]] = {case: [] for case in Case}
    for one in given:
        if one.answered.item and one.answered.item.case:
            found[one.answered.item.case].append(one.answered.mark.outcome is Outcome.FULL)
    return [
        CaseOverTime(case=case, right=tuple(right[-LAST_OF_CASE:])) for case, right in found.items() if right
    ]


def mistakes(given: Sequence[Given]) -> list[MistakeOverTime]:
    """The misconceptions shown, most frequent first; `given` in order, lately: its later half."""
    every, lately = _named(given), _named(given[len(given) // 2 :])
    return [
        MistakeOverTime(misconception=name, count=count, lately=lately[name] if _apart(given) else None)
        for name, count in sorted(every.items(), key=lambda one: (-one[1], one[0]))
    ]


def two_errors(given: Sequence[Given]) -> TwoErrors:
    """Both ways of going wrong about whether a source is stated."""
    counts = Counts.of(pair for one in given for pair in two_way_pairs(one.answered.mark))
    return TwoErrors(
        overlooked=Share(count=counts.signal - counts.hits, of=counts.signal),
        phantoms=Share(count=counts.false_alarms, of=counts.noise),
    )


def discrimination(given: Sequence[Given]) -> tuple[float, Counts] | None:
    """D' of the forced decisions alone, with their counts; None below 40 on either side."""
    forced = (one.answered.mark for one in given if one.answered.mark.forced)
    counts = Counts.of(pair for mark in forced for pair in two_way_pairs(mark))
    if min(counts.signal, counts.noise) < FEWEST_DECISIONS:
        return None
    return d_prime(counts), counts


def calibration(given: Sequence[Given]) -> list[tuple[str, Share]]:
    """How many were fully right of those that a learner called a guess, likely, sure; none of few."""
    said = [one for one in given if one.confidence in CONFIDENCE]
    if len(said) < FEWEST_SAID:
        return []
    found = []
    for level in CONFIDENCE:
        right = [one.answered.mark.outcome is Outcome.FULL for one in said if one.confidence == level]
        if right:
            found.append((level, _share(right)))
    return found


def _share(right: Sequence[bool]) -> Share:
    return Share(count=sum(right), of=len(right))


def _named(given: Sequence[Given]) -> Counter[str]:
    return Counter(
        unit.misconception for one in given for unit in one.answered.mark.units if unit.misconception
    )
