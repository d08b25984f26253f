"""Joining a class."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core import codes, names
from quiz.services import seats
from quiz.services.seats import CantJoin, Joining
from quiz.store import classrooms
from quiz.store import seats as stored
from quiz.store.tables import Classroom, Seat
from quiz.web import auth
from quiz.web.account.routes import without_code
from quiz.web.db import READS, db_session
from quiz.web.forms import PressForm, refused, said
from quiz.web.join.forms import CodeForm, DigitsForm, NameForm
from quiz.web.limits import counting, unknown_codes, wrong_digits, wrong_names
from quiz.web.outside import new_id, now, random
from quiz.web.text import _, why

bp = Blueprint("join", __name__, url_prefix="/join")


def _sits_there(*, code: str) -> bool:
    """Whether this device has a seat in the class of a code, and so didn’t guess it."""
    classroom = _classroom(code)
    return classroom is not None and _mine(classroom) is not None


UNKNOWN = unknown_codes(frozenset({404}), spares=_sits_there)


@bp.get("")
def ask() -> str:
    """Where a class code is typed."""
    return _ask_page(CodeForm())


@bp.post("")
@counting(unknown_codes(frozenset({422})))
def take_code() -> ResponseReturnValue:
    """Lead to the class of a code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _ask_page(form, said(form)), refused(form)
    code = codes.read_class_code(str(form.code.data))
    if code is None or classrooms.with_code(db_session(), code) is None:
        return _ask_page(form, _("No class has this code. Look at each letter again.")), 422
    return redirect(url_for(".room", code=code), code=303)


@bp.get("/<code>")
@counting(UNKNOWN)
def room(code: str) -> ResponseReturnValue:
    """A class to walk into: “Are you NAME?” where this device has a seat, else a name to take."""
    classroom = _classroom(code)
    return _room_page(classroom) if classroom else _no_class(code)


@bp.post("/<code>")
@counting(UNKNOWN, *wrong_names)
def join(code: str) -> ResponseReturnValue:
    """Take a seat under a name; who has one in this class keeps it."""
    classroom = _classroom(code)
    if classroom is None:
        return _no_class(code)
    form = NameForm()
    if not form.validate_on_submit():
        return _room_page(classroom, name=form), refused(form)
    learner = auth.learner_or_new()
    how = Joining(random=random(), new_id=new_id, now=now())
    try:
        seats.join(db_session(), classroom, learner, str(form.name.data), how)
    except (CantJoin, names.UnfitName) as problem:
        return _room_page(classroom, name=form, problem=why(problem)), 422
    auth.remember(learner)
    return redirect(url_for("account.me"), code=303)


@bp.post("/<code>/digits")
@counting(UNKNOWN, *wrong_digits)
def come_in(code: str) -> ResponseReturnValue:
    """Open a seat on this device by six digits."""
    classroom = _classroom(code)
    if classroom is None:
        return _no_class(code)
    form = DigitsForm()
    if not form.validate_on_submit():
        return _room_page(classroom, digits=form), refused(form)
    learner = auth.learner_or_new()
    try:
        seats.come_in(db_session(), classroom, learner, str(form.digits.data), now())
    except CantJoin as problem:
        return _room_page(classroom, digits=form, digits_problem=why(problem)), 422
    auth.remember(learner)
    return redirect(url_for("account.me"), code=303)


@bp.post("/<code>/other")
@counting(UNKNOWN)
def other(code: str) -> ResponseReturnValue:
    """Somebody else sits at this device now: forget the one before, and ask for a name."""
    classroom = _classroom(code)
    if classroom is None:
        return _no_class(code)
    form = PressForm()
    if not form.validate_on_submit():
        return _room_page(classroom, problem=said(form)), refused(form)
    auth.forget_learner()
    return without_code(redirect(url_for(".room", code=classroom.code), code=303))


def _classroom(typed: str) -> Classroom | None:
    """The class of a code; held for writing where the request is going to write."""
    code = codes.read_class_code(typed)
    writes = request.method not in READS
    return classrooms.with_code(db_session(), code, for_writing=writes) if code else None


def _no_class(typed: str) -> ResponseReturnValue:
    form = CodeForm(formdata=None, code=typed[:40])
    return _ask_page(form, _("No class has this code. Look at each letter again.")), 404


def _mine(classroom: Classroom) -> Seat | None:
    known = auth.learner_id()
    mine = stored.of_learner(db_session(), *known) if known else []
    return next((seat for seat in mine if seat.classroom_id == classroom.id), None)


def _ask_page(form: CodeForm, problem: str = "") -> str:
    return render_template("join/ask.html", form=form, problem=problem)


def _room_page(
    classroom: Classroom,
    *,
    name: NameForm | None = None,
    digits: DigitsForm | None = None,
    problem: str = "",
    digits_problem: str = "",
) -> str:
    typed = str(name.name.data or "") if name else ""
    return render_template(
        "join/room.html",
        classroom=classroom,
        seat=_mine(classroom) if request.method == "GET" else None,
        proposed=names.two_words(random()),
        name=typed,
        problem=problem or (said(name) if name else ""),
        digits=str(digits.digits.data or "") if digits else "",
        digits_problem=digits_problem or (said(digits) if digits else ""),
    )
