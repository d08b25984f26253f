"""The front page: a sentence to try, and three ways in."""

from flask import Flask
from sqlalchemy import Engine

from tests.web.client import Visitor
from tests.web.room import code_of, new_class, new_teacher
from tests.web.ways import is_step, text_of


def test_what_was_tried_is_shown_on_the_words_and_leads_on_to_the_article(visitor: Visitor) -> None:
    quiet = visitor.get("/")
    assert not quiet.select(".judged, .note")
    for answer, mark in (("sourced", "found"), ("hinted", "missed"), ("own-voice", "missed")):
        visitor.post("/", {"answer": answer})
        page = visitor.get(f"/?try={answer}")
        (words,) = page.select(".try .judged")
        assert (
            words.get_text() == "a spokesperson for the town’s roads office said." and mark in words["class"]
        )
    (onward,) = visitor.page.select("#try .told form")
    assert is_step(visitor.post(str(onward["action"])).headers["Location"])
    visitor.post("/", {"answer": "nobody"}, code=422)
    assert "Press one of the answers." in text_of(visitor)


def test_a_class_code_typed_on_the_front_page_leads_into_the_class(app: Flask, engine: Engine) -> None:
    teacher = new_teacher(app, engine)
    room = new_class(teacher, "7b")
    visitor = Visitor(app)
    form = next(one for one in visitor.get("/").select("form") if one.select_one("input[name=code]"))
    visitor.press(str(form["action"]), {"code": code_of(teacher, room).lower()})
    assert "7b" in text_of(visitor)
    visitor.get("/")
    visitor.post(str(form["action"]), {"code": "nothing"}, code=422)
    assert "No class has this code" in text_of(visitor)


def test_only_who_teaches_is_told_that_trying_counts_nowhere(
    app: Flask, engine: Engine, visitor: Visitor
) -> None:
    page = "/learn/alleged-support/b"
    teacher = new_teacher(app, engine)
    teacher.get(page)
    visitor.get(page)
    assert "counts in none of your classes" in text_of(teacher)
    assert "counts in none of your classes" not in text_of(visitor)
