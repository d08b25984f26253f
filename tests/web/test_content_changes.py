"""Whatever becomes of the content, the figures of answers that were given before stay the same.

The demo class is filled once. Then the content changes in one way after the other, and every number on
every page of a teacher and of learners is compared with what it was.
"""

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from pydantic.fields import FieldInfo
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.app import ROOT, create_app
from quiz.content import items
from quiz.content.load import load
from quiz.content.schema import Strict
from quiz.core.formats import AnyFormat
from quiz.core.formats.registry import FORMATS
from quiz.core.formats.spot import Spot, SpotAnswer
from quiz.core.library import Library
from quiz.core.mark import Mark, Outcome
from quiz.services import demo
from quiz.settings import Settings
from quiz.store.engine import WRITES, connect
from quiz.store.tables import Assignment, Attempt, Response, Seat, sits
from tests.store.figures import figures
from tests.web.client import Visitor
from tests.web.ways import text_of

NOW = datetime.now(UTC)
B1 = "alleged-support/items/B1.toml"
ITEM = "alleged-support/B1"
"""The item that changes, and that the learner whose pages are opened has answered."""
THE_SCHEME = "(spot/1)"
SINCE = {
    "wording": "This task was reworded after you answered",
    "key": "The right answer was changed after you answered",
    "scheme": f"scored in an earlier way {THE_SCHEME}",
}
"""What the feedback on an answer says of a change."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, library: Library) -> Path:
    """The demo class."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copy(migrated_sqlite, path)
    engine = connect(f"sqlite:///{path}")
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        demo.fill(session, library, seed=28, now=NOW)
    engine.dispose()
    return path


@contextmanager
def served(path: Path, library: Library) -> Iterator[Flask]:
    settings = Settings.from_environment({"DATABASE_URL": f"sqlite:///{path}", "SECRET_KEY": "k" * 40})
    app = create_app(settings, library)
    yield app
    app.extensions["quiz_engine"].dispose()


def seen(app: Flask, library: Library) -> dict[str, Any]:
    """Every number that pages show, by page, and the figures behind them."""
    with Session(app.extensions["quiz_engine"]) as session:
        found: dict[str, Any] = figures(session, library, NOW)
        (room,) = set(session.scalars(select(Assignment.classroom_id)))
        tasks = session.scalars(select(Assignment.id).order_by(Assignment.opens_at)).all()
        answered = select(Attempt.seat_id).join(Response).where(Response.item == ITEM)
        seat = session.scalars(select(Seat.id).where(Seat.id.in_(answered)).order_by(Seat.name)).first()
        learner = session.scalars(select(sits.c.learner_id).where(sits.c.seat_id == seat)).one()
        mine = session.scalars(select(Attempt).where(Attempt.seat_id == seat).order_by(Attempt.id))
        attempts = {one.id: [task for task, _part in one.tasks] for one in mine}
        asked = sorted({one.item for a in session.scalars(select(Attempt)) for one in a.responses})
    teacher = Visitor(app, hurried=True)
    teacher.get("/teach/sign-in")
    teacher.press("/teach/sign-in", {"name": demo.NAME, "password": demo.PASSWORD})
    here = f"/teach/classes/{room}"
    pages = [f"{here}/growth", f"{here}/seats/{seat}"]
    pages += [f"{here}/results?task={task}" for task in tasks]
    pages += [f"{here}/worst?task={tasks[-1]}&place={place}&show=key" for place in (1, 2, 3)]
    pages += [f"{here}/heat?task={task}&item={item}&names=yes" for task, item in _asked(found, tasks, asked)]
    found |= {page: _numbers(teacher, page) for page in pages}
    for task in tasks[-2:]:
        table = teacher.client.get(f"{here}/results.csv?task={task}").get_data(as_text=True)
        found[f"csv {task}"] = list(csv.reader(StringIO(table)))
    return found | _as_learner(app, library, learner.hex, attempts)


def _asked(found: dict[str, Any], tasks: Any, items: list[str]) -> list[tuple[Any, str]]:
    """Some of the items of each assignment, those on the article first."""
    by_task = {task: found["assignments"][str(task)]["votes"] for task in tasks}
    return [
        (task, item)
        for task in tasks
        for item in [one for one in items if by_task[task].get(one.rpartition("/")[2])][:1]
    ]


def _as_learner(
    app: Flask, library: Library, learner: str, attempts: dict[UUID, list[str]]
) -> dict[str, Any]:
    visitor = Visitor(app, hurried=True)
    with visitor.client.session_transaction() as cookie:
        cookie["learner"] = [learner, 0]
    found: dict[str, Any] = {"/me": _numbers(visitor, "/me"), "spots": []}
    for id, tasks in attempts.items():
        found[f"result {id}"] = _numbers(visitor, f"/learn/attempts/{id}")
        for step, task in enumerate(tasks, start=1):
            page = f"/learn/attempts/{id}/{step}"
            found[page] = _numbers(visitor, page)
            if library.items.get(task) and library.items[task].spot_unit:
                found["spots"].append(page)
            if task == ITEM:
                visitor.get(page)
                found["since"] = [name for name, line in SINCE.items() if line in text_of(visitor)]
    return found


def _numbers(visitor: Visitor, page: str) -> list[str]:
    response = visitor.client.get(page)
    assert response.status_code == 200, page
    html = response.get_data(as_text=True)
    said = re.sub(r"<script.*?</script>|<[^>]*>|\s+", " ", html, flags=re.DOTALL)
    return re.findall(r"\d+(?:[.,/]\d+)*", said.replace(THE_SCHEME, ""))


Change = Callable[[Path], None]


def edit(file: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def both(*changes: Change) -> Change:
    def change(root: Path) -> None:
        for one in changes:
            one(root)

    return change


def nothing(_root: Path) -> None:
    pass


HANDED_ON = [
    *(f"quiz.content.articles.{name}" for name in ("Article", "Picture", "Term", "Claim")),
    *(f"quiz.content.items.{name}" for name in ("AnswerText", "Note", "WrongNote", "Criterion")),
    *(f"quiz.content.bank.{name}" for name in ("Criterion", "Statement")),
    *(f"quiz.content.load.{name}" for name in ("Exercise", "Step")),
    "quiz.content.site.DemoTask",
]
"""Core classes that are built from all fields of a schema."""


@contextmanager
def one_field_more() -> Iterator[None]:
    """Every schema has a field that nobody uses."""
    models: list[type[Strict]] = [Strict, *_below(Strict)]
    for model in models:
        model.__pydantic_fields__["added"] = FieldInfo(annotation=str, default="")
        model.model_rebuild(force=True)
    try:
        with pytest.MonkeyPatch.context() as patched:
            for name in HANDED_ON:
                patched.setattr(name, _without_it(name))
            yield
    finally:
        for model in models:
            del model.__pydantic_fields__["added"]
            model.model_rebuild(force=True)


def _without_it(name: str) -> Callable[..., Any]:
    """What a core class is built with, but for the new field, as whoever adds one has to say."""
    module, _, called = name.rpartition(".")
    built = getattr(import_module(module), called)
    return lambda **fields: built(**{key: one for key, one in fields.items() if key != "added"})


def _below(model: type[Strict]) -> list[type[Strict]]:
    return [deeper for one in model.__subclasses__() for deeper in (one, *_below(one))]


class SpotTwo(Spot):
    """Spot, marked in another way: half of each point."""

    scheme = "spot/2"

    def mark(self, answer: SpotAnswer) -> Mark:
        mark = super().mark(answer)
        points = (mark.points or Fraction(0)) / 2
        outcome = Outcome.of(points, empty=False)
        return replace(mark, points=points, outcome=outcome, scheme=self.scheme)


@contextmanager
def another_spot() -> Iterator[None]:
    """The format spot has a new version."""
    items._adapter.cache_clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(cast("dict[str, type[AnyFormat]]", FORMATS), "spot", SpotTwo)
        yield
    items._adapter.cache_clear()


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


CHANGES: dict[str, tuple[Change, Callable[[], Any], str]] = {
    "a field more in every schema": (nothing, one_field_more, ""),
    "a note mended": (
        edit(B1, "You kept the source in sight past the hedge.", "You kept the source in sight."),
        as_it_is,
        "",
    ),
    "a prompt mended": (
        edit(B1, 'prompt = "Mark every sentence that', 'prompt = "Mark each sentence that'),
        as_it_is,
        "wording",
    ),
    "why_key mended": (
        edit(B1, 'why_key = "1, 4, 5 and 13 state', 'why_key = "Sentences 1, 4, 5 and 13 give'),
        as_it_is,
        "",
    ),
    "a key changed": (
        both(
            edit(B1, 'neutral = ["s6"]', 'neutral = ["s6", "s7"]'),
            edit(B1, '["s7"], ', ""),
            edit(B1, "[notes.s7]\n", '[notes.s7]\ntext = "Read either way."\n'),
            edit(B1, '[notes.s2]\nstamp = "Not said who"', '[notes.s2]\nstamp = "Nobody"'),
        ),
        as_it_is,
        "key",
    ),
    "a format's version changed": (nothing, another_spot, "scheme"),
    "an item retired": (
        both(
            edit(B1, 'tag = "core"', 'tag = "core"\nretired = true'),
            edit("exercises.toml", '[[exercises.steps]]\nitem = "alleged-support/B1"\n\n', ""),
        ),
        as_it_is,
        "",
    ),
}


@pytest.fixture(scope="module")
def before(filled: Path, library: Library) -> dict[str, Any]:
    """Every number before any change."""
    with served(filled, library) as app, time_machine.travel(NOW, tick=False):
        return seen(app, library)


@pytest.mark.parametrize("named", CHANGES)
def test_every_number_stays_whatever_the_content_becomes(
    filled: Path, before: dict[str, Any], tmp_path: Path, named: str
) -> None:
    change, patched, since = CHANGES[named]
    root = tmp_path / "questions"
    shutil.copytree(ROOT / "questions", root)
    change(root)
    with patched():
        library = load(root)
        with served(filled, library) as app, time_machine.travel(NOW, tick=False):
            after = seen(app, library)
    assert before["since"] == []
    assert after.pop("since") == [since] * bool(since)
    # Of an answer that was scored in another way, feedback says its points alone.
    without = {"since", *(before["spots"] if since == "scheme" else ())}
    for page, numbers in before.items():
        assert page in without or after[page] == numbers, page


def test_pages_open_where_the_content_no_longer_names_a_misconception(filled: Path, library: Library) -> None:
    nameless = replace(library, misconceptions={})
    with served(filled, nameless) as app, time_machine.travel(NOW, tick=False):
        assert seen(app, nameless)
