"""Too few to say: by hand, and against somebody who knows the sum and the rule."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.few import FEWEST, shown, too_few

BREAKDOWNS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)


def test_four_are_too_few_and_five_are_not() -> None:
    assert too_few(0) and too_few(4) and not too_few(5)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # two small parts, 3 + 2 = 27 - 22: could be 1 and 4 as well
        ({"sourced": 22, "hinted": 3, "own-voice": 2}, {"sourced": 22, "hinted": None, "own-voice": None}),
        # one small part would be 27 - 18 - 6: the next smallest goes too
        ({"sourced": 18, "hinted": 6, "own-voice": 3}, {"sourced": 18, "hinted": None, "own-voice": None}),
        # nobody's answer is shown, and doesn't count as the second one withheld
        ({"sourced": 24, "hinted": 3, "own-voice": 0}, {"sourced": None, "hinted": None, "own-voice": 0}),
        # 27 - 25 = 2 is 1 and 1: the largest goes too
        ({"sourced": 25, "hinted": 1, "own-voice": 1}, {"sourced": None, "hinted": None, "own-voice": None}),
        # 13 - 5 = 8, both below the 5 that is shown, can be 4 and 4 alone
        ({"sourced": 5, "hinted": 4, "own-voice": 4}, {"sourced": None, "hinted": None, "own-voice": None}),
        # none is small
        ({"sourced": 17, "hinted": 5, "own-voice": 0}, {"sourced": 17, "hinted": 5, "own-voice": 0}),
        # of equal ones both
        ({"a": 9, "b": 6, "c": 6, "d": 4}, {"a": 9, "b": None, "c": None, "d": None}),
        # four learners in all, nothing is said of them
        ({"sourced": 4, "hinted": 0}, {"sourced": None, "hinted": None}),
        ({"all": 9}, {"all": 9}),
        ({}, {}),
    ],
)
def test_by_hand(parts: dict[str, int], expected: dict[str, int | None]) -> None:
    assert shown(parts) == expected


@given(BREAKDOWNS)
def test_what_is_shown_is_true_and_rests_on_nobody_or_on_enough(parts: dict[str, int]) -> None:
    seen = shown(parts)
    assert list(seen) == list(parts)
    assert all(number is None or number == parts[part] for part, number in seen.items())
    assert all(not number or number >= FEWEST for number in seen.values())


@given(BREAKDOWNS)
def test_never_is_one_part_alone_withheld(parts: dict[str, int]) -> None:
    withheld = [number for part, number in parts.items() if shown(parts)[part] is None]
    assert sum(parts.values()) < FEWEST or len(withheld) != 1
    assert sum(parts.values()) < FEWEST or 0 not in withheld


@pytest.mark.parametrize(("parts", "most"), [(2, 30), (3, 30), (4, 16)])
def test_who_knows_the_sum_and_the_rule_can_work_no_withheld_part_out(parts: int, most: int) -> None:
    could_be = defaultdict(list)
    for numbers in product(range(most + 1), repeat=parts):
        if FEWEST <= sum(numbers) <= most:
            seen = tuple(shown(dict(enumerate(numbers))).values())
            could_be[sum(numbers), seen].append(numbers)
    for (_, seen), worlds in could_be.items():
        for place in range(parts):
            assert seen[place] is not None or len({numbers[place] for numbers in worlds}) > 1
