"""The secret is exchanged while learners work: the old one still opens what it signed."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quiz.app import create_app
from quiz.core.library import Library
from quiz.settings import Settings
from quiz.store.tables import Response
from tests.web.client import Visitor
from tests.web.room import new_teacher
from tests.web.ways import right, start, task_at, with_key

NEW = "n" * 40


def moved(app: Flask, settings: Settings, library: Library, visitor: Visitor, *, keep: bool) -> Visitor:
    """The same browser on the same page, before an app that was started with another secret."""
    fallbacks = (settings.secret_key,) if keep else ()
    other = create_app(replace(settings, secret_key=NEW, secret_key_fallbacks=fallbacks), library)
    return visitor.twin(other)


def test_an_answer_written_before_is_taken_after(
    app: Flask, settings: Settings, library: Library, visitor: Visitor, session: Session
) -> None:
    address = start(visitor, "b")
    visitor.get(address)
    fields = with_key(visitor, right(task_at(library, visitor)))
    later = moved(app, settings, library, visitor, keep=True)
    later.post(address, fields, code=400)
    chosen = {str(one["value"]) for one in later.page.select("input[name=mark][checked]")}
    assert chosen == set(fields["mark"]), "the page comes again with what was marked"
    later.post(address, fields)
    assert session.scalars(select(Response)).one().points == 1
    later.client.application.extensions["quiz_engine"].dispose()


def test_teachers_stay_signed_in_while_the_old_secret_is_a_fallback_and_no_longer(
    app: Flask, engine: Engine, settings: Settings, library: Library
) -> None:
    teacher = new_teacher(app, engine)
    for keep in (True, False):
        later = moved(app, settings, library, teacher, keep=keep)
        answer = later.client.get("/teach")
        assert (answer.status_code == 200) is keep
        later.client.application.extensions["quiz_engine"].dispose()
