"""What is retired goes on for those who have begun it, is listed nowhere, and its address leads on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from quiz.app import create_app
from quiz.core.library import Exercise, Library
from quiz.settings import Settings
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join
from tests.web.ways import ARTICLE, finish, start, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

KEY = f"{ARTICLE}/lesson-1"
ADDRESS = f"/learn/{KEY}"


@pytest.fixture
def later(settings: Settings, library: Library) -> Library:
    """The content of a later release: lesson 1 is retired, and lesson 2 is its successor."""
    return retired(library, successor=f"{ARTICLE}/lesson-2")


def retired(library: Library, *, successor: str = "") -> Library:
    lesson: Exercise = replace(library.exercises[KEY], retired=True, successor=successor)
    return replace(library, exercises={**library.exercises, KEY: lesson})


@pytest.fixture
def later_app(settings: Settings, later: Library) -> Iterator[Flask]:
    app = create_app(settings, later)
    yield app
    app.extensions["quiz_engine"].dispose()


def test_address_of_a_retired_exercise_leads_to_its_successor(later_app: Flask) -> None:
    answer = later_app.test_client().get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/learn/{ARTICLE}/lesson-2")


def test_address_of_a_retired_exercise_without_successor_leads_to_its_article(
    settings: Settings, library: Library
) -> None:
    app = create_app(settings, retired(library))
    answer = app.test_client().get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/learn/{ARTICLE}")
    app.extensions["quiz_engine"].dispose()


def test_start_posted_to_a_retired_exercise_begins_nothing(app: Flask, later_app: Flask) -> None:
    visitor = Visitor(app)
    visitor.get(ADDRESS)
    other = Visitor(later_app)
    other.page = visitor.page
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    other.client.set_cookie("session", cookie.value)
    assert other.post(ADDRESS).headers["Location"] == f"/learn/{ARTICLE}/lesson-2"


def test_who_has_begun_a_retired_exercise_goes_on_to_its_end(
    visitor: Visitor, later_app: Flask, later: Library
) -> None:
    step = start(visitor, "lesson-1")
    visitor = visitor.twin(later_app)
    visitor.get(ADDRESS)
    assert "lesson-2" not in (visitor.response.request.path if visitor.response else "")
    result = finish(visitor, later, step)
    visitor.get(result)
    assert later.exercises[KEY].title in text_of(visitor)


def test_retired_exercise_is_in_no_list(
    later_app: Flask, library: Library, teacher: Visitor, room: str
) -> None:
    title = library.exercises[KEY].title
    visitor = Visitor(later_app)
    for page in ("/", "/learn", f"/learn/{ARTICLE}"):
        visitor.get(page)
        assert title not in text_of(visitor)
    teacher = teacher.twin(later_app)
    for page in (f"{room}/assignments/new", f"/teach/articles/{ARTICLE}"):
        teacher.client.get(page)
    teacher.get(f"{room}/assignments/new")
    assert teacher.page.select_one(f"option[value='{KEY}']") is None


def test_class_that_was_given_a_retired_exercise_begins_and_finishes_it(
    app: Flask, later_app: Flask, later: Library, teacher: Visitor, room: str
) -> None:
    give(teacher, room, KEY)
    learner = join(app, code_of(teacher, room))
    learner = learner.twin(later_app)
    learner.get("/me")
    step = begin(learner, due(learner)[0])
    finish(learner, later, step)
    teacher.twin(later_app).get(f"{room}/results")


def test_retired_exercise_can_not_be_given(later_app: Flask, teacher: Visitor, room: str) -> None:
    teacher = teacher.twin(later_app)
    teacher.get(f"{room}/assignments/new")
    id = teacher.page.select_one("input[name=id]")
    assert id is not None
    fields = {"id": str(id["value"]), "exercise": KEY, "mode": "practice", "tries": "1"}
    teacher.post(f"{room}/assignments", fields, code=422)
