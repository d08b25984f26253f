"""What a learner can do about what is kept."""

import json
import re

from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Attempt, Base, Draft, Learner, Response, Revision
from tests.web.client import Visitor
from tests.web.room import code_of, join, new_class, new_teacher
from tests.web.ways import finish, right, start, task_at, text_of, with_key


def make_code(visitor: Visitor) -> str:
    visitor.get("/me")
    visitor.press("/me/code")
    found = re.search(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", text_of(visitor))
    assert found
    return found.group()


def answer_one(visitor: Visitor, library: Library, exercise: str = "a") -> str:
    address = start(visitor, exercise)
    visitor.get(address)
    visitor.press(address, with_key(visitor, right(task_at(library, visitor))))
    return address


def count(session: Session, table: type[Base]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_me_shows_every_attempt(visitor: Visitor, library: Library) -> None:
    answer_one(visitor, library)
    page = visitor.get("/me")
    assert "Stated source or not" in text_of(visitor)
    assert page.select("a[href*='/learn/attempts/']")


def test_the_download_holds_every_answer(visitor: Visitor, library: Library, session: Session) -> None:
    finish(visitor, library, start(visitor, "b"))
    address = re.sub(r"\d+$", "7", start(visitor, "c"))
    visitor.get(address)
    visitor.press(f"{address}/draft", {"text": "half a thought"})
    response = visitor.client.get("/me/data.json")
    assert response.mimetype == "application/json"
    data = json.loads(response.get_data(as_text=True))
    kept = {one.submit_key for one in session.scalars(select(Response))}
    assert {one["submit_key"] for attempt in data["attempts"] for one in attempt["responses"]} == kept
    assert len(kept) == 7
    assert "half a thought" in response.get_data(as_text=True)


def test_a_code_brings_the_work_back_on_another_device(
    app: Flask, visitor: Visitor, library: Library
) -> None:
    address = answer_one(visitor, library)
    code = make_code(visitor)
    other = Visitor(app)
    other.get("/resume")
    other.press("/resume", {"code": f"  {code.lower().replace('-', ' ')} "})
    other.get(address)
    assert start(other) == re.sub(r"\d+$", "2", address)


def test_a_code_leads_back_to_the_step_one_came_from_and_to_no_other_page(
    app: Flask, visitor: Visitor, library: Library
) -> None:
    step = start(visitor)
    code = make_code(visitor)
    named = step.removeprefix("/learn/attempts/")
    for back, leads_to in (
        (named, step),
        ("", "/me"),
        ("//evil.example/1", "/me"),
        ("https://evil.example", "/me"),
        (f"{named}/../../me", "/me"),
    ):
        other = Visitor(app)
        field = other.get(f"/resume?back={back}").select_one("input[name=back]")
        typed = {"code": code, "back": str(field["value"]) if field else back}
        assert other.post("/resume", typed).headers["Location"] == leads_to


def test_after_one_sitting_nothing_is_held_beside_what_came_first(visitor: Visitor, library: Library) -> None:
    for exercise in ("b", "c"):
        finish(visitor, library, start(visitor, exercise))
    visitor.get("/me")
    said = text_of(visitor)
    assert "Read as the text has it" in said and "at first" not in said and "lately" not in said


def test_only_the_hash_of_a_code_is_kept_and_a_new_one_replaces_it(
    app: Flask, visitor: Visitor, library: Library, session: Session
) -> None:
    answer_one(visitor, library)
    old = make_code(visitor)
    learner = session.scalars(select(Learner)).one()
    assert (
        learner.code_hash and old not in learner.code_hash and old.replace("-", "") not in learner.code_hash
    )
    make_code(visitor)
    other = Visitor(app)
    other.get("/resume")
    other.post("/resume", {"code": old}, code=422)
    assert "No work is kept under this code" in text_of(other)


def test_coming_back_hands_over_what_was_done_here(
    app: Flask, visitor: Visitor, library: Library, session: Session
) -> None:
    answer_one(visitor, library)
    code = make_code(visitor)
    other = Visitor(app)
    answer_one(other, library)
    answer_one(other, library, "b")
    other.get("/resume")
    other.press("/resume", {"code": code})
    assert count(session, Learner) == 1
    attempts = session.scalars(select(Attempt).order_by(Attempt.exercise, Attempt.number)).all()
    assert [(one.exercise[-1], one.number) for one in attempts] == [("a", 1), ("a", 2), ("b", 1)]
    visitor.get("/me")
    assert len(visitor.page.select("a[href*='/learn/attempts/']")) >= 3


def test_a_code_that_cannot_be_one_is_422(visitor: Visitor) -> None:
    for typed in ("", "short", "7K3M-Q2RD-9TVA-C4XU", "x" * 61, "a\x00b", "7K3M-Q2RD-9TVA-C4XE"):
        visitor.get("/resume")
        visitor.post("/resume", {"code": typed}, code=422)


def test_guessing_codes_is_slowed_down_and_right_ones_are_not(
    app: Flask, visitor: Visitor, library: Library
) -> None:
    answer_one(visitor, library)
    code = make_code(visitor)
    for _ in range(12):
        other = Visitor(app)
        other.get("/resume")
        other.press("/resume", {"code": code})
    guesser = Visitor(app)
    guesser.get("/resume")
    codes = [
        guesser.client.post("/resume", data={"code": "7K3M-Q2RD-9TVA-C4XE", "csrf_token": guesser.token()})
        for _ in range(32)
    ]
    assert [one.status_code for one in codes] == [422] * 30 + [429] * 2
    guesser.press("/resume", {"code": code})


def test_leaving_a_device_keeps_the_work_and_forgets_the_learner(
    visitor: Visitor, library: Library, session: Session
) -> None:
    address = answer_one(visitor, library)
    visitor.get("/me")
    visitor.press("/me/leave")
    visitor.get(address, code=404)
    assert count(session, Response) == 1


def test_deleting_leaves_nothing(visitor: Visitor, library: Library, session: Session) -> None:
    address = answer_one(visitor, library)
    draft = re.sub(r"\d+$", "7", start(visitor, "c"))
    visitor.get(draft)
    visitor.press(f"{draft}/draft", {"text": "a draft"})
    visitor.get("/me")
    visitor.post("/me/delete", code=422)
    assert count(session, Learner) == 1
    visitor.press("/me/delete", {"sure": "yes"})
    for table in (Learner, Attempt, Response, Draft):
        assert count(session, table) == 0
    revision = session.scalars(select(Revision)).one()
    assert revision.item == "alleged-support/A1"
    visitor.get(address, code=404)


def test_an_old_epoch_is_nobody(visitor: Visitor, library: Library, session: Session) -> None:
    address = answer_one(visitor, library)
    session.scalars(select(Learner)).one().epoch += 1
    session.commit()
    visitor.get(address, code=404)


def test_work_that_may_be_somebody_elses_is_asked_about_before_it_is_put_together(
    app: Flask, engine: Engine, library: Library, session: Session
) -> None:
    teacher = new_teacher(app, engine)
    mine, device = Visitor(app), join(app, code_of(teacher, new_class(teacher)))
    answer_one(mine, library)
    code = make_code(mine)
    answer_one(device, library, "b")
    for said, attempts in (("no", 1), ("yes", 2)):
        twin = device.twin(app)
        twin.get("/resume")
        twin.post("/resume", {"code": code}, code=409)
        assert "Is the work on this device yours?" in text_of(twin)
        twin.press("/resume", {"code": code, "mine": said})
        assert len(twin.page.select("a[href*='/learn/attempts/']")) == attempts
        assert bool(twin.page.select(".class-work")) == (said == "yes")
    assert count(session, Learner) == 1
