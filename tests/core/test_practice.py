"""When a case comes back, and which statements a session draws."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core import practice
from quiz.core.item import Case
from quiz.core.library import Library, Statement
from quiz.core.practice import Card, Known

T0 = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOBODY = Known(cards={}, met={})
COUNT, SOUND = 8, 4


@pytest.fixture(scope="session")
def pool(library: Library) -> list[Statement]:
    """The statements of practice."""
    return [one for one in library.statements if one.use == "practice"]


def draw(pool: list[Statement], known: Known, seed: int, now: datetime = T0) -> list[Statement]:
    """A session, as statements."""
    by_id = {one.id: one for one in pool}
    drawn = practice.session(pool, known, Random(seed), count=COUNT, sound=SOUND, now=now)
    return [by_id[one] for one in drawn]


def card(case: Case, days: float) -> Card:
    """A card that is due so many days from the start."""
    due = T0 + timedelta(days=days)
    return Card(case=case, reviewed_at=T0 - timedelta(days=3), due_at=due, stability=3, difficulty=5)


def test_what_is_right_comes_back_later_and_later_what_is_wrong_tomorrow() -> None:
    case, now, gaps = Case.FULL_STOP, T0, []
    known = practice.reviewed(None, case, now, right=True)
    for _review in range(4):
        gaps.append(known.due_at - now)
        now = known.due_at
        known = practice.reviewed(known, case, now, right=True)
    assert gaps == sorted(gaps) and gaps[0] >= timedelta(days=2) and gaps[-1] > timedelta(days=30)
    slipped = practice.reviewed(known, case, now, right=False)
    assert slipped.due_at - now < known.due_at - now
    assert practice.reviewed(None, case, T0, right=False).due_at <= T0 + timedelta(days=1)


@given(st.integers())
def test_a_first_session_is_of_eight_cases_half_of_them_sound(library: Library, seed: int) -> None:
    pool = [one for one in library.statements if one.use == "practice"]
    drawn = draw(pool, NOBODY, seed)
    assert len({one.case for one in drawn}) == len(drawn) == COUNT
    assert sum(one.label.sound for one in drawn) == SOUND


@given(st.sets(st.integers(min_value=0)), st.integers())
def test_no_statement_comes_again_while_its_case_has_a_new_one(
    library: Library, met: set[int], seed: int
) -> None:
    pool = [one for one in library.statements if one.use == "practice"]
    times = {pool[number % len(pool)].id: T0 - timedelta(days=1 + number % 9) for number in met}
    drawn = draw(pool, Known(cards={}, met=times), seed)
    assert len({one.id for one in drawn}) == len(drawn)
    new = Counter(one.case for one in pool if one.id not in times)
    asked = Counter(one.case for one in drawn if one.id in times)
    assert not any(new[case] for case in asked)


def test_of_a_case_that_was_met_whole_the_one_met_longest_ago_comes(pool: list[Statement]) -> None:
    of_case = [one for one in pool if one.case is Case.FULL_STOP]
    met = {one.id: T0 - timedelta(days=place) for place, one in enumerate(of_case, start=1)}
    oldest = of_case[-1].id
    again = practice.another(pool, met, Random(1), case=Case.FULL_STOP, taken=set())
    assert again == oldest
    taken = {one.id for one in of_case}
    assert practice.another(pool, {}, Random(1), case=Case.FULL_STOP, taken=taken) is None


def test_what_is_overdue_goes_before_what_is_new_and_what_is_not_due_waits(pool: list[Statement]) -> None:
    cards = {case: card(case, 5) for case in Case}
    cards[Case.ACT_OR_WORDS] = card(Case.ACT_OR_WORDS, -2)
    cards[Case.FULL_STOP] = card(Case.FULL_STOP, -1)
    known = Known(cards=cards, met={})
    assert practice.due(cards, T0) == [Case.ACT_OR_WORDS, Case.FULL_STOP]
    drawn = Counter(one.case for one in draw(pool, known, 1))
    assert drawn == {Case.ACT_OR_WORDS: 2, Case.FULL_STOP: 2}, "few are due: two of each"
    del cards[Case.PLAIN_OR_JUDGING]
    assert practice.due(cards, T0)[-1] is Case.PLAIN_OR_JUDGING


def test_where_nothing_is_due_those_that_will_be_first_can_be_practised(pool: list[Statement]) -> None:
    cards = {case: card(case, place) for place, case in enumerate(Case, start=1)}
    known = Known(cards=cards, met={})
    assert practice.due(cards, T0) == [] and practice.next_due(cards) == T0 + timedelta(days=1)
    assert {one.case for one in draw(pool, known, 1)} == set(list(Case)[:COUNT])


def test_every_case_belongs_to_a_rule_and_every_rule_has_cases() -> None:
    assert {case.rule for case in Case} == {1, 2, 3, 4, 5}
