"""An attempt: one step at a time, and the result. The lists of exercises are in exercises.py."""

from dataclasses import replace
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quiz.core import practice
from quiz.core.library import ExerciseKind
from quiz.core.mark import BadAnswer, Unfinished
from quiz.core.written import clean
from quiz.services import answering, own_growth, practising, reviewing
from quiz.services import assignments as given
from quiz.services.reviewing import Remarks
from quiz.services.steps import next_step, response_at
from quiz.store import attempts
from quiz.web.db import db_session
from quiz.web.forms import PressForm, refused, said
from quiz.web.learn import assignments, bp, class_view, exercises, start_url, step_url
from quiz.web.learn import page as pages
from quiz.web.learn import result as results
from quiz.web.learn.forms import AnswerForm, DraftForm
from quiz.web.learn.in_words import in_words
from quiz.web.learn.loaders import (
    attempt_or_404,
    opening,
    visit_or_404,
)
from quiz.web.learn.page import Visit
from quiz.web.learn.views import Link
from quiz.web.outside import library, new_id, now, random
from quiz.web.text import why

__all__ = ["assignments", "bp", "class_view", "exercises"]


@bp.get("/attempts/<uuid:attempt>")
def result(attempt: UUID) -> str:
    """What came of an attempt so far, or all in all."""
    found, exercise = attempt_or_404(attempt)
    following = next_step(found, library())
    onward = results.following(exercise, library())
    spaced = exercise.kind is ExerciseKind.PRACTICE
    alone = found.learner is not None and exercise.kind is ExerciseKind.FORM
    told = given.tells(found, opening(found), now())
    name = found.assignment.classroom.name if found.assignment else ""
    if name and found.finished_at and not told:
        return render_template("learn/handed_in.html", title=exercise.title, class_name=name)
    return render_template(
        "learn/result.html",
        result=results.build(found, exercise, library(), told=told),
        exercise=exercise,
        next_url=step_url(found, following) if following else None,
        code_url=url_for("account.me", _anchor="code"),
        has_code=found.learner is not None and found.learner.code_hash is not None,
        go_on=Link(title=onward.title, url=start_url(onward)) if onward else None,
        next_due=practice.next_due(practising.cards_of(db_session(), found.learner)) if spaced else None,
        test=own_growth.test_of(found, library()) if alone else None,
        class_name=name,
    )


@bp.get("/attempts/<uuid:attempt>/<int:step>")
def step(attempt: UUID, step: int) -> str:
    """A task, or what is said to the answer that was given to it."""
    return _step_page(visit_or_404(attempt, step), AnswerForm())


@bp.post("/attempts/<uuid:attempt>/<int:step>")
def answer(attempt: UUID, step: int) -> ResponseReturnValue:
    """Keep the posted answer, then lead back to the same page, now with feedback."""
    form = AnswerForm()
    is_good = form.validate_on_submit()  # Before the database is held for writing.
    visit = visit_or_404(attempt, step)
    if not is_good:
        return _refused_page(visit, form)
    try:
        answering.submit(
            db_session(),
            visit.attempt,
            step,
            visit.item,
            request.form.to_dict(flat=False),
            library=library(),
            opening=visit.opening,
            submit_key=str(form.submit_key.data),
            confidence=form.confidence.data or None,
            random=random(),
            new_id=new_id,
            now=now(),
        )
    except Unfinished as gap:
        return _step_page(visit, form, problem=why(gap), confirm=gap.confirm), 422
    except BadAnswer as problem:
        return _step_page(visit, form, problem=why(problem)), 422
    except answering.Answered as answered:
        return _kept_and_typed(visit, AnswerForm(), answered), 409
    except answering.Over as over:
        return _step_page(visit, form, problem=why(over)), 409
    return redirect(step_url(visit.attempt, step), code=303)


@bp.post("/attempts/<uuid:attempt>/<int:step>/draft")
def save_draft(attempt: UUID, step: int) -> ResponseReturnValue:
    """Keep a text that isn't handed in yet."""
    visit = visit_or_404(attempt, step)
    form = DraftForm()
    if not form.validate_on_submit():
        return _refused_page(visit, form)
    try:
        answering.save_draft(
            db_session(),
            visit.attempt,
            step,
            visit.item,
            form.text.data or "",
            opening=visit.opening,
            now=now(),
        )
    except BadAnswer as problem:
        return _step_page(visit, AnswerForm(), problem=why(problem)), 422
    except answering.Answered as answered:
        return _kept_and_typed(visit, AnswerForm(), answered), 409
    except answering.Over as over:
        return _step_page(visit, AnswerForm(), problem=why(over)), 409
    return redirect(step_url(visit.attempt, step), code=303)


@bp.post("/attempts/<uuid:attempt>/<int:step>/reading")
def read_otherwise(attempt: UUID, step: int) -> ResponseReturnValue:
    """Keep how a learner of a class reads a unit; it is never scored."""
    visit = visit_or_404(attempt, step)
    kept = response_at(visit.attempt, step)
    if kept is None or not visit.told or visit.attempt.seat_id is None:
        abort(404)
    form = PressForm()
    if not form.validate_on_submit():
        return _step_page(visit, AnswerForm(), problem=said(form)), refused(form)
    unit = request.form.get("unit", "")
    reason = clean(request.form.get(f"reason-{unit}", ""))
    try:
        reviewing.read_otherwise(db_session(), kept, visit.item, unit=unit, reason=reason, now=now())
    except reviewing.BadReview as problem:
        return _step_page(visit, AnswerForm(), problem=why(problem)), 422
    return redirect(step_url(visit.attempt, step), code=303)


def _step_page(visit: Visit, form: AnswerForm, *, problem: str = "", confirm: str = "") -> str:
    fields = request.form.to_dict(flat=False)
    if not fields and visit.item.format.name == "text":
        draft = attempts.draft(db_session(), visit.attempt.id, visit.step)
        fields = {"text": [draft.text]} if draft else {}
    page = pages.build(
        visit,
        library(),
        remarks=_remarks(visit),
        fields=fields,
        submit_key=uuid4().hex if form.submit_key.errors else form.submit_key.data or uuid4().hex,
        problem=problem,
        confirm=confirm,
    )
    return render_template("learn/step.html", page=page, form=form)


def _remarks(visit: Visit) -> Remarks | None:
    """What stands beside an answer of a class whose feedback is open."""
    kept = response_at(visit.attempt, visit.step)
    if kept is None or not visit.told or visit.attempt.seat_id is None:
        return None
    found = reviewing.remarks(db_session(), kept)
    unit = request.form.get("unit")
    return replace(found, typed={unit: request.form.get(f"reason-{unit}", "")}) if unit else found


def _refused_page(visit: Visit, form: FlaskForm) -> tuple[str, int]:
    """The task with what was typed; where it was answered before, the kept answer and what was typed."""
    if kept := response_at(visit.attempt, visit.step):
        return _kept_and_typed(visit, AnswerForm(), answering.Answered(kept)), refused(form)
    answer_form = form if isinstance(form, AnswerForm) else AnswerForm()
    return _step_page(visit, answer_form, problem=said(form)), refused(form)


def _kept_and_typed(visit: Visit, form: AnswerForm, answered: answering.Answered) -> str:
    """The answer that is kept, and beside it what was just posted."""
    typed = in_words(visit.item, request.form.to_dict(flat=False))
    page = pages.build(
        visit,
        library(),
        fields={},
        submit_key=uuid4().hex,
        problem=why(answered),
        typed=typed,
        remarks=_remarks(visit),
    )
    return render_template("learn/step.html", page=page, form=form)
