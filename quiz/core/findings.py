"""Which skill went best, which wants practice, and whether so few answers can tell."""

from collections.abc import Collection, Iterable, Sequence

from quiz.core.results import Answered, SkillSummary, mixed_up
from quiz.core.skills import Skill

SURE = 2 / 3
"""The share right from which on a skill is said to be seen."""
FEWEST = 3
"""So many units it takes to say so."""


def share(one: SkillSummary) -> float:
    """The share right, 0 to 1; 0 where nothing counts."""
    return one.right / one.units if one.units else 0


def seen(one: SkillSummary) -> bool:
    """Whether the answers bear out that the skill is there."""
    return one.units >= FEWEST and share(one) >= SURE


def slipping(answered: Sequence[Answered]) -> frozenset[Skill]:
    """The skills in which the most frequent misconception showed."""
    most = mixed_up(answered)[:1]
    return frozenset(
        one.skill
        for one in answered
        for unit in one.mark.units
        if one.skill and most and unit.misconception == most[0].misconception
    )


def best(summaries: Iterable[SkillSummary], slips: Collection[Skill] = ()) -> SkillSummary | None:
    """The skill that went best; None where nothing is right.

    One with fewer than `FEWEST` units, then one of `slips`, is taken only where there is no other.
    """
    good = (one for one in summaries if one.right)
    return max(good, key=lambda one: (one.units >= FEWEST, one.skill not in slips, share(one)), default=None)


def weakest(summaries: Iterable[SkillSummary]) -> SkillSummary | None:
    """The skill that went least well; None where there is none."""
    return min(summaries, key=share, default=None)
