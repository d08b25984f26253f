"""What a class gave a learner to do: its page with Start, and the way in."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.services import due as dues
from quiz.services.assignments import NotNow
from quiz.services.steps import next_step
from quiz.store.tables import Assignment, Seat
from quiz.web.db import db_session
from quiz.web.forms import PressForm, said
from quiz.web.learn import bp, step_url
from quiz.web.learn.loaders import assignment_or_404
from quiz.web.outside import library, new_id, now, random
from quiz.web.text import why


@bp.get("/assignments/<uuid:assignment>")
def assignment(assignment: UUID) -> str:
    """What an assignment is about, and its Start."""
    return _assignment_page(*assignment_or_404(assignment), PressForm())


@bp.post("/assignments/<uuid:assignment>")
def begin(assignment: UUID) -> ResponseReturnValue:
    """Begin an assignment, or go on with it."""
    given, seat = assignment_or_404(assignment)
    form = PressForm()
    if not form.validate_on_submit():
        return _assignment_page(given, seat, form), 400
    try:
        attempt = dues.begin(db_session(), given, seat, library(), random=random(), new_id=new_id, now=now())
    except NotNow as problem:
        return _assignment_page(given, seat, form, problem=why(problem)), 409
    return redirect(step_url(attempt, next_step(attempt, library()) or 1), code=303)


def _assignment_page(given: Assignment, seat: Seat, form: PressForm, *, problem: str = "") -> str:
    due = dues.due_one(db_session(), given, seat, library(), now()) or abort(404)
    return render_template(
        "learn/assignment.html",
        due=due,
        article=library().articles.get(due.exercise.article or ""),
        zone=given.classroom.zone,
        can_start=due.open_attempt is not None or due.may_begin(now()),
        last_url=url_for(".result", attempt=due.attempts[-1].id) if due.attempts else None,
        start_url=request.path,
        problem_text=problem or said(form),
    )
