"""What a page of results asks for every few seconds: cheap, and no sign that a teacher is there.

The guard of teach/ doesn't stand before this view: it proves the right to what it shows within its one query.
"""

from uuid import UUID

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from quiz.store import reports
from quiz.web import auth
from quiz.web.db import db_session
from quiz.web.outside import now
from quiz.web.teach import let_in, report_words

bp = Blueprint("polls", __name__, url_prefix="/teach")


@bp.get("/classes/<uuid:classroom>/results/glance")
def glance(classroom: UUID) -> ResponseReturnValue:
    """Who started, answered and finished; 304 while nothing came."""
    task = request.args.get("task", type=UUID)
    if task is None and request.args.get("task"):
        abort(404)
    known = auth.teacher_id(now())
    counts = reports.counts(db_session(), classroom, task, *known) if known else None
    if counts is None:
        return let_in() or abort(404)
    version = f"{counts.begun}-{counts.finished}-{counts.answers}-{counts.expected}"
    if request.if_none_match.contains_weak(version):
        response = make_response("", 304)
    else:
        response = make_response(render_template("parts/glance.html", glance=report_words.glance(counts)))
    response.set_etag(
        version, weak=True
    )  # The page's facts, not its bytes: those come packed in several ways.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
