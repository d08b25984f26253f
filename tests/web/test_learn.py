"""A learner's way, as the server shows it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.app import create_app
from quiz.core.item import Item, Note
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.tables import Attempt, Learner, Response, Revision
from tests.web.client import Visitor
from tests.web.ways import (
    ARTICLE,
    finish,
    is_step,
    next_address,
    right,
    start,
    task_at,
    text_of,
    with_key,
    wrong,
)

SECTIONS = ["short", "a", "b", "c", "d", "lesson-1", "lesson-2", "lesson-3"]
EXERCISES = [f"{ARTICLE}/{name}" for name in SECTIONS] + ["lendal-otters/mini", "bank/exit-ticket"]


def test_front_page_offers_a_sentence_and_keeps_nothing(visitor: Visitor, session: Session) -> None:
    visitor.get("/")
    visitor.press("/", {"answer": "own-voice"})
    assert "office" in text_of(visitor)
    visitor.get("/")
    visitor.post("/", {"answer": "nobody"}, code=422)
    assert session.scalar(select(Learner)) is None


def test_pages_that_need_nothing(visitor: Visitor) -> None:
    for path in ("/", "/guide", "/privacy", "/learn", f"/learn/{ARTICLE}", "/resume", "/me"):
        visitor.get(path)
    assert visitor.client.get("/healthz").status_code == 200
    assert visitor.client.get("/readyz").status_code == 200


def test_article_page_shows_heads_up_every_sentence_and_exercises(visitor: Visitor, library: Library) -> None:
    page = visitor.get(f"/learn/{ARTICLE}")
    article = library.articles[ARTICLE]
    text = text_of(visitor)
    assert article.heads_up in text
    for sentence in article.sentences:
        shown = page.select_one(f"#{sentence.id}")
        assert shown is not None
        assert sentence.text in shown.get_text()
    links = {str(one["href"]) for one in page.select("a[href]")}
    assert {f"/learn/{ARTICLE}/{name}" for name in SECTIONS} <= links


def test_a_word_of_the_glossary_can_be_tapped_once_and_says_what_it_means(visitor: Visitor) -> None:
    page = visitor.get(f"/learn/{ARTICLE}")
    words = page.select("button.term")
    assert len({word.get_text().lower() for word in words}) == len(words) >= 10
    for word in words:
        meaning = page.select_one(f"#{word['popovertarget']}[popover]")
        assert meaning is not None
        assert word.get_text().lower() in meaning.get_text().lower()


def test_where_sentences_are_marked_the_words_stand_apart(visitor: Visitor) -> None:
    visitor.get(start(visitor, "b"))
    assert visitor.page.select("label.unit")
    assert not visitor.page.select("label button")
    assert visitor.page.select("p.tail button.term")


def test_the_invented_article_says_that_it_is_invented_and_cites_nobody(visitor: Visitor) -> None:
    visitor.get("/learn/lendal-otters")
    assert "An invented article" in text_of(visitor)
    assert "Retold sentence by sentence" not in text_of(visitor)


@pytest.mark.parametrize("form", ["form-x", "form-y", "form-z"])
def test_a_form_opens_by_an_assignment_alone(visitor: Visitor, form: str) -> None:
    page = visitor.get("/learn")
    assert form not in str(page)
    visitor.get(f"/learn/bank/{form}", code=404)
    visitor.get("/resume")
    visitor.post(f"/learn/bank/{form}", code=404)


def test_the_second_time_other_statements_are_drawn(
    visitor: Visitor, library: Library, session: Session
) -> None:
    for _time in range(2):
        finish(visitor, library, start(visitor, "exit-ticket", "bank"))
    first, second = session.scalars(select(Attempt).order_by(Attempt.number))
    assert not {task for task, part in first.tasks if part == 0} & {
        task for task, part in second.tasks if part == 0
    }


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_whole_exercise_answered_right(
    visitor: Visitor, library: Library, session: Session, exercise: str
) -> None:
    result = finish(visitor, library, start(visitor, *reversed(exercise.split("/"))))
    visitor.get(result)
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.finished_at is not None
    assert len(attempt.responses) == len(attempt.tasks)
    for response in attempt.responses:
        assert response.points in (1, None), response.item
        assert response.item == attempt.tasks[response.step - 1][0]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_whole_exercise_answered_wrong_shows_what_to_look_at_again(
    visitor: Visitor, library: Library, exercise: str
) -> None:
    address = start(visitor, *reversed(exercise.split("/")))
    for _ in range(40):
        visitor.get(address)
        item = task_at(library, visitor)
        visitor.press(address, with_key(visitor, wrong(item)))
        address = next_address(visitor)
        if not is_step(address):
            break
    visitor.get(re.sub(r"/\d+$", "", address))
    assert visitor.page.select("a[href*='/learn/attempts/']")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_key_note_or_reason_reaches_a_page_before_its_answer(
    visitor: Visitor, library: Library, exercise: str
) -> None:
    address = start(visitor, *reversed(exercise.split("/")))
    while True:
        visitor.get(address)
        item = task_at(library, visitor)
        html = visitor.page.decode()
        for text in _reasons(item):
            assert text not in html and text not in text_of(visitor), f"{item.id} tells: {text}"
        assert not visitor.page.select("[data-verdict], .stamp"), f"{item.id} shows feedback"
        visitor.press(address, with_key(visitor, right(item)))
        address = next_address(visitor)
        if not is_step(address):
            return


def _reasons(item: Item) -> set[str]:
    texts = {item.after, item.model} | {text for note in item.notes.values() for text in _texts(note)}
    return {text for text in texts if len(text) > 25}


def _texts(note: Note) -> set[str]:
    wrong = {one.text for one in note.wrong.values()}
    return {note.found, note.missed, note.over, note.left, note.text, note.why} | wrong


def test_feedback_stands_on_the_answered_page_with_the_counts(visitor: Visitor, library: Library) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    item = task_at(library, visitor)
    assert item.short == "B1"
    visitor.press(address, with_key(visitor, {"mark": ["s1", "s4", "s13", "s8"]}))
    text = text_of(visitor)
    assert "You found 3 of 4. You also marked 1 that isn’t one." in text
    assert item.notes["s5"].missed in text and item.notes["s8"].over in text
    assert item.notes["s6"].text in text


def test_the_result_counts_the_steps_that_are_fully_right(visitor: Visitor, library: Library) -> None:
    first = start(visitor, "b")
    visitor.get(first)
    visitor.press(first, with_key(visitor, wrong(library.items["alleged-support/B1"])))
    visitor.get(finish(visitor, library, next_address(visitor)))
    assert "6 of 7 steps fully right" in text_of(visitor)
    assert ["mark" in one["class"] for one in visitor.page.select(".fully .cell")] == [False] + [True] * 6


def test_the_button_counts_what_the_head_counts(visitor: Visitor, library: Library) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    everything = [unit.id for unit in task_at(library, visitor).units]  # two of them are one source
    visitor.press(address, with_key(visitor, {"mark": everything}))
    counts = {
        str(one.contents[-1]).strip(): one.b and one.b.text for one in visitor.page.select(".counts li")
    }
    (button,) = visitor.page.select("[data-steps] > span")
    assert button.text.startswith(f"{counts['over-marked']} over-marked:")


def test_item_address_leads_to_the_open_attempt_or_to_start(visitor: Visitor) -> None:
    visitor.get(f"/learn/{ARTICLE}/b/B2")
    assert visitor.response and visitor.response.request.path == f"/learn/{ARTICLE}/b"
    start(visitor, "b")
    visitor.get(f"/learn/{ARTICLE}/b/B2")
    assert visitor.response.request.path.endswith("/2")


def test_start_goes_on_where_the_learner_left(visitor: Visitor, library: Library, session: Session) -> None:
    address = start(visitor)
    visitor.get(address)
    visitor.press(address, with_key(visitor, right(task_at(library, visitor))))
    assert start(visitor) == re.sub(r"\d+$", "2", address)
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_a_finished_exercise_starts_anew(visitor: Visitor, library: Library, session: Session) -> None:
    finish(visitor, library, start(visitor))
    start(visitor)
    numbers = [one.number for one in session.scalars(select(Attempt).order_by(Attempt.number))]
    assert numbers == [1, 2]


def test_draft_is_kept_until_the_text_is_handed_in(
    visitor: Visitor, library: Library, session: Session
) -> None:
    address = re.sub(r"\d+$", "7", start(visitor, "c"))
    visitor.get(address)
    visitor.press(f"{address}/draft", {"text": "The embassy denied"})
    box = visitor.page.select_one("textarea")
    assert box is not None and box.get_text().strip() == "The embassy denied"
    visitor.post(address, with_key(visitor, {"text": ["The embassy denied"]}), code=422)
    assert "50 to 80 words" in text_of(visitor)
    visitor.press(address, with_key(visitor, right(task_at(library, visitor))))
    response = session.scalars(select(Response)).one()
    assert response.points is None and response.outcome == "kept"
    assert library.items["alleged-support/C7"].model in text_of(visitor)
    visitor.post(f"{address}/draft", {"text": "later", "csrf_token": _token(visitor)}, code=409)


def _token(visitor: Visitor) -> str:
    page = visitor.page
    visitor.get("/resume")
    token = visitor.token()
    visitor.page = page
    return token


def test_another_learners_attempt_is_404(app: Flask, visitor: Visitor) -> None:
    address = start(visitor)
    stranger = Visitor(app)
    stranger.get(address, code=404)
    start(stranger)
    stranger.get(address, code=404)
    stranger.get(re.sub(r"/\d+$", "", address), code=404)


def test_an_answer_to_a_revision_that_nobody_knows_is_kept_and_says_so(
    app: Flask, visitor: Visitor, library: Library, session: Session
) -> None:
    address = start(visitor)
    visitor.get(address)
    visitor.press(address, with_key(visitor, right(task_at(library, visitor))))
    response = session.scalars(select(Response)).one()
    session.add(Revision(id="0" * 16, item=response.item, source="[]", kept_at=datetime.now(UTC)))
    session.flush()
    response.revision, response.key_revision, response.units = "0" * 16, None, None
    session.commit()
    visitor.get(address)
    assert "mended after you answered" in text_of(visitor)
    visitor.get(re.sub(r"/\d+$", "", address))


def test_a_task_taken_away_is_said_and_the_way_leads_past_it(
    settings: Settings, library: Library, app: Flask, visitor: Visitor
) -> None:
    address = start(visitor, "b")
    gone = {f"{ARTICLE}/B1", library.exercises[f"{ARTICLE}/b"].steps[2].item}
    fewer = replace(library, items={id: item for id, item in library.items.items() if id not in gone})
    later = create_app(settings, fewer)
    visitor = visitor.twin(later)
    visitor.get(address, code=410)
    assert "taken away" in text_of(visitor)
    second = start(visitor, "b")
    assert second.endswith("/2")
    visitor.get(second)
    visitor.press(second, with_key(visitor, right(task_at(library, visitor))))
    assert next_address(visitor).endswith("/4")
    later.extensions["quiz_engine"].dispose()


def test_the_heads_up_stands_where_the_article_is_met_first(visitor: Visitor, library: Library) -> None:
    say = library.articles[ARTICLE].heads_up
    address, met = start(visitor, "short"), []
    while is_step(address):
        visitor.get(address)
        item = task_at(library, visitor)
        met.append((bool(item.article and item.show), say in text_of(visitor)))
        visitor.press(address, with_key(visitor, right(item)))
        address = next_address(visitor)
    assert [said for _shown, said in met].index(True) == [shown for shown, _said in met].index(True)
    assert sum(said for _shown, said in met) == 1
