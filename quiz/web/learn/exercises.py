"""Exercises to choose from: the lists, an article with its own, and the Start of each."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.library import Exercise, ExerciseKind
from quiz.services import answering
from quiz.services.steps import next_step
from quiz.store import attempts
from quiz.store.tables import Attempt
from quiz.web import auth
from quiz.web.db import db_session
from quiz.web.forms import PressForm, said
from quiz.web.learn import bp, start_url, step_url
from quiz.web.learn.article_view import paragraphs
from quiz.web.learn.glossary import explain
from quiz.web.learn.loaders import article_or_404, exercise_or_404
from quiz.web.learn.views import ExerciseView, Group
from quiz.web.outside import library, new_id, now, random


@bp.get("")
def index() -> str:
    """Everything that can be learnt here."""
    groups = [
        Group(
            title=one.title,
            kicker=one.kicker,
            url=url_for(".article", article=one.id),
            exercises=_exercises(one.id, ExerciseKind.SECTION),
            lessons=_exercises(one.id, ExerciseKind.LESSON),
        )
        for one in library().articles.values()
    ]
    alone = _exercises(None, ExerciseKind.SECTION)
    return render_template("learn/index.html", groups=groups, alone=alone)


@bp.get("/<article>")
def article(article: str) -> str:
    """An article to read, with its heads-up and its exercises."""
    found = article_or_404(article)
    return render_template(
        "learn/article.html",
        article=found,
        exercises=_exercises(found.id, ExerciseKind.SECTION),
        lessons=_exercises(found.id, ExerciseKind.LESSON),
        text=explain(paragraphs(found, None, None, {}), found),
    )


@bp.get("/<article>/<exercise>")
def start(article: str, exercise: str) -> ResponseReturnValue:
    """What an exercise is about, and its Start; a retired one leads on, but for those who have begun it."""
    found = exercise_or_404(article, exercise)
    return _led_on(found) or _start_page(found, PressForm())


@bp.post("/<article>/<exercise>")
def start_now(article: str, exercise: str) -> ResponseReturnValue:
    """Start the exercise, or go on with it; a visitor becomes a learner here."""
    found = exercise_or_404(article, exercise)
    form = PressForm()
    if not form.validate_on_submit():
        return _start_page(found, form), 400
    if onward := _led_on(found):
        return onward
    learner = auth.learner_or_new()
    attempt = answering.start(
        db_session(), learner, found, library(), random=random(), new_id=new_id, now=now()
    )
    auth.remember(learner)
    return redirect(step_url(attempt, next_step(attempt, library()) or 1), code=303)


@bp.get("/<article>/<exercise>/<item>")
def item(article: str, exercise: str, item: str) -> ResponseReturnValue:
    """Lead to an item in the learner's open attempt; without one, to the Start page."""
    found = exercise_or_404(article, exercise)
    attempt = _open_attempt(found)
    tasks = [task for task, _part in attempt.tasks] if attempt else []
    step = next((number for number, task in enumerate(tasks, start=1) if _is_called(task, item)), None)
    if attempt and step:
        return redirect(step_url(attempt, step), code=303)
    return redirect(url_for(".start", article=article, exercise=exercise), code=303)


def _is_called(task: str, name: str) -> bool:
    """Whether a task has the short id that an address names it by."""
    found = library().task(task)
    return found is not None and found.short == name


def _exercises(article: str | None, kind: ExerciseKind) -> list[ExerciseView]:
    return [
        ExerciseView(
            title=one.title,
            about=one.about,
            minutes=one.minutes,
            url=start_url(one),
        )
        for one in library().listed
        if one.article == article and one.kind is kind
    ]


def _led_on(exercise: Exercise) -> ResponseReturnValue | None:
    """From a retired exercise, the way to its successor, or to what there is; None where it was begun."""
    if not exercise.retired or _open_attempt(exercise):
        return None
    successor = library().exercises.get(exercise.successor)
    if successor:
        return redirect(start_url(successor), code=303)
    elsewhere = url_for(".article", article=exercise.article) if exercise.article else url_for(".index")
    return redirect(elsewhere, code=303)


def _start_page(exercise: Exercise, form: PressForm) -> str:
    attempt = _open_attempt(exercise)
    return render_template(
        "learn/start.html",
        exercise=exercise,
        article=library().articles.get(exercise.article or ""),
        count=exercise.count,
        resumes=attempt is not None,
        start_url=request.path,
        problem_text=said(form),
    )


def _open_attempt(exercise: Exercise) -> Attempt | None:
    known = auth.learner_id()
    return attempts.open_one(db_session(), *known, exercise.key) if known else None
