"""Results by skill: two errors that are never added up, and what was mixed up."""

import pytest

from quiz.content.load import load
from quiz.core import marking
from quiz.core.library import Library
from quiz.core.mark import Fields
from quiz.core.results import Answered, by_skill, mixed_up
from tests.content.test_load import NONE, SAMPLE

ROWS = {"row-c1": ["sourced"], "row-c2": ["hinted"], "row-c3": ["hinted"], "row-c4": ["sourced"]}


@pytest.fixture(scope="module")
def sample() -> Library:
    """The sample content."""
    return load(SAMPLE, NONE)


def answered(sample: Library, item_id: str, fields: Fields) -> Answered:
    item = sample.items.get(item_id) or sample.bank[item_id]
    mark = marking.mark(item, item.format.read(fields), sample.articles)
    return Answered(item=item, mark=mark, step=1)


def test_bins_count_as_two_way_with_the_errors_apart(sample: Library) -> None:
    one = answered(sample, "ferry/A1", ROWS | {"row-c1": ["hinted"], "row-x1": ["sourced"]})
    (summary,) = by_skill([one])
    assert (summary.sources, summary.overlooked) == (2, 1)
    assert (summary.assertions, summary.phantoms) == (2, 1)
    assert (summary.right, summary.units) == (2, 4)


def test_hinted_for_own_voice_is_wrong_but_no_two_way_error(sample: Library) -> None:
    one = answered(sample, "ferry/A1", ROWS | {"row-x1": ["hinted"]})
    (summary,) = by_skill([one])
    assert (summary.overlooked, summary.phantoms) == (0, 0)
    assert summary.right == 3


def test_signal_is_a_stated_source_whatever_was_to_be_marked(sample: Library) -> None:
    marks = answered(sample, "ferry/A2", {"mark": ["c1", "c2"]})
    (summary,) = by_skill([marks])
    assert (summary.sources, summary.overlooked, summary.assertions, summary.phantoms) == (2, 1, 2, 1)


def test_statements_by_bins_count_and_those_asked_further_do_not(sample: Library) -> None:
    by_bins = answered(sample, "bank/n01", {"option": ["hinted"]})
    by_kind = answered(sample, "bank/n08", {"option": ["look-up"]})
    (summary,) = by_skill([by_bins, by_kind])
    assert (summary.sources, summary.overlooked, summary.assertions) == (1, 1, 0)


def test_other_skills_have_no_direction(sample: Library) -> None:
    one = answered(sample, "ferry/B1", {"option": ["b"]})
    (summary,) = by_skill([one])
    assert (summary.sources, summary.assertions) == (0, 0)


def test_mixed_up_counts_misconceptions_of_wrong_answers_alone(sample: Library) -> None:
    right = answered(sample, "ferry/A1", ROWS | {"row-x1": ["own-voice"]})
    assert mixed_up([right]) == []
    wrong = answered(sample, "ferry/A1", ROWS | {"row-c1": ["hinted"], "row-x1": ["own-voice"]})
    over = answered(sample, "ferry/A2", {"mark": ["c2", "c3"]})
    assert [(one.misconception, one.count) for one in mixed_up([wrong, over])] == [("overlooked", 3)]


def test_an_item_left_empty_shows_no_misconception_and_no_error(sample: Library) -> None:
    empty = answered(sample, "ferry/A1", {"leave_empty": ["yes"]})
    assert mixed_up([empty]) == []
    (summary,) = by_skill([empty])
    assert (summary.sources, summary.assertions, summary.right) == (0, 0, 0)


def test_a_choice_of_one_option_counts_once(sample: Library) -> None:
    (wrong,) = by_skill([answered(sample, "ferry/B1", {"option": ["b"]})])
    (right,) = by_skill([answered(sample, "ferry/B1", {"option": ["a"]})])
    assert (wrong.right, wrong.units) == (0, 1)
    assert (right.right, right.units) == (1, 1)
