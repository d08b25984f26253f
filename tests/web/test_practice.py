"""Spaced practice as a learner meets it, and the test that somebody takes alone."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.item import Case
from quiz.core.library import Library
from quiz.store.practice_tables import PracticeCard
from quiz.store.tables import Attempt
from tests.web.client import Visitor
from tests.web.room import code_of, give, join, new_class, new_teacher
from tests.web.test_statements import MOST
from tests.web.watching import watched
from tests.web.ways import finish, is_step, next_address, right, task_at, text_of, with_key, wrong

NOON = "2026-11-24 12:00 +0000"


def practise(visitor: Visitor) -> str:
    """Press Practise; the first step that is open."""
    visitor.get("/practice")
    return visitor.post("/practice").headers["Location"]


def one_wrong(visitor: Visitor, library: Library, address: str) -> Case:
    """Answer a step wrong; the case it was about."""
    visitor.get(address)
    item = task_at(library, visitor)
    visitor.press(address, with_key(visitor, wrong(item)))
    assert item.case is not None
    return item.case


def cards(session: Session) -> dict[str, PracticeCard]:
    """The cards that are kept, by case."""
    session.rollback()
    return {one.case: one for one in session.scalars(select(PracticeCard))}


def test_a_session_is_eight_statements_and_each_case_gets_its_card(
    visitor: Visitor, library: Library, session: Session
) -> None:
    visitor.get("/practice")
    assert "All ten are new" in text_of(visitor)
    result = finish(visitor, library, practise(visitor))
    visitor.get(result)
    assert "The next case is due on" in text_of(visitor)
    kept = cards(session)
    assert len(kept) == 8 and all(one.due_at - one.reviewed_at >= timedelta(days=2) for one in kept.values())
    visitor.get("/practice")
    assert "2 cases are due" in text_of(visitor)
    data = visitor.client.get("/me/data.json").get_json()
    assert {one["case"] for one in data["practice"]} == set(kept)


def test_a_wrong_answer_brings_the_rule_and_another_statement_of_its_case(
    visitor: Visitor, library: Library, session: Session
) -> None:
    address = practise(visitor)
    case = one_wrong(visitor, library, address)
    assert visitor.page.select_one(f".to-rule a[href='/guide#rule-{case.rule}']")
    assert "once more before you stop" in text_of(visitor)
    finish(visitor, library, next_address(visitor))
    tasks = [item for item, _part in session.scalars(select(Attempt)).one().tasks]
    assert len(tasks) == 9
    again = library.bank[tasks[-1]]
    assert again.case is case and tasks[-1] not in tasks[:-1]
    kept = cards(session)
    assert kept[case.value].due_at - kept[case.value].reviewed_at <= timedelta(days=1), "the first one counts"


def test_one_may_stop_at_any_step_and_go_on_the_same_day(visitor: Visitor, library: Library) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        address = practise(visitor)
        one_wrong(visitor, library, address)
        stop = visitor.page.select_one("a.stop")
        assert stop is not None
        visitor.get(str(stop["href"]))
        assert "So far you answered 1 of 9" in text_of(visitor)
        assert practise(visitor) == address[:-1] + "2"
        clock.shift(timedelta(hours=20))
        assert practise(visitor).rsplit("/", 1)[0] != address.rsplit("/", 1)[0], "another day"


def test_where_nothing_is_due_the_page_says_until_when_and_lets_one_practise(
    visitor: Visitor, library: Library
) -> None:
    finish(visitor, library, practise(visitor))
    finish(visitor, library, practise(visitor))
    visitor.get("/practice")
    assert "Nothing is due before" in text_of(visitor)
    assert is_step(practise(visitor))


def test_practice_is_no_exercise_to_give_or_to_start_elsewhere(
    app: Flask, engine: Engine, visitor: Visitor
) -> None:
    visitor.get("/learn/bank/practice", code=404)
    teacher = new_teacher(app, engine)
    room = new_class(teacher)
    with pytest.raises(AssertionError, match="422"):
        give(teacher, room, "bank/practice")


def test_an_answer_of_practice_asks_little_of_the_database(
    app: Flask, visitor: Visitor, library: Library
) -> None:
    address = practise(visitor)
    for answer, most in ((right, MOST + 2), (wrong, MOST + 3)):
        visitor.get(address)
        data = with_key(visitor, answer(task_at(library, visitor)))
        with watched(app) as statements:
            visitor.post(address, data)
        assert 0 < len(statements) <= most, statements
        address = address[:-1] + "2"


def test_cards_go_along_with_a_code_and_the_later_one_wins(
    app: Flask, library: Library, session: Session
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        here, there = Visitor(app), Visitor(app)
        here_case = one_wrong(here, library, practise(here))
        here.get("/me")
        here.press("/me/code")
        shown = here.page.select_one("#the-code")
        assert shown is not None
        clock.shift(timedelta(hours=1))
        finish(there, library, practise(there))
        later = {case: one.reviewed_at for case, one in cards(session).items()}
        there.get("/resume")
        there.press("/resume", {"code": shown.get_text()})
    kept = cards(session)
    assert set(kept) == {here_case.value} | set(later)
    assert all(kept[case].reviewed_at == max(later[case], kept[case].reviewed_at) for case in later)
    assert len({one.learner_id for one in kept.values()}) == 1


def test_form_x_comes_before_form_y_and_only_counts_are_told(visitor: Visitor, library: Library) -> None:
    finish(visitor, library, practise(visitor))
    visitor.get("/me")
    visitor.post("/me/test", {"form": "bank/form-y"}, code=409)
    assert "Form X comes first" in text_of(visitor)
    for form in ("bank/form-x", "bank/form-y"):
        visitor.get("/me")
        step = visitor.post("/me/test", {"form": form}).headers["Location"]
        visitor.get(step)
        visitor.press(step, with_key(visitor, wrong(task_at(library, visitor))))
        assert not visitor.page.select(".note, .stamp") and "kept" in text_of(visitor)
        visitor.get(finish(visitor, library, next_address(visitor)))
        assert "You have 15 of 16 statements right, and 4 of 4 pairs." in text_of(visitor)
        assert not visitor.page.select(".again, .mixed, .skills")
    visitor.get("/me")
    assert "Before 15 of 16, after 15: two answers can be luck." in text_of(visitor)
    visitor.post("/me/test", {"form": "bank/form-x"}, code=409)
    data = visitor.client.get("/me/data.json").get_json()
    forms = [one for one in data["attempts"] if one["exercise"].startswith("bank/form-")]
    assert forms and not any("outcome" in answer for one in forms for answer in one["responses"])


def test_who_sits_in_a_class_takes_the_test_there(app: Flask, engine: Engine) -> None:
    teacher = new_teacher(app, engine)
    learner = join(app, code_of(teacher, new_class(teacher)))
    learner.get("/me")
    assert not learner.page.select("#test")
    learner.post("/me/test", {"form": "bank/form-x"}, code=409)
    assert "You are in a class" in text_of(learner)


def test_who_has_practised_and_has_no_code_is_warned_before_leaving(
    visitor: Visitor, library: Library
) -> None:
    visitor.get("/me")
    assert visitor.page.select("#test"), "before one learns, the test is offered"
    finish(visitor, library, practise(visitor))
    visitor.get("/me")
    assert "You have no code yet" in text_of(visitor) and "Leave without a code" in text_of(visitor)


def test_an_answer_that_waited_for_days_moves_no_card_and_brings_nothing(
    visitor: Visitor, library: Library, session: Session
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        old = practise(visitor)
        clock.shift(timedelta(days=3))
        practise(visitor)
        one_wrong(visitor, library, old)
    assert cards(session) == {}
    assert sorted(len(one.tasks) for one in session.scalars(select(Attempt))) == [8, 8]


def test_how_sure_one_is_can_be_left_unasked(visitor: Visitor, library: Library) -> None:
    address = practise(visitor)
    visitor.get(address)
    assert visitor.page.select("input[name=confidence]")
    visitor.get("/me")
    visitor.press("/how-sure")
    visitor.get(address)
    assert not visitor.page.select("input[name=confidence]")


def test_after_twenty_answers_one_sees_what_being_sure_is_worth(visitor: Visitor, library: Library) -> None:
    said = 0
    for _session in range(3):
        address = practise(visitor)
        while is_step(address):
            visitor.get(address)
            item = task_at(library, visitor)
            sure = said % 2 == 0
            answer = right(item) if sure else wrong(item)
            level = ["sure" if sure else "guess"]
            visitor.press(address, with_key(visitor, answer) | {"confidence": level})
            said += 1
            address = next_address(visitor)
        visitor.get("/me")
        assert ("How sure, and how often right" in text_of(visitor)) is (said >= 20)
    assert "The surer you are, the more often it holds." in text_of(visitor)
