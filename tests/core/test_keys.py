"""Keys for teachers: right answers that are right, readings where readers differ, errors by how often."""

from fractions import Fraction

import pytest

from quiz.core import keys
from quiz.core.item import Item
from quiz.core.keys import Level
from quiz.core.library import Library


def every(library: Library) -> list[Item]:
    return [*library.items.values(), *library.bank.values()]


def test_the_right_answer_earns_the_point_and_texts_have_none(library: Library) -> None:
    for item in every(library):
        mark = keys.right_mark(item)
        if item.format.name == "text":
            assert mark is None, item.id
        else:
            assert mark is not None and mark.points == Fraction(1), item.id


def test_each_unit_has_its_right_answer_in_words_or_readers_differ(library: Library) -> None:
    for item in every(library):
        article = library.articles.get(item.article or "")
        found = keys.rights(item, article)
        assert {one.unit for one in found} == item.format.units, item.id
        for one in found:
            assert bool(one.answer) is not one.neutral, f"{item.id}: {one.unit}"
            assert bool(one.text) is (one.answer not in {"", "marked", "left"}), f"{item.id}: {one.unit}"


def test_a_grid_of_several_questions_says_which(library: Library) -> None:
    item = library.items["alleged-support/C4"]
    found = keys.rights(item, library.articles["alleged-support"])
    assert [(one.unit, one.question, one.text) for one in found[:2]] == [
        ("goods.us", "The US officials", "Yes"),
        ("goods.embassy", "The embassy", "Yes"),
    ]
    assert [one.unit for one in found if one.neutral] == ["document.us"]


def test_what_is_marked_in_the_text_stands_in_its_order(library: Library) -> None:
    article = library.articles["alleged-support"]
    for item in library.items.values():
        if item.format.name == "spot" and item.article == article.id:
            places = [
                (one.sentence, article.by_number[one.sentence or 0].text.index(one.words))
                for one in keys.placed(item, article)
            ]
            assert places == sorted(places), item.id


def test_the_likeliest_errors_come_first_and_support_versions_add_nothing(library: Library) -> None:
    items = [one for one in library.items.values() if one.article == "alleged-support"]
    found = keys.likeliest(items)
    counts = [one.count for one in found]
    assert counts == sorted(counts, reverse=True)
    assert {one.id for one in found} <= library.misconceptions.keys()
    assert all(one.items and len(set(one.items)) == len(one.items) for one in found)
    without = [one for one in items if not one.support_of]
    assert len(without) < len(items) and keys.likeliest(without) == found


@pytest.mark.parametrize(
    ("claim", "level"),
    [("c1", None), ("c5", Level.BIN), ("c7", Level.TWO_WAY), ("c17", Level.LABEL)],
)
def test_readers_differ_as_coarsely_as_the_article_says(
    library: Library, claim: str, level: Level | None
) -> None:
    assert keys.differs(library.articles["alleged-support"].claims[claim]) is level


def test_contested_claims_have_their_other_reading(library: Library) -> None:
    for article in library.articles.values():
        for claim in keys.contested(article):
            assert claim.other_reading and claim.other_label, claim.id
    assert keys.contested(library.articles["lendal-otters"]) == []


def test_a_claim_is_spoken_of_by_the_item_that_goes_through_most(library: Library) -> None:
    items = [one for one in library.items.values() if one.article == "alleged-support"]
    claims = library.articles["alleged-support"].claims
    assert keys.note_on(claims["c3"], items) is library.items["alleged-support/A7"].notes["c3"]
    assert keys.note_on(claims["c10"], items) is None
