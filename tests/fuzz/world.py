"""Two classes in the middle of their work, and the people who send odd things."""

import re
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine

from quiz.core import codes
from quiz.core.library import Library
from tests.fuzz import rows
from tests.fuzz.rows import Key, Rows
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, link, new_class, new_teacher, seats_of
from tests.web.ways import right, start, task_at, with_key

SECRET = "for-a-teacher"
"""Of a link that everybody here holds, and so may use up."""
TEXT_STEP = "7"
"""The step of section C at which a text is written."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who asks: their cookie, the token of their page, and the ids that are theirs."""

    name: str
    cookie: str
    token: str
    owns: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class World:
    """An app with people in it. `names`: what an address can name, by the name of its part."""

    app: Flask
    engine: Engine
    people: tuple[Person, ...]
    names: dict[str, list[str]]
    rows: Rows

    def fitting(self, endpoint: str) -> list[Person]:
        """Whoever may do something at an endpoint first, and most often; then the others."""
        name = "teacher" if endpoint.startswith(("teach.", "polls.")) else "learner"
        first = [one for one in self.people if one.name == name]
        return first * 4 + [one for one in self.people if one.name != name]

    def foreign(self, person: Person) -> set[Key]:
        """The rows that a person must never change."""
        return self.rows.keys() - rows.belonging_to(self.rows, person.owns)


def build(app: Flask, engine: Engine, library: Library) -> World:
    """A visitor, a learner in the middle of attempts, a teacher of theirs; and others, who sit still."""
    teacher, other_teacher = new_teacher(app, engine), new_teacher(app, engine, "Mr Orde")
    room, other_room = new_class(teacher), new_class(other_teacher, "7a")
    code, other_code = code_of(teacher, room), code_of(other_teacher, other_room)
    learner, classmate, stranger = join(app, code), join(app, code), join(app, other_code)
    given = [give(teacher, room), give(teacher, room, "alleged-support/c"), give(other_teacher, other_room)]
    steps = [_answered(one, library) for one in (learner, classmate, stranger)] + [_written(learner)]
    steps += [start(learner, "c"), start(classmate, "a"), start(Visitor(app), "b")]
    seats = [*seats_of(teacher, room).values(), *seats_of(other_teacher, other_room).values()]
    visitor, there = Visitor(app), rows.read(engine)
    return World(
        app=app,
        engine=engine,
        people=tuple(
            _person(app, there, name, one)
            for name, one in (("visitor", visitor), ("learner", learner), ("teacher", teacher))
        ),
        names={
            "attempt": [one.split("/")[-2] for one in steps],
            "step": ["1", "2", TEXT_STEP],
            "classroom": [_last(room), _last(other_room)],
            "assignment": [_last(one) for one in given],
            "seat": [_last(one) for one in seats],
            "code": [code, other_code],
            "secret": [_last(link(engine, SECRET))],
            "article": ["alleged-support", "bank"],
            "exercise": ["a", "b", "c", "lesson-1", "form-x"],
            "item": ["B1", "B2", "n31"],
        },
        rows=rows.read(engine),
    )


def _last(address: str) -> str:
    return address.rsplit("/", 1)[1]


def _answered(learner: Visitor, library: Library) -> str:
    """The second step of the assignment, the first being answered."""
    step = begin(learner, next(one for one in reversed(due(learner))))
    learner.get(step)
    learner.press(step, with_key(learner, right(task_at(library, learner))))
    return re.sub(r"\d+$", "2", step)


def _written(learner: Visitor) -> str:
    """The step at which a text was handed in."""
    step = re.sub(r"\d+$", TEXT_STEP, begin(learner, due(learner)[0]))
    learner.get(step)
    learner.press(step, with_key(learner, {"text": ["too short"], "hand_in": ["yes"]}))
    return step


def _person(app: Flask, there: Rows, name: str, visitor: Visitor) -> Person:
    visitor.get("/resume")
    cookie = visitor.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    owns = {codes.digest(SECRET, "invitation"), *_ids(app, cookie.value)}
    for key in there:
        if key[0] == "sits" and key[2] in owns:
            owns.add(key[1])
        if key[0] == "teaches" and key[1] in owns:
            owns.add(key[2])
    return Person(name=name, cookie=cookie.value, token=visitor.token(), owns=frozenset(owns))


def _ids(app: Flask, cookie: str) -> set[str]:
    """Who a cookie is about."""
    assert isinstance(app.session_interface, SecureCookieSessionInterface)
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    carried = serializer.loads(cookie)
    return {str(UUID(carried[one][0])) for one in ("learner", "teacher") if one in carried}
