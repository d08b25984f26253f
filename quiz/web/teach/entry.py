"""How teachers come in: by a link, by name and password, or by signing up where that is open."""

from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quiz.services import teachers
from quiz.services.teachers import Link, LinkGone, Refused
from quiz.store.tables import Teacher
from quiz.web import auth
from quiz.web.db import db_session
from quiz.web.forms import PressForm, errors_of, refused
from quiz.web.limits import long_secrets, passwords, sign_ups
from quiz.web.outside import new_id, now
from quiz.web.teach.forms import NewPasswordForm, SignInForm, SignUpForm
from quiz.web.text import _

bp = Blueprint("entry", __name__, url_prefix="/teach")


@bp.get("/sign-in")
def sign_in() -> str:
    """Where a teacher signs in."""
    return _sign_in_page(SignInForm())


@bp.post("/sign-in")
@passwords
def sign_in_now() -> ResponseReturnValue:
    """Sign in; the same words for an unknown name and for a wrong password."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), refused(form)
    teacher = teachers.sign_in(db_session(), str(form.name.data), str(form.password.data))
    if teacher is None:
        return _sign_in_page(form, _("This name and password don’t go together.")), 422
    return _in(teacher)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out on this device."""
    if not PressForm().validate_on_submit():
        abort(400)
    auth.sign_out()
    return redirect(url_for("home.front"), code=303)


@bp.get("/sign-up")
def sign_up() -> str:
    """Where a teacher signs up, if that is open to all."""
    _open_or_404()
    return _sign_up_page(SignUpForm())


@bp.post("/sign-up")
@sign_ups
def sign_up_now() -> ResponseReturnValue:
    """Become a teacher without a link."""
    _open_or_404()
    form = SignUpForm()
    if not form.validate_on_submit():
        return _sign_up_page(form), refused(form)
    try:
        teacher = teachers.sign_up(
            db_session(), str(form.name.data), str(form.password.data), id=new_id(), now=now()
        )
    except Refused as refusal:
        return _sign_up_page(form, refusal), 422
    return _in(teacher)


@bp.get("/invite/<secret>")
@long_secrets
def invited(secret: str) -> ResponseReturnValue:
    """What a link is good for: a new teacher, a new password, or a class to teach."""
    try:
        link = teachers.link(db_session(), secret, now())
    except LinkGone:
        return _gone()
    return _link_page(link, NewPasswordForm() if link.resets else SignUpForm())


@bp.post("/invite/<secret>")
@long_secrets
def use_link(secret: str) -> ResponseReturnValue:
    """Use a link up."""
    try:
        link = teachers.link(db_session(), secret, now())
        if (teacher := auth.current_teacher(now())) and link.classroom_id:
            return _teach_too(link, teacher)
        return _new_password(link) if link.resets else _new_teacher(link)
    except LinkGone:
        return _gone()


def _teach_too(link: Link, teacher: Teacher) -> ResponseReturnValue:
    form = PressForm()
    if not form.validate_on_submit():
        return _link_page(link, form), refused(form)
    return redirect(_class_url(teachers.join_class(db_session(), link, teacher)), code=303)


def _new_teacher(link: Link) -> ResponseReturnValue:
    form = SignUpForm()
    if not form.validate_on_submit():
        return _link_page(link, form), refused(form)
    try:
        teacher = teachers.sign_up_by_link(
            db_session(), link, str(form.name.data), str(form.password.data), id=new_id(), now=now()
        )
    except Refused as refusal:
        return _link_page(link, form, refusal), 422
    return _in(teacher, _class_url(link.classroom_id) if link.classroom_id else None)


def _new_password(link: Link) -> ResponseReturnValue:
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return _link_page(link, form), refused(form)
    try:
        return _in(teachers.reset(db_session(), link, str(form.password.data)))
    except Refused as refusal:
        return _link_page(link, form, refusal), 422


def _in(teacher: Teacher, url: str | None = None) -> ResponseReturnValue:
    auth.sign_in(teacher, now())
    return redirect(url or url_for("teach.index"), code=303)


def _class_url(classroom_id: UUID) -> str:
    return url_for("teach.classroom", classroom=classroom_id)


def _gone() -> ResponseReturnValue:
    return render_template("teach/link_gone.html"), 404


def _open_or_404() -> None:
    if not current_app.config["TEACHER_SIGNUP_OPEN"]:
        abort(404)


def _sign_in_page(form: SignInForm, problem: str = "") -> str:
    return render_template(
        "teach/sign_in.html",
        name=form.name.data or "",
        problem=problem,
        errors=errors_of(form),
        can_sign_up=current_app.config["TEACHER_SIGNUP_OPEN"],
    )


def _sign_up_page(form: SignUpForm, refusal: Refused | None = None) -> str:
    return render_template(
        "teach/sign_up.html", name=form.name.data or "", errors=errors_of(form, refusal), url=request.path
    )


def _link_page(link: Link, form: FlaskForm, refusal: Refused | None = None) -> str:
    teaching = auth.current_teacher(now()) if link.classroom_id else None
    return render_template(
        "teach/link.html",
        resets=link.resets,
        to_a_class=link.classroom_id is not None,
        teacher=teaching,
        name=form["name"].data or "" if "name" in form else "",
        errors=errors_of(form, refusal),
        url=request.path,
    )
