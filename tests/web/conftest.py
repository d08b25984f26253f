"""A teacher and a class that has worked, for tests of what comes of it."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from quiz.core.library import Library
from tests.web import standing
from tests.web.client import Visitor
from tests.web.room import new_teacher
from tests.web.standing import Standing


@pytest.fixture(scope="session")
def standing_room(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, library: Library
) -> Standing:
    """A class of six that has done section B."""
    path = tmp_path_factory.mktemp("standing") / "room.sqlite"
    shutil.copy(migrated_sqlite, path)
    return standing.build(path, library)


@pytest.fixture
def teacher(request: pytest.FixtureRequest, app: Flask, engine: Engine) -> Visitor:
    """A teacher who is signed in; the one of the class, where the test has one."""
    if "room" not in request.fixturenames:
        return new_teacher(app, engine)
    made: Standing = request.getfixturevalue("standing_room")
    made.put_into(engine)
    return made.teacher(app)


@pytest.fixture
def room(teacher: Visitor, standing_room: Standing) -> str:
    """The address of a class of six that has done section B."""
    return standing_room.room
