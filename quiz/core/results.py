"""Figures on reports, as pure functions of marks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.core.article import TwoWay
from quiz.core.item import Item
from quiz.core.mark import Mark, Outcome, Verdict
from quiz.core.skills import Skill


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer as it was marked, and its item; None where the item is there no more.

    Figures come from the mark. The item tells where things stand, and may have another key by now.
    """

    item: Item | None
    mark: Mark
    step: int

    @property
    def skill(self) -> Skill | None:
        """The skill that the answer was marked in; of a text that of its item."""
        kept = next((unit.skill for unit in self.mark.units), None)
        return kept or (self.item.skill if self.item else None)


@dataclass(frozen=True, kw_only=True)
class SkillSummary:
    """What was answered of one skill.

    `right` of `units` were placed or left as the key says. `sources` were stated in the text,
    `overlooked` of them not seen; `phantoms` of `assertions` were taken for stated sources. The
    last four are counted for items whose key is two-way, and never added up.
    """

    skill: Skill
    items: int
    full: int
    right: int
    units: int
    sources: int
    overlooked: int
    assertions: int
    phantoms: int


@dataclass(frozen=True, kw_only=True)
class MixedUp:
    """A misconception that answers showed, and how often."""

    misconception: str
    count: int


def by_skill(answered: Iterable[Answered]) -> list[SkillSummary]:
    """Summaries of the skills that were answered, in the order of the skills."""
    of_skill: dict[Skill, list[Answered]] = {skill: [] for skill in Skill}
    for one in answered:
        if one.skill:
            of_skill[one.skill].append(one)
    return [_summary(skill, ones) for skill, ones in of_skill.items() if ones]


def _summary(skill: Skill, ones: list[Answered]) -> SkillSummary:
    marks = [count for one in ones for count in counted(one.mark)]
    two_way = [pair for one in ones for pair in two_way_pairs(one.mark)]
    sources = [given for key, given in two_way if key is TwoWay.SOURCED]
    assertions = [given for key, given in two_way if key is TwoWay.ASSERTION]
    return SkillSummary(
        skill=skill,
        items=len(ones),
        full=sum(1 for one in ones if one.mark.outcome is Outcome.FULL),
        right=sum(marks),
        units=len(marks),
        sources=len(sources),
        overlooked=sum(1 for given in sources if given is TwoWay.ASSERTION),
        assertions=len(assertions),
        phantoms=sum(1 for given in assertions if given is TwoWay.SOURCED),
    )


def counted(mark: Mark) -> list[bool]:
    """For each unit that counts, whether it is right. A choice of one option counts once as a whole."""
    return [unit.right for unit in mark.units if unit.scored]


def two_way_pairs(mark: Mark) -> list[tuple[TwoWay, TwoWay]]:
    """The (key, answer) pairs of an answer about sourcing: is a source stated, whatever was marked.

    Units left empty and neutral units give none, nor do those of other skills.
    """
    return [
        (unit.side, unit.given_side)
        for unit in mark.units
        if unit.side and unit.given_side and unit.verdict is not Verdict.OPEN
    ]


def mixed_up(answered: Iterable[Answered]) -> list[MixedUp]:
    """The misconceptions that wrong answers showed, most frequent first."""
    counts = Counter(unit.misconception for one in answered for unit in one.mark.units if unit.misconception)
    return [MixedUp(misconception=name, count=count) for name, count in counts.most_common()]
