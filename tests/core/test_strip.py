"""The strip: own marks by bin, the key of this item's units alone, readers who differ."""

import pytest

from quiz.content.load import load
from quiz.core import strip
from quiz.core.library import Library
from quiz.core.strip import Kind
from tests.content.test_load import NONE, SAMPLE


@pytest.fixture(scope="module")
def sample() -> Library:
    """The sample content."""
    return load(SAMPLE, NONE)


def test_bins_fill_cells_by_their_pattern(sample: Library) -> None:
    item, article = sample.items["ferry/A1"], sample.articles["ferry"]
    fields = {"row-c1": ["hinted"], "row-c2": ["own-voice"], "leave_empty": ["yes"]}
    mark = item.format.mark(item.format.read(fields))
    assert strip.own(item, mark, article) == {"c1": Kind.HINT, "c2": Kind.VOICE}
    assert strip.key(item, mark, article) == {
        "c1": Kind.SOURCE,
        "c2": Kind.HINT,
        "c3": Kind.DIFFER,
        "c4": Kind.SOURCE,
    }


def test_marks_show_the_bin_that_all_keys_share(sample: Library) -> None:
    item, article = sample.items["ferry/A2"], sample.articles["ferry"]
    mark = item.format.mark(item.format.read({"mark": ["c2"]}))
    assert strip.own(item, mark, article) == {"c2": Kind.SOURCE}
    assert strip.key(item, mark, article) == {"c1": Kind.SOURCE, "c4": Kind.SOURCE}


def test_items_without_units_in_the_text_fill_nothing(sample: Library) -> None:
    item, article = sample.items["ferry/B1"], sample.articles["ferry"]
    assert not strip.on_strip(item, article)
