"""How often a request asks the database, and that a GET never writes."""

import re

import pytest
from flask import Flask

from quiz.core.library import Library
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class
from tests.web.watching import watched
from tests.web.ways import ARTICLE, finish, is_step, next_address, right, start, task_at, with_key

MOST = 6
MOST_OF_A_TASK = 3
MOST_OF_A_POLL = 1
MOST_OF_RESULTS = 12
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.mark.parametrize("exercise", ["short", "a", "b", "c"])
def test_at_most_six_statements_a_request_and_three_a_task(
    app: Flask, visitor: Visitor, library: Library, exercise: str
) -> None:
    """By somebody who isn't the first: the very first answer to an item also keeps how it is written."""
    first = Visitor(app, hurried=True)
    finish(first, library, start(first, exercise))
    visitor.get(f"/learn/{ARTICLE}/{exercise}")
    with watched(app) as statements:
        address = visitor.post(f"/learn/{ARTICLE}/{exercise}").headers["Location"]
    assert 0 < len(statements) <= MOST, statements
    while True:
        with watched(app) as statements:
            visitor.get(address)
        assert len(statements) <= MOST_OF_A_TASK and not any(one.startswith(WRITES) for one in statements)
        data = with_key(visitor, right(task_at(library, visitor)))
        with watched(app) as statements:
            visitor.post(address, data)
        assert 0 < len(statements) <= MOST, statements
        with watched(app) as statements:
            visitor.get(address)
        assert len(statements) <= MOST and not any(one.startswith(WRITES) for one in statements)
        address = next_address(visitor)
        if not is_step(address):
            break


def test_the_other_pages_of_a_learner(app: Flask, visitor: Visitor, library: Library) -> None:
    result = finish(visitor, library, start(visitor))
    finish(visitor, library, start(visitor, "b"))
    for path in (result, "/me", "/me/data.json", "/", "/learn", f"/learn/{ARTICLE}/a", "/resume"):
        with watched(app) as statements:
            visitor.client.get(path)
        assert len(statements) <= MOST, (path, statements)
        assert not any(one.startswith(WRITES) for one in statements)
    visitor.get("/me")
    with watched(app) as statements:
        visitor.press("/me/code")
    assert len(statements) <= MOST, statements
    code = re.search(r"\w{4}(-\w{4}){3}", visitor.page.get_text())
    other = Visitor(app)
    finish(other, library, start(other))
    other.get("/resume")
    with watched(app) as statements:
        other.post("/resume", {"code": code.group() if code else ""})
    assert len(statements) <= MOST + 1, "two learners become one: their cards, too"
    other.get("/me")
    with watched(app) as statements:
        other.post("/me/delete", {"sure": "yes"})
    assert len(statements) <= MOST, statements


def test_how_the_class_answered_takes_a_learner_no_more_statements_than_another_page(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    learner = join(app, code_of(teacher, room))
    step = begin(learner, due(learner)[0])
    learner.get(step)
    learner.press(step, with_key(learner, right(task_at(library, learner))))
    with watched(app) as statements:
        learner.get(f"{step}/class")
    assert 0 < len(statements) <= MOST, statements
    assert not any(one.startswith(WRITES) for one in statements)


def test_growth_beside_another_class_takes_at_most_twelve_statements(
    app: Flask, teacher: Visitor, room: str
) -> None:
    other = new_class(teacher, "9c")
    give(teacher, other, "bank/form-x")
    for here, beside in ((room, other), (other, room)):
        with watched(app) as statements:
            teacher.get(f"{here}/growth?beside={beside.rsplit('/', 1)[1]}")
        assert "Beside it" in teacher.page.get_text()
        assert 0 < len(statements) <= MOST_OF_RESULTS, statements
        assert not any(one.startswith(WRITES) for one in statements)


def test_an_unchanged_poll_asks_once(app: Flask, teacher: Visitor, room: str) -> None:
    address = f"{room}/results/glance"
    version = teacher.client.get(address).headers["ETag"]
    with watched(app) as statements:
        same = teacher.client.get(address, headers={"If-None-Match": version})
    assert same.status_code == 304
    assert len(statements) == MOST_OF_A_POLL, statements


def test_a_task_of_a_class_takes_at_most_three_statements_and_its_answer_six(
    app: Flask, teacher: Visitor, room: str, library: Library
) -> None:
    for _learner in range(2):  # The first also keeps how the item is written.
        learner = join(app, code_of(teacher, room))
        step = begin(learner, due(learner)[0])
        with watched(app) as task:
            learner.get(step)
        data = with_key(learner, right(task_at(library, learner)))
        with watched(app) as answer:
            learner.press(step, data)
    assert 0 < len(task) <= MOST_OF_A_TASK, task
    assert 0 < len(answer) <= MOST, answer
