"""A world with everything in it that can be kept of somebody, and looking for traces of it in any column."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import ColumnElement, Engine, MetaData, select
from sqlalchemy.orm import Session

from quiz.core.item import Item
from quiz.core.library import Library
from quiz.services import remarking
from quiz.store.engine import WRITES
from quiz.store.remark_tables import OldMark, TakenOut
from quiz.store.tables import Assignment, Attempt, Classroom, Invitation, Learner, Response, Seat
from tests.web.client import Visitor
from tests.web.room import begin, code_of, digits_of, due, give, join, new_class, new_teacher, seats_of
from tests.web.ways import ARTICLE, right, start, task_at, with_key

OTHER = "lendal-otters/mini"
CLASS, NAME = "Quillfeather 9", "Zenobia"
OWN_DRAFT, CLASS_DRAFT = "an own drafty thought", "a drafty thought in class"
OWN_TEXT, CLASS_TEXT = "owntext", "classtext"
READING = "In class I read it otherwise."
COMMENT, NOTE = "Keep the hedges, writer.", "For you alone, quietly."

Traces = dict[str, str]
"""What to look for, by what it is."""


@dataclass(frozen=True, kw_only=True)
class World:
    """Somebody who practises alone and sits in a class, their teacher, and what to look for of each."""

    engine: Engine
    teacher: Visitor
    learner: Visitor
    room: str
    seat: str
    own: Traces
    seats: Traces
    classroom: Traces

    def found(self, traces: Traces) -> set[str]:
        """Which of these traces stand in any column of any table."""
        everything = contents(self.engine)
        return {what for what, trace in traces.items() if trace in everything}


def contents(engine: Engine) -> str:
    """All that stands in all columns of all tables, in one string; ids without hyphens."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [row for table in tables.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(_written(value) for row in rows for value in row)


def _written(value: object) -> str:
    if isinstance(value, UUID):
        return value.hex
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def build(app: Flask, engine: Engine, library: Library) -> World:
    """Make it by the pages alone, as people do; only the key of an item is mended by the service."""
    teacher, learner = new_teacher(app, engine), Visitor(app, hurried=True)
    teacher.hurried = True
    _practise_alone(learner, library)
    room = new_class(teacher, CLASS, naming="chosen")
    task = _work_in_class(app, teacher, learner, room, library)
    seat = seats_of(teacher, room)[NAME]
    _say_of_it(teacher, room, seat, task)
    _mend(engine, library, library.items["alleged-support/B1"])
    with Session(engine) as session:
        return World(
            engine=engine,
            teacher=teacher,
            learner=learner,
            room=room,
            seat=seat,
            own=_own(session),
            seats=_of_seat(session),
            classroom=_of_class(session),
        )


def _practise_alone(learner: Visitor, library: Library) -> None:
    step = start(learner, "b")
    learner.get(step)
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    step = re.sub(r"\d+$", "7", start(learner, "c"))
    _write(learner, step, OWN_TEXT)
    _draft(learner, start(learner, *reversed(OTHER.split("/"))), OWN_DRAFT, library)
    learner.get("/practice")
    address = learner.post("/practice").headers["Location"]
    learner.get(address)
    learner.press(address, with_key(learner, right(task_at(library, learner))))
    learner.get("/me")
    learner.press("/me/code")


def _work_in_class(app: Flask, teacher: Visitor, learner: Visitor, room: str, library: Library) -> str:
    """Do what all are given, and what one is given quietly; the id of the task with a text."""
    give(teacher, room)
    code = code_of(teacher, room)
    join(app, code, NAME, learner)
    _answer_with_reading(learner, library, begin(learner, due(learner)[0]))
    task = give(teacher, room, f"{ARTICLE}/c").rsplit("/", 1)[1]
    _write(learner, re.sub(r"\d+$", "7", begin(learner, _to_do(learner, task))), CLASS_TEXT)
    seat = seats_of(teacher, room)[NAME].rsplit("/", 1)[1]
    quiet = give(teacher, room, OTHER, seat=seat, note=NOTE).rsplit("/", 1)[1]
    _draft(learner, begin(learner, _to_do(learner, quiet)), CLASS_DRAFT, library)
    return task


def _to_do(learner: Visitor, task: str) -> str:
    return next(one for one in due(learner) if task in one)


def _answer_with_reading(learner: Visitor, library: Library, step: str) -> None:
    learner.get(step)
    learner.press(step, with_key(learner, right(library.items["alleged-support/B1"])))
    learner.press(f"{step}/reading", {"unit": "s6", "reason-s6": READING})


def _write(learner: Visitor, step: str, word: str) -> None:
    learner.get(step)
    learner.press(step, with_key(learner, {"text": [" ".join([word] * 60)]}))


def _draft(learner: Visitor, first: str, text: str, library: Library) -> None:
    """Leave a draft at the first text of an exercise."""
    for step in range(1, 20):
        address = re.sub(r"\d+$", str(step), first)
        learner.get(address)
        if task_at(library, learner).format.name == "text":
            learner.press(f"{address}/draft", {"text": text})
            return
    raise AssertionError("this exercise has no text")


def _say_of_it(teacher: Visitor, room: str, seat: str, task: str) -> None:
    """The teacher marks the text, takes a claim out, gives time and digits, and makes a link."""
    teacher.get(seat)
    teacher.press(f"{seat}/extra", {"minutes": "5"})
    digits_of(teacher, seat)
    for to in ("out", "back"):
        teacher.post(f"{room}/claims", {"scope": ARTICLE, "unit": "c1", "to": to})
    teacher.get(room)
    teacher.press(f"{room}/link")
    teacher.get(f"{room}/texts?task={task}")
    shown = teacher.page.select_one("input[name=text]")
    assert shown is not None
    levels = {str(one["name"]): "1" for one in teacher.page.select("[name^=level-]")}
    said = {"text": str(shown["value"]), "task": task, "comment": COMMENT}
    teacher.press(f"{room}/texts", said | levels)


def _mend(engine: Engine, library: Library, item: Item) -> None:
    """Every answer to an item is marked again, so that old marks are kept."""
    mended = replace(item, revision="mended", key_revision="mended")
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        found = remarking.dry_run(session, mended, library.articles)
        remarking.apply(session, mended, found, never_lower=False, new_id=uuid4, now=datetime.now(UTC))


def _own(session: Session) -> Traces:
    (learner,) = session.scalars(select(Learner))
    assert learner.birth and learner.code_hash
    known = {"learner": learner.id.hex, "birth": learner.birth, "code": learner.code_hash}
    texts = {"text": OWN_TEXT, "draft": OWN_DRAFT}
    return known | texts | _of_attempts(session, Attempt.learner_id == learner.id)


def _of_seat(session: Session) -> Traces:
    (seat,) = session.scalars(select(Seat))
    assert seat.pass_hash
    known = {"seat": seat.id.hex, "name": NAME, "folded name": seat.name_key, "digits": seat.pass_hash}
    texts = {"text": CLASS_TEXT, "draft": CLASS_DRAFT, "reading": READING, "comment": COMMENT}
    quiet = {"task for them": _ids(session, Assignment, Assignment.seat_id == seat.id)[0], "note": NOTE}
    return known | texts | quiet | _of_attempts(session, Attempt.seat_id == seat.id)


def _of_class(session: Session) -> Traces:
    (room,) = session.scalars(select(Classroom))
    (link,) = session.scalars(select(Invitation.token_hash))
    known = {"class": room.id.hex, "its name": CLASS, "its code": room.code, "link": link}
    tasks = _ids(session, Assignment, Assignment.seat_id.is_(None))
    logs = _ids(session, TakenOut)
    return known | {f"task {id}": id for id in tasks} | {f"log {id}": id for id in logs}


def _of_attempts(session: Session, whose: ColumnElement[bool]) -> Traces:
    """The ids of attempts, answers and old marks, and the submit keys."""
    answers = session.scalars(select(Response).join(Attempt).where(whose)).all()
    mine = OldMark.response_id.in_([one.id for one in answers])
    ids = [*_ids(session, Attempt, whose), *(one.id.hex for one in answers), *_ids(session, OldMark, mine)]
    return {f"id {one}": one for one in ids} | {f"key {one.submit_key}": one.submit_key for one in answers}


def _ids(session: Session, table: Any, *which: ColumnElement[bool]) -> list[str]:
    found = [one.hex for one in session.scalars(select(table.id).where(*which))]
    assert found, f"nothing of {table.__tablename__} in this world"
    return found
