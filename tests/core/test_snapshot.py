"""A task as it was asked outlives what becomes of its item: the same key, units, notes and marks."""

import json
from dataclasses import replace
from typing import Any

import pytest

from quiz.app import ROOT
from quiz.content.load import load
from quiz.core import marking, snapshot
from quiz.core.identity import identified, key_form, text_form
from quiz.core.item import Item
from quiz.store import kept_units

LIBRARY = load(ROOT / "questions")
TASKS = [*LIBRARY.items.values(), *LIBRARY.bank.values()]


def emptied(item: Item) -> Item:
    """An item of which nothing is left that a snapshot should bring back."""
    return replace(item, units=(), answers=(), questions=(), notes={}, rubric=(), key_revision="")


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_snapshot_of_each_item_restores_its_units_notes_and_marks(item: Item) -> None:
    kept = json.loads(json.dumps(snapshot.of_item(item)))
    then = snapshot.as_asked(emptied(item), kept)
    assert (then.units, then.answers, then.rubric) == (item.units, item.answers, item.rubric)
    assert then.key_revision == item.key_revision
    assert then.notes == {unit: replace(note, shows=()) for unit, note in item.notes.items()}
    assert [one.id for one in then.questions] == [one.id for one in item.questions]
    assert then.format.units == item.format.units
    assert key_form(then, LIBRARY.articles) == key_form(item, LIBRARY.articles)
    for example in item.format.examples():
        if example.points is not None:
            mark = marking.mark(item, item.format.read(example.fields), LIBRARY.articles)
            again = marking.mark(then, then.format.read(example.fields), LIBRARY.articles)
            assert again.points == example.points
            assert {unit.unit: unit for unit in again.units} == {unit.unit: unit for unit in mark.units}


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_units_of_each_example_are_the_same_once_they_were_kept(item: Item) -> None:
    for example in item.format.examples():
        if example.points is not None:
            units = marking.mark(item, item.format.read(example.fields), LIBRARY.articles).units
            kept = json.loads(json.dumps(kept_units.as_json(units)))
            assert kept_units.from_json(kept) == units


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_refs_place_each_unit_and_nothing_else(item: Item) -> None:
    assert item.refs.keys() == item.format.units
    for ref in item.refs.values():
        row = item.by_unit[ref.row]
        assert (ref.sentence, ref.claim) == (row.sentence, row.claim)
        assert ref.whole == (item.spot_unit == "sentence")
        assert ref.claim is None or ref.claim == ref.row


B1 = LIBRARY.items["alleged-support/B1"]
UNSEEN: dict[str, Any] = {
    "title": "Another",
    "ask_the_class": "y",
    "scheme_line": "z",
    "source": "{}",
    "graded": False,
}
SEEN: dict[str, Any] = {"prompt": "Mark all that do.", "help": "None."}


@pytest.mark.parametrize("field", UNSEEN)
def test_revisions_of_key_and_text_ignore_what_authors_read(field: str) -> None:
    other = identified(replace(B1, **{field: UNSEEN[field]}), LIBRARY.articles)
    assert (other.key_revision, other.text_revision) == (B1.key_revision, B1.text_revision)


@pytest.mark.parametrize("field", SEEN)
def test_text_revision_alone_follows_what_a_learner_reads(field: str) -> None:
    other = identified(replace(B1, **{field: SEEN[field]}), LIBRARY.articles)
    assert other.key_revision == B1.key_revision
    assert other.text_revision != B1.text_revision


def test_notes_and_stamps_belong_to_neither_revision_but_their_misconceptions_to_the_key() -> None:
    note = B1.notes["s2"]
    reworded = replace(note, over="Look again.", stamp="Nobody", why="Because.")
    other = identified(replace(B1, notes={**B1.notes, "s2": reworded}), LIBRARY.articles)
    assert (other.key_revision, other.text_revision) == (B1.key_revision, B1.text_revision)
    named = replace(note, misconception="doer-is-teller")
    other = identified(replace(B1, notes={**B1.notes, "s2": named}), LIBRARY.articles)
    assert other.key_revision != B1.key_revision
    assert other.text_revision == B1.text_revision


def test_text_form_has_the_sentences_that_are_shown() -> None:
    article = LIBRARY.articles["alleged-support"]
    assert text_form(B1, article)["sentences"] == [one.text for one in article.sentences]
