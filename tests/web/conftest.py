"""A teacher and a class that has worked, for tests of what comes of it."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from quiz.core.library import Library
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher
from tests.web.working import LEARNERS, past_the_full_stop, work


@pytest.fixture
def teacher(app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in."""
    return new_teacher(app, engine)


@pytest.fixture
def room(app: Flask, teacher: Visitor, library: Library) -> str:
    """A class of six that has done section B."""
    room = new_class(teacher)
    give(teacher, room)
    code = code_of(teacher, room)
    for number in range(LEARNERS):
        learner = join(app, code)
        work(learner, library, begin(learner, due(learner)[0]), number, past_the_full_stop)
    return room
