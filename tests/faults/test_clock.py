"""The clock jumps, back and forth: no answer is refused or lost for it, and rights end all the same."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.core.library import Library
from quiz.store.tables import Response
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher
from tests.web.ways import is_step, next_address, right, start, task_at, with_key

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
JUMPS = [timedelta(0), timedelta(days=-2), timedelta(days=3), timedelta(hours=-1), timedelta(days=200)]


def answer_all(visitor: Visitor, library: Library, address: str) -> int:
    """Answer each task at another time, in no order."""
    count = 0
    while is_step(address):
        with time_machine.travel(NOW + JUMPS[count % len(JUMPS)], tick=False):
            visitor.get(address)
            visitor.press(address, with_key(visitor, right(task_at(library, visitor))))
            address = next_address(visitor)
            count += 1
    return count


@pytest.mark.parametrize("exercise", ["a", "b", "short"])
def test_answers_are_taken_whatever_the_clock_says(
    visitor: Visitor, session: Session, library: Library, exercise: str
) -> None:
    count = answer_all(visitor, library, start(visitor, exercise))
    answers = session.scalars(select(Response).order_by(Response.step)).all()
    assert [one.step for one in answers] == list(range(1, count + 1))
    assert all(one.points in {1, None} for one in answers)
    for address in ("/me", "/practice", "/learn"):
        visitor.get(address)


def test_practice_goes_on_from_before_its_last_review(
    visitor: Visitor, session: Session, library: Library
) -> None:
    count = 0
    for jump in JUMPS:
        with time_machine.travel(NOW + jump, tick=False):
            visitor.get("/practice")
            if visitor.page.select_one("main form[action='/practice']") is None:
                continue
            address = visitor.post("/practice").headers["Location"]
        count += answer_all(visitor, library, address)
    assert len(session.scalars(select(Response)).all()) == count > len(JUMPS)


def test_a_class_works_on_while_the_clock_steps_back(app: Flask, engine: Engine, library: Library) -> None:
    with time_machine.travel(NOW, tick=False):
        teacher = new_teacher(app, engine)
        room = new_class(teacher)
        give(teacher, room)
        learner = join(app, code_of(teacher, room))
        address = begin(learner, due(learner)[0])
    with time_machine.travel(NOW - timedelta(minutes=5), tick=False):
        learner.get(address)
        learner.press(address, with_key(learner, right(task_at(library, learner))))
        teacher.get(room)


def test_a_teachers_rights_end_after_idle_hours_though_the_clock_was_ahead(
    app: Flask, engine: Engine
) -> None:
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        teacher = new_teacher(app, engine)
    with time_machine.travel(NOW, tick=False):
        teacher.get("/teach")
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        assert "/teach/sign-in" in teacher.client.get("/teach").headers["Location"]
