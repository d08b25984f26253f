"""What is said to have gone best rests on enough answers, and doesn't praise what slips by."""

import pytest

from quiz.core.findings import best, seen, weakest
from quiz.core.results import SkillSummary
from quiz.core.skills import Skill


def summary(skill: Skill, right: int, units: int) -> SkillSummary:
    return SkillSummary(
        skill=skill,
        items=units,
        full=right,
        right=right,
        units=units,
        sources=0,
        overlooked=0,
        assertions=0,
        phantoms=0,
    )


MANY = summary(Skill.ANONYMITY, 18, 20)
HALF = summary(Skill.SOURCING, 6, 10)
ONE = summary(Skill.COMPARISON, 1, 1)
NONE = summary(Skill.EDITING, 0, 4)


def test_many_answers_tell_more_than_one() -> None:
    assert best([HALF, MANY, ONE]) == MANY
    assert best([HALF, MANY, ONE], {Skill.ANONYMITY, Skill.SOURCING}) == MANY


def test_a_skill_in_which_the_chief_mistake_shows_stands_back() -> None:
    assert best([HALF, MANY], {Skill.ANONYMITY}) == HALF


def test_few_answers_are_told_where_there_are_no_others() -> None:
    assert best([ONE, NONE]) == ONE
    assert best([NONE]) is None
    assert best([]) is None


@pytest.mark.parametrize(("one", "said"), [(MANY, True), (HALF, False), (ONE, False), (NONE, False)])
def test_a_skill_is_seen_from_two_thirds_of_three_on(one: SkillSummary, said: bool) -> None:
    assert seen(one) is said


def test_the_weakest_has_the_smallest_share() -> None:
    assert weakest([MANY, HALF, ONE]) == HALF
    assert weakest([]) is None
