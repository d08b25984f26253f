"""Written answers, one after the other: nameless unless asked for, with the rubric beside them."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.services import reporting, reviewing
from quiz.services.reporting import ClassReport
from quiz.services.reviewing import BadReview, Written
from quiz.web.db import db_session
from quiz.web.forms import PressForm, refused, said
from quiz.web.outside import library, now
from quiz.web.teach import bp, teacher
from quiz.web.teach.forms import ReviewForm
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.results import Chosen, chosen_assignment, frame
from quiz.web.text import why


@bp.get("/classes/<uuid:classroom>/texts")
def texts(classroom: UUID) -> str:
    """The texts of an assignment: how many are marked, and the first that isn't."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = _report(chosen)
    return _queue_page(chosen, report, reviewing.queue(db_session(), report))


@bp.post("/classes/<uuid:classroom>/texts")
def mark_text(classroom: UUID) -> ResponseReturnValue:
    """Keep what is said of a text, then show the next one."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = _report(chosen)
    queue = reviewing.queue(db_session(), report)
    written = _wanted(queue) or abort(404)
    form = ReviewForm()
    if not form.validate_on_submit():
        return _queue_page(chosen, report, queue, problem=said(form)), refused(form)
    try:
        reviewing.mark(
            db_session(),
            written,
            _levels(),
            comment=str(form.comment.data or ""),
            flagged=bool(form.flagged.data),
            hidden=bool(form.hidden.data),
            teacher=teacher(),
            now=now(),
        )
    except BadReview as problem:
        return _queue_page(chosen, report, queue, problem=why(problem)), 422
    following = next((one for one in queue if one.review is None and one is not written), None)
    text = following.answer.kept.response_id if following else None
    return redirect(_url(chosen, text=text), code=303)


@bp.post("/classes/<uuid:classroom>/texts/release")
def release_texts(classroom: UUID) -> ResponseReturnValue:
    """Show all marks to those who wrote the texts."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = _report(chosen)
    form = PressForm()
    if not form.validate_on_submit():
        queue = reviewing.queue(db_session(), report)
        return _queue_page(chosen, report, queue, problem=said(form)), refused(form)
    reviewing.release(db_session(), report, now())
    return redirect(_url(chosen), code=303)


def _report(chosen: Chosen) -> ClassReport:
    return reporting.report(db_session(), chosen.assignment, library())


def _url(chosen: Chosen, text: UUID | None = None) -> str:
    return url_for(".texts", classroom=chosen.classroom.id, task=chosen.assignment.id, text=text)


def _wanted(queue: list[Written]) -> Written | None:
    """The text that the page names."""
    named = request.values.get("text", "")
    return next((one for one in queue if str(one.answer.kept.response_id) == named), None)


def _levels() -> dict[str, int]:
    """The posted levels by criterion; one that is no number counts as far too high."""
    prefix = "level-"
    posted = {
        name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)
    }
    return {
        name: int(value) if value.isascii() and value.isdecimal() and len(value) < 3 else 99
        for name, value in posted.items()
    }


def _queue_page(chosen: Chosen, report: ClassReport, queue: list[Written], *, problem: str = "") -> str:
    written = _wanted(queue) or next(
        (one for one in queue if one.review is None), queue[0] if queue else None
    )
    names = {seat.id: seat.name for seat in report.seats}
    return render_template(
        "teach/texts.html",
        **frame(chosen),
        problem=problem,
        queue=queue,
        written=written,
        name=names.get(written.answer.kept.seat_id, "") if written and "names" in request.args else "",
        marked=sum(1 for one in queue if one.review),
        unreleased=sum(1 for one in queue if one.review and not one.review.released_at),
        shown=sum(1 for one in queue if one.review and one.review.released_at),
        typed=request.form,
    )
