"""The teacher's way: sign in, make a class, give it something to do."""

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quiz.store.tables import Teacher
from quiz.web import auth
from quiz.web.outside import now

bp = Blueprint("teach", __name__, url_prefix="/teach")
POLL = "teach.bar"
"""A page that asks by itself: it doesn't count as being there."""


def let_in() -> ResponseReturnValue | None:
    """Lead everybody but teachers to the sign-in: the guard of all pages here."""
    teacher = auth.current_teacher(now())
    if teacher is None:
        return redirect(url_for("entry.sign_in"), code=303)
    g.teacher = teacher
    return None


@bp.after_request
def note_seen(response: Response) -> Response:
    """Put off the end of the teacher's idle hours."""
    here = "teacher" in g and auth.is_signed_in()
    if here and request.endpoint != POLL and response.status_code < 400:
        auth.see(g.teacher, now())
    return response


def teacher() -> Teacher:
    """The teacher who is signed in."""
    found: Teacher = g.teacher
    return found
