"""Filling a database as schools would, and the requests that its people send."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from bench.hammer import Ask
from quiz.core.library import Library
from quiz.store.engine import WRITES
from quiz.store.tables import Attempt, Learner, Response, Revision
from tests.web.client import Visitor
from tests.web.room import begin, code_of, due, give, join, new_class, new_teacher
from tests.web.ways import right, start
from tests.web.working import past_the_full_stop, work

EXERCISE = "b"
STEPS_EACH = 100
AT_ONCE = 20_000
CLASS = 30


@dataclass(frozen=True)
class Hand:
    """A learner in the middle of an exercise."""

    cookie: str
    token: str
    attempt: str
    tasks: tuple[str, ...]

    def item(self) -> Ask:
        """Open the first task."""
        return Ask.get(f"{self.attempt}/1", self.cookie)

    def result(self) -> Ask:
        """Open the result."""
        return Ask.get(self.attempt, self.cookie)

    def answers(self, library: Library) -> Iterator[Ask]:
        """Answer each task, rightly."""
        for step, name in enumerate(self.tasks, 1):
            item = library.task(name)
            if item is not None:
                fields = {name: list(values) for name, values in right(item).items()}
                hidden = {"csrf_token": [self.token], "submit_key": [uuid4().hex]}
                yield Ask.post(f"{self.attempt}/{step}", self.cookie, fields | hidden)


@dataclass(frozen=True)
class Room:
    """A class of 30 that has done section B, and its teacher."""

    address: str
    cookie: str

    def page(self, name: str) -> Ask:
        """Open one of its pages."""
        return Ask.get(f"{self.address}/{name}", self.cookie)


def cookie_of(visitor: Visitor) -> str:
    """The session cookie as a header holds it."""
    cookie = visitor.client.get_cookie("session")
    return f"session={cookie.value}" if cookie else ""


def hands(app: Flask, engine: Engine, count: int) -> list[Hand]:
    """So many learners who have just pressed Start."""
    found = []
    for _ in range(count):
        visitor = Visitor(app, hurried=True)
        attempt = start(visitor, EXERCISE).rpartition("/")[0]
        found.append((visitor, attempt))
    with Session(engine) as session:
        rows = session.execute(select(Attempt.id, Attempt.tasks))
        tasks = {str(row.id): tuple(task for task, _part in row.tasks) for row in rows}
    return [
        Hand(cookie_of(visitor), visitor.token(), attempt, tasks[attempt.rpartition("/")[2]])
        for visitor, attempt in found
    ]


def room(app: Flask, engine: Engine, library: Library) -> Room:
    """A class that has worked."""
    teacher = new_teacher(app, engine)
    address = new_class(teacher)
    give(teacher, address)
    code = code_of(teacher, address)
    for number in range(CLASS):
        learner = Visitor(app, hurried=True)
        join(app, code, visitor=learner)
        work(learner, library, begin(learner, due(learner)[0]), number, past_the_full_stop)
    return Room(address, cookie_of(teacher))


def others(engine: Engine, answers: int) -> None:
    """So many answers of people who have nothing to do with the class, a hundred to a learner."""
    now = datetime.now(UTC)
    people: list[tuple[UUID, UUID]] = [(uuid4(), uuid4()) for _ in range(max(1, answers // STEPS_EACH))]
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        revision = "0" * 16
        if connection.scalar(select(Revision.id).where(Revision.id == revision)) is None:
            kept = {"id": revision, "item": "alleged-support/B1", "source": json.dumps({}), "kept_at": now}
            connection.execute(insert(Revision), kept)
        made = [{"id": one, "epoch": 0, "created_at": now} for one, _ in people]
        connection.execute(insert(Learner), made)
        tasks = [["alleged-support/B1", ""]] * STEPS_EACH
        begun = {"exercise": "alleged-support/b", "number": 1, "tasks": tasks, "started_at": now}
        connection.execute(insert(Attempt), [{"id": at, "learner_id": one, **begun} for one, at in people])
    answer = {
        "item": "alleged-support/B1", "revision": revision, "key_revision": revision,
        "text_revision": revision, "units": [], "answer": {"mark": ["s1", "s4"]}, "outcome": "partly",
        "points_num": 1, "points_den": 2, "hits": 2, "keys": 4, "false_marks": 0, "noise": 10,
        "scheme": "spot/1", "submit_key": "k", "late": False, "answered_at": now,
    }  # fmt: skip
    steps = ((at, step) for _, at in people for step in range(1, STEPS_EACH + 1))
    while some := list(islice(steps, AT_ONCE)):
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            rows = [{"id": uuid4(), "attempt_id": at, "step": step, **answer} for at, step in some]
            connection.execute(insert(Response), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
