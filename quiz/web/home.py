"""The front page with a sentence to try, the guide, privacy, and whether the app is well."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import Engine
from wtforms import StringField
from wtforms.validators import AnyOf

from quiz.core.article import Bin
from quiz.core.library import Exercise
from quiz.store import schema
from quiz.web.forms import refused
from quiz.web.outside import library

bp = Blueprint("home", __name__)
BINS = [one.value for one in Bin]
SHORT = "short"


class TryForm(FlaskForm):
    """The sentence to try; its answer is kept nowhere."""

    answer = StringField(validators=[AnyOf(BINS)])


@bp.get("/")
def front() -> str:
    """The front page; `try` shows what is said to that answer."""
    return _front_page(request.args.get("try", ""))


@bp.post("/")
def try_one() -> ResponseReturnValue:
    """Answer the sentence to try. Nothing is kept."""
    form = TryForm()
    if form.validate_on_submit():
        return redirect(f"{url_for('.front')}?try={form.answer.data}#try", code=303)
    return _front_page(str(form.answer.data or "")), refused(form)


def _front_page(tried: str) -> str:
    return render_template(
        "home.html", tried=tried if tried in BINS else "", short_url=_start_url(_first_exercise())
    )


def _first_exercise() -> Exercise:
    """The short path, or where there is none the first exercise of all."""
    exercises = list(library().exercises.values())
    return next((one for one in exercises if one.id == SHORT), exercises[0])


def _start_url(exercise: Exercise) -> str:
    return url_for("learn.start", article=exercise.article or "bank", exercise=exercise.id)


@bp.get("/guide")
def guide() -> str:
    """The question, the bins and the rules on one page."""
    return render_template("guide.html")


@bp.get("/privacy")
def privacy() -> str:
    """What is kept, and how the app stays impartial."""
    return render_template("privacy.html")


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 while the process serves."""
    return "ok\n", {"Content-Type": "text/plain"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 only when the database answers and is migrated."""
    engine: Engine = current_app.extensions["quiz_engine"]
    try:
        ready = schema.is_current(engine)
    except schema.Unreachable:
        ready = False
    words, code = ("ready\n", 200) if ready else ("not ready\n", 503)
    return words, code, {"Content-Type": "text/plain"}
