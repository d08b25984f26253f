"""The shipped content: complete, and each item run through its own format."""

import pytest

from quiz.app import ROOT
from quiz.content.load import load
from quiz.core.item import Item, Note
from quiz.core.mark import BadAnswer, Verdict

LIBRARY = load(ROOT / "questions")
TASKS = [*LIBRARY.items.values(), *LIBRARY.bank.values()]
SECTIONS = {f"{section}{number}" for section in "ABC" for number in range(1, 8)} | {"B1s", "C1s"}
SECTIONS |= {f"D{number}" for number in range(1, 9)}
MOST_WORDS = 25
MOST_PROMPT_WORDS = 14


def test_every_section_of_the_article_is_complete() -> None:
    assert {item.short for item in LIBRARY.items.values() if item.article == "alleged-support"} == SECTIONS
    practice = {item.short for item in LIBRARY.items.values() if not item.graded}
    assert practice == {"A1", "A7", "B1s", "C1s", "D2"}


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_each_item_marks_its_own_examples(item: Item) -> None:
    for example in item.format.examples():
        if example.points is None:
            with pytest.raises(BadAnswer):
                item.format.read(example.fields)
            continue
        answer = item.format.read(example.fields)
        assert item.format.mark(answer).points == example.points, example.name
        assert item.format.read(answer.fields()) == answer
        if example.name == "right":
            assert example.points == 1


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_no_blanket_answer_earns_more_than_the_chance_shown(item: Item) -> None:
    for blanket in item.format.blankets():
        points, chance = item.format.mark(item.format.read(blanket)).points, item.format.chance
        assert points is not None and chance is not None and points <= chance


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_every_wrong_answer_is_told_something(item: Item) -> None:
    for blanket in item.format.blankets():
        for unit in item.format.mark(item.format.read(blanket)).units:
            note = item.notes[unit.unit]
            if unit.verdict is Verdict.OVER:
                assert note.over and note.misconception
            if unit.verdict in (Verdict.MISPLACED, Verdict.MISSED):
                assert note.missed


@pytest.mark.parametrize("item", TASKS, ids=lambda item: item.id)
def test_what_stands_open_is_short(item: Item) -> None:
    assert len(item.prompt.split()) <= MOST_PROMPT_WORDS
    for unit, note in item.notes.items():
        for text in _open(note):
            assert len(text.split()) <= MOST_WORDS, f"{unit}: {len(text.split())} words: {text}"


def _open(note: Note) -> list[str]:
    return [note.found, note.missed, note.over, note.left, *(one.text for one in note.wrong.values())]


def test_the_short_path_counts_sound_sourcing_from_the_first_statement() -> None:
    first = LIBRARY.exercises["alleged-support/short"].steps[0].item
    (statement,) = [one for one in LIBRARY.statements if one.id == first]
    assert statement.label.sound and statement.level == 1
