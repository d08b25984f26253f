"""A class of six that has worked, made once by a worker and put into each test's own database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select

from quiz.app import create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.engine import WRITES
from quiz.store.tables import Base
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher
from tests.web.working import LEARNERS, past_the_full_stop, work

SECRET = "k" * 40


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The rows of a class of six, its address, and the cookie of its teacher."""

    rows: Mapping[str, Sequence[dict[str, Any]]]
    room: str
    cookie: str

    def put_into(self, engine: Engine) -> None:
        """Put all rows into an empty database."""
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            for table in Base.metadata.sorted_tables:
                if self.rows[table.name]:
                    connection.execute(table.insert(), list(self.rows[table.name]))

    def teacher(self, app: Flask) -> Visitor:
        """The teacher of the class, signed in."""
        visitor = Visitor(app)
        visitor.client.set_cookie("session", self.cookie)
        visitor.get("/teach")
        return visitor


def build(path: Path, library: Library) -> Standing:
    """A class of six that has done section B, in the migrated SQLite file at `path`."""
    settings = Settings.from_environment({"DATABASE_URL": f"sqlite:///{path}", "SECRET_KEY": SECRET})
    app = create_app(settings, library)
    engine: Engine = app.extensions["quiz_engine"]
    teacher = new_teacher(app, engine)
    room = new_class(teacher)
    give(teacher, room)
    code = code_of(teacher, room)
    for number in range(LEARNERS):
        learner = join(app, code)
        work(learner, library, begin(learner, due(learner)[0]), number, past_the_full_stop)
    cookie = teacher.client.get_cookie("session")
    assert cookie is not None
    with engine.connect() as connection:
        rows = {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return Standing(rows=rows, room=room, cookie=cookie.value)
