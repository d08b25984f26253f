"""What a learner can do about what is kept: see, take along, come back, leave, delete."""

import json
import secrets

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from quiz.core import recovery
from quiz.services import account, own_growth
from quiz.services import due as dues
from quiz.services.assignments import NotNow
from quiz.services.due import Due
from quiz.services.steps import next_step
from quiz.store import attempts, seats
from quiz.store.tables import Attempt, Seat
from quiz.web import auth, once
from quiz.web.account import growth_view
from quiz.web.account.forms import DeleteForm, ResumeForm, TestForm
from quiz.web.db import db_session
from quiz.web.forms import PressForm, refused, said
from quiz.web.learn import step_url
from quiz.web.limits import long_secrets
from quiz.web.outside import library, new_id, now, random
from quiz.web.qr import qr
from quiz.web.text import why

bp = Blueprint("account", __name__)

CODE_COOKIE = "code"


@bp.get("/me")
def me() -> str:
    """Everything kept about this learner."""
    return _me_page(DeleteForm())


@bp.get("/me/data.json")
def download() -> Response:
    """Everything kept about this learner, as a file."""
    learner = auth.current_learner() or abort(404)
    text = json.dumps(account.export(db_session(), learner, now()), ensure_ascii=False, indent=2)
    response = make_response(text)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="whose-word.json"'
    return response


@bp.post("/me/code")
def make_code() -> ResponseReturnValue:
    """Make a new recovery code; the next page shows it, from a cookie of its own for five minutes."""
    learner = auth.current_learner() or abort(404)
    form = PressForm()
    if not form.validate_on_submit():
        return _me_page(DeleteForm(), problem=said(form)), 400
    written = account.new_code(learner, secrets.token_bytes(10))
    return once.carry(redirect(url_for(".code"), code=303), CODE_COOKIE, written, to=url_for(".code"))


@bp.get("/me/code")
def code() -> ResponseReturnValue:
    """Show the code that was just made."""
    made = once.carried(CODE_COOKIE)
    if recovery.read(made) is None:
        return redirect(url_for(".me"), code=303)
    # The code stands behind the #: a browser keeps that to itself, so it reaches no server's log.
    address = url_for(".resume", _external=True, _anchor=made)
    return render_template(
        "account/code.html", code=made, qr=qr(address), address=url_for(".resume", _external=True)
    )


@bp.post("/me/test")
def begin_test() -> ResponseReturnValue:
    """Begin a form alone, or go on with it: X first, Y after."""
    form = TestForm()
    if not form.validate_on_submit():
        return _me_page(DeleteForm(), problem=said(form)), refused(form)
    learner = auth.learner_or_new()
    try:
        attempt = own_growth.start_test(
            db_session(), learner, str(form.form.data), library(), random=random(), new_id=new_id, now=now()
        )
    except NotNow as refusal:
        return _me_page(DeleteForm(), problem=why(refusal)), 409
    auth.remember(learner)
    return redirect(step_url(attempt, next_step(attempt, library()) or 1), code=303)


@bp.post("/me/leave")
def leave() -> ResponseReturnValue:
    """Forget the learner on this device; what is kept stays."""
    form = PressForm()
    if not form.validate_on_submit():
        return _me_page(DeleteForm(), problem=said(form)), 400
    return _without_cookies(url_for("home.front"))


@bp.post("/me/delete")
def delete() -> ResponseReturnValue:
    """Delete everything kept about this learner."""
    learner = auth.current_learner() or abort(404)
    form = DeleteForm()
    if not form.validate_on_submit():
        return _me_page(form, problem=said(form)), refused(form)
    account.delete(db_session(), learner)
    return _without_cookies(url_for(".deleted"))


@bp.get("/me/deleted")
def deleted() -> str:
    """All is deleted."""
    return render_template("account/deleted.html")


@bp.get("/resume")
def resume() -> str:
    """Where a recovery code is typed; `back` is the step that somebody came from."""
    form = ResumeForm(back=request.args.get("back", ""))
    return render_template("account/resume.html", form=form, problem="")


@bp.post("/resume")
@long_secrets
def come_back() -> ResponseReturnValue:
    """Come back to what is kept under a code; what was done on this device goes along."""
    form = ResumeForm()
    if not form.validate_on_submit():
        return render_template("account/resume.html", form=form, problem=said(form)), refused(form)
    here = auth.current_learner()
    try:
        learner = account.come_back(db_session(), str(form.code.data), here, mine=form.is_mine)
    except account.UnknownCode as unknown:
        return render_template("account/resume.html", form=form, problem=why(unknown)), 422
    except account.WhoseWork:
        seats_here = seats.of_learner(db_session(), here.id, here.epoch) if here else []
        # Not 422: the code is right, so it counts as no wrong guess.
        return render_template("account/whose.html", form=form, seats=seats_here), 409
    auth.remember(learner)
    attempt, step = form.step or (None, 0)
    onward = url_for("learn.step", attempt=attempt, step=step) if attempt else url_for(".me")
    return without_code(redirect(onward, code=303))


def without_code(response: BaseResponse) -> BaseResponse:
    """The response, and nothing of a code that was just shown: somebody else may sit here now."""
    return once.drop(response, CODE_COOKIE, to=url_for("account.code"))


def _without_cookies(url: str) -> ResponseReturnValue:
    auth.forget()
    response = without_code(redirect(url, code=303))
    # Answers that wait in this browser go too: somebody else may sit here now.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _me_page(form: DeleteForm, *, problem: str = "") -> str:
    learner = auth.current_learner()
    every = attempts.all_of(db_session(), learner.id) if learner else []
    progress = own_growth.of_attempts(db_session(), every, library(), now())
    mine = seats.of_learner(db_session(), learner.id, learner.epoch) if learner else []
    return render_template(
        "account/me.html",
        learner=learner,
        form=form,
        problem=problem,
        attempts=[_attempt(one) for one in reversed(every) if one.learner_id and not _was_practice(one)],
        sessions=sum(1 for one in every if _was_practice(one)),
        growth=growth_view.build(progress, library()),
        classes=_classes(mine) if mine else [],
    )


def _classes(mine: list[Seat]) -> list[dict[str, object]]:
    """Each class that this learner sits in, with what is due there and what is done."""
    due = dues.due(db_session(), mine, library(), now())
    return [
        {"name": seat.classroom.name, "zone": seat.classroom.zone, "seat": seat.name, "due": _due(seat, due)}
        for seat in mine
    ]


def _due(seat: Seat, due: list[Due]) -> list[dict[str, object]]:
    return [
        {
            "title": one.exercise.title,
            "minutes": one.exercise.minutes,
            "is_test": one.assignment.mode == "test",
            "url": url_for("learn.assignment", assignment=one.assignment.id),
            "closes_at": one.assignment.closes_at,
            "extra": seat.extra_minutes,
            "to_do": one.open_attempt is not None or one.may_begin(now()),
            "begun": bool(one.attempts),
        }
        for one in due
        if one.seat.id == seat.id
    ]


def _was_practice(attempt: Attempt) -> bool:
    """Whether it was a session of practice: so many that they aren’t listed one by one."""
    return attempt.exercise == library().practice.key and attempt.finished_at is not None


def _attempt(attempt: Attempt) -> dict[str, object]:
    exercise = library().exercises.get(attempt.exercise)
    return {
        "title": exercise.title if exercise else attempt.exercise,
        "url": url_for("learn.result", attempt=attempt.id) if exercise else None,
        "started": attempt.started_at,
        "done": len(attempt.responses),
        "count": len(attempt.tasks),
        "finished": attempt.finished_at is not None,
    }
