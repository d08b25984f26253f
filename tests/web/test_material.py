"""What teachers print: a page on each article, each exercise as a sheet with its key apart, a blank strip."""

import re
from random import Random

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import Engine

from quiz.core import keys
from quiz.core.drawing import unfold
from quiz.core.item import Item
from quiz.core.library import Exercise, ExerciseKind, Library
from tests.web.client import Visitor
from tests.web.room import new_teacher

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    return new_teacher(app, engine)


def address(exercise: Exercise) -> str:
    return f"/teach/print/{exercise.key}"


def tasks(exercise: Exercise, library: Library) -> list[Item]:
    """The tasks that the sheet must hold: drawn by the exercise's own name."""
    drawn = [library.task(one.item) for one in unfold(exercise, library, Random(exercise.key))]
    return [one for one in drawn if one]


def folded(tag: BeautifulSoup | Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text())


def parted(teacher: Visitor, exercise: Exercise) -> tuple[str, BeautifulSoup]:
    """The text of the sheet, and the page with its key."""
    return folded(teacher.get(address(exercise))), teacher.get(f"{address(exercise)}/key")


def test_each_article_has_a_page_with_all_that_a_teacher_needs(teacher: Visitor, library: Library) -> None:
    for article in library.articles.values():
        page = folded(teacher.get(f"/teach/articles/{article.id}"))
        for term in article.glossary:
            assert term.means in page
        for item in library.items.values():
            assert item.article != article.id or item.ask_the_class in page, item.id
        for claim in article.claims.values():
            assert claim.says in page and claim.other_reading in page, claim.id
        for exercise in library.exercises.values():
            assert exercise.article not in {article.id, None} or exercise.title in page, exercise.key
        assert "This text cannot tell." in page


def test_likely_errors_stand_in_order_of_how_often_they_are_spoken_of(
    teacher: Visitor, library: Library
) -> None:
    items = [one for one in library.items.values() if one.article == "alleged-support"]
    shown = [
        folded(one).strip() for one in teacher.get("/teach/articles/alleged-support").select(".errors li")
    ]
    first = [library.misconceptions[one.id] for one in keys.likeliest(items)]
    assert all(line.startswith(text) for line, text in zip(shown, first, strict=False))


def test_claims_that_are_not_firm_are_flagged_and_no_others(teacher: Visitor, library: Library) -> None:
    for article in library.articles.values():
        flagged = teacher.get(f"/teach/articles/{article.id}").select("#key .doubt")
        assert len(flagged) == len(keys.contested(article)), article.id


def test_each_sheet_asks_every_task_and_keeps_the_key_apart(teacher: Visitor, library: Library) -> None:
    for exercise in library.exercises.values():
        blank, key = parted(teacher, exercise)
        answers = folded(key)
        for item in tasks(exercise, library):
            assert item.prompt in blank, f"{exercise.key}: {item.id}"
            for note in item.notes.values():
                for text in filter(None, (note.found, note.missed, note.text, note.why)):
                    assert text not in blank, f"{exercise.key}: {item.id}: {text}"
            assert item.model in answers and item.after in answers


def test_each_key_holds_the_right_answers_with_their_reasons(teacher: Visitor, library: Library) -> None:
    for exercise in library.exercises.values():
        _blank, key = parted(teacher, exercise)
        parts = key.select(".task-key")
        for item, part in zip(tasks(exercise, library), parts, strict=True):
            check_key(item, part, library)


def check_key(item: Item, part: Tag, library: Library) -> None:
    article = library.articles.get(item.article or "")
    expected = [one for one in keys.rights(item, article) if one.answer != "left"]
    lines = [folded(one) for one in part.select(".key-lines li")]
    for one, line in zip(expected, lines, strict=True):
        where = f"{item.id}: {one.unit}"
        assert ("readers differ" in line) is one.neutral or "eaders differ" in line, where
        assert one.text in line, where
        if item.format.name == "choice" and not one.neutral:
            assert item.by_unit[one.row].pieces[0].text in line, where
        if one.unit in item.notes:
            note = item.notes[one.unit]
            assert (note.text if one.neutral else note.found) in line and note.stamp in line, where
    if item.format.name == "spot" and item.spot_unit == "sentence":
        marked = [one.row.removeprefix("s") for one in expected if not one.neutral]
        assert f"Mark: {', '.join(marked)}" in folded(part), item.id


def test_what_is_drawn_prints_the_same_again(teacher: Visitor) -> None:
    path = "/teach/print/bank/exit-ticket"
    first, again = (folded(teacher.get(path).select(".paper")[0]) for _time in range(2))
    assert first == again


def test_an_article_stands_once_before_the_tasks_on_it(teacher: Visitor) -> None:
    page = teacher.get("/teach/print/alleged-support/lesson-3")
    titles = [folded(one) for one in page.select(".paper-text .headline")]
    assert len(titles) == 2 and "Otters" in titles[1]
    assert teacher.get("/teach/print/bank/exit-ticket").select(".paper-text") == []


def test_tests_can_be_printed_and_say_that_they_are_reserved(teacher: Visitor, library: Library) -> None:
    for exercise in library.exercises.values():
        for page in parted(teacher, exercise):
            text = page if isinstance(page, str) else folded(page)
            assert ("Reserved: don’t practise" in text) is (exercise.kind is ExerciseKind.FORM), exercise.key


def test_the_blank_strip_has_twenty_cells_three_patterns_and_three_questions(teacher: Visitor) -> None:
    page = teacher.get("/teach/source-strip")
    assert len(page.select(".blank-cells rect")) == 20
    assert len(page.select(".patterns .mark")) == 3
    assert len(page.select(".write")) == 3


def test_from_my_classes_one_gets_to_each_article_and_from_there_to_each_sheet(
    teacher: Visitor, library: Library
) -> None:
    links = {str(one["href"]) for one in teacher.get("/teach").select(".tall a")}
    pages = {f"/teach/articles/{one}" for one in library.articles}
    assert pages | {"/teach/source-strip"} <= links
    sheets = {str(one["href"]) for path in pages for one in teacher.get(path).select(".timings a")}
    printed = {address(one) for one in library.exercises.values()}
    assert sheets == printed | {f"{one}/key" for one in printed}


@pytest.mark.parametrize(
    "path",
    [
        "/teach/articles/nothing",
        "/teach/articles/bank",
        "/teach/print/alleged-support/nothing",
        "/teach/print/nothing/a",
        "/teach/print/bank/a",
        "/teach/print/bank/a/key",
    ],
)
def test_unknown_names_are_not_found(teacher: Visitor, path: str) -> None:
    teacher.get(path, 404)
