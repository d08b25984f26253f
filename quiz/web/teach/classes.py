"""A teacher's classes: make one, see it, open and close it, share it, delete it."""

import secrets
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core import roster
from quiz.core.names import Naming
from quiz.core.roster import Flaw
from quiz.services import classrooms, seats, teachers
from quiz.services.classrooms import LastTeacher, NotTheName
from quiz.services.teachers import Refused
from quiz.store import assignments as given
from quiz.store import classrooms as stored
from quiz.store import seats as sitting
from quiz.store.tables import Classroom
from quiz.web import auth, once
from quiz.web.db import db_session
from quiz.web.forms import PressForm, errors_of, refused, said
from quiz.web.limits import own_password
from quiz.web.outside import library, new_id, now, random
from quiz.web.teach import bp, teacher
from quiz.web.teach.assignments import given_name
from quiz.web.teach.forms import ChangePasswordForm, ClassForm, DeleteClassForm, DoorsForm, RosterForm
from quiz.web.teach.loaders import class_or_404
from quiz.web.text import _, why

LINK_COOKIE = "link"
REPORT_COOKIE = "roster"


@bp.get("")
def index() -> str:
    """All classes of a teacher, and a new one."""
    return _index_page(ClassForm())


@bp.post("/classes")
def new_class() -> ResponseReturnValue:
    """Make a class and show its code on the projector page."""
    form = ClassForm()
    if not form.validate_on_submit():
        return _index_page(form), refused(form)
    made = classrooms.create(
        db_session(),
        str(form.name.data),
        str(form.zone.data),
        Naming(str(form.naming.data)),
        teacher_id=teacher().id,
        random=random(),
        id=UUID(str(form.id.data)),
        now=now(),
    )
    if made.naming == Naming.ROSTER:
        return redirect(url_for(".classroom", classroom=made.id, _anchor="seats"), code=303)
    return redirect(url_for(".projector", classroom=made.id), code=303)


@bp.get("/classes/<uuid:classroom>")
def classroom(classroom: UUID) -> str:
    """A class: its code, what it has to do, who sits in it."""
    return _class_page(class_or_404(classroom))


@bp.post("/classes/<uuid:classroom>/doors")
def doors(classroom: UUID) -> ResponseReturnValue:
    """Close the class to newcomers, or open it again."""
    found = class_or_404(classroom)
    form = DoorsForm()
    if not form.validate_on_submit():
        return _class_page(found, problem=said(form)), refused(form)
    classrooms.set_open(found, to_newcomers=form.to.data == "open")
    return redirect(url_for(".classroom", classroom=found.id), code=303)


@bp.post("/classes/<uuid:classroom>/code")
def renew_code(classroom: UUID) -> ResponseReturnValue:
    """Give the class another code."""
    found = class_or_404(classroom)
    form = PressForm()
    if not form.validate_on_submit():
        return _class_page(found, problem=said(form)), refused(form)
    classrooms.renew_code(db_session(), found, random())
    return redirect(url_for(".classroom", classroom=found.id), code=303)


@bp.post("/classes/<uuid:classroom>/link")
def make_link(classroom: UUID) -> ResponseReturnValue:
    """Make a link for a second teacher; the class page shows it for some minutes."""
    found = class_or_404(classroom)
    form = PressForm()
    if not form.validate_on_submit():
        return _class_page(found, problem=said(form)), refused(form)
    secret = secrets.token_urlsafe(24)
    teachers.invite(db_session(), secret, now=now(), classroom_id=found.id)
    here = url_for(".classroom", classroom=found.id)
    return once.carry(redirect(f"{here}#teachers", code=303), LINK_COOKIE, secret, to=here)


@bp.post("/classes/<uuid:classroom>/delete")
def delete_class(classroom: UUID) -> ResponseReturnValue:
    """Delete a class with all its answers, once its name was typed."""
    found = class_or_404(classroom)
    form = DeleteClassForm()
    if not form.validate_on_submit():
        return _class_page(found, delete_problem=said(form)), refused(form)
    try:
        classrooms.delete(db_session(), found, str(form.name.data))
    except NotTheName:
        problem = _("This isn’t the class’s name, so nothing was deleted. Type: %(name)s", name=found.name)
        return _class_page(found, delete_problem=problem), 422
    return redirect(url_for(".index"), code=303)


@bp.post("/classes/<uuid:classroom>/roster")
def add_roster(classroom: UUID) -> ResponseReturnValue:
    """Make a free seat for every name of a roster, and say what was taken line by line."""
    found = class_or_404(classroom)
    form = RosterForm()
    if not form.validate_on_submit():
        return _class_page(found, roster_problem=said(form)), refused(form)
    upload = request.files.get("file")
    if bool(form.text.data and form.text.data.strip()) == bool(upload):
        return _class_page(found, roster_problem=_("Paste names, or choose a file: one of the two.")), 422
    try:
        text = roster.decode(upload.read()) if upload else str(form.text.data)
        rows = seats.add_roster(db_session(), found, text, new_id)
    except roster.Unreadable as unreadable:
        return _class_page(found, roster_problem=why(unreadable)), 422
    if not any(row.name for row in rows):
        problem = _("No name could be taken. See each line below.")
        return _class_page(found, rows=rows, roster_problem=problem), 422
    here = url_for(".classroom", classroom=found.id)
    response = redirect(f"{here}#seats", code=303)
    return once.carry(response, REPORT_COOKIE, roster.write_report(rows), to=here)


@bp.post("/classes/<uuid:classroom>/leave")
def leave(classroom: UUID) -> ResponseReturnValue:
    """Teach the class no more; the others go on."""
    found = class_or_404(classroom)
    form = PressForm()
    if not form.validate_on_submit():
        return _class_page(found, problem=said(form)), refused(form)
    try:
        classrooms.leave(db_session(), found, teacher().id)
    except LastTeacher:
        problem = _("You are the only teacher of this class. Let a second one in first, or delete the class.")
        return _class_page(found, problem=problem), 409
    return redirect(url_for(".index"), code=303)


@bp.get("/account")
def account() -> str:
    """A teacher's own page: the password, and signing out everywhere."""
    return render_template("teach/account.html", teacher=teacher(), errors={})


@bp.post("/account/password")
@own_password
def change_password() -> ResponseReturnValue:
    """Change the password; other devices are signed out."""
    form = ChangePasswordForm()
    refusal = None
    if form.validate_on_submit():
        try:
            teachers.change_password(db_session(), teacher(), str(form.old.data), str(form.password.data))
        except Refused as problem:
            refusal = problem
        else:
            auth.see(teacher(), now())
            return redirect(url_for(".account", changed="yes"), code=303)
    page = render_template("teach/account.html", teacher=teacher(), errors=errors_of(form, refusal))
    return page, refused(form)


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every cookie of this teacher, this one too."""
    form = PressForm()
    if not form.validate_on_submit():
        return render_template("teach/account.html", teacher=teacher(), errors=errors_of(form)), refused(form)
    teachers.sign_out_everywhere(teacher())
    response = redirect(url_for("entry.sign_in"), code=303)
    auth.sign_out()
    return response


def _index_page(form: ClassForm) -> str:
    return render_template(
        "teach/index.html",
        classes=stored.of(db_session(), teacher().id),
        articles=library().articles.values(),
        name=form.name.data or "",
        zone=form.zone.data or current_app.config["BABEL_DEFAULT_TIMEZONE"],
        naming=form.naming.data,
        id=form.id.data or new_id(),
        default_zone=current_app.config["BABEL_DEFAULT_TIMEZONE"],
        errors=errors_of(form),
    )


def _flaws() -> dict[Flaw, str]:
    """Why a row of a roster gives no name."""
    return {
        Flaw.EMPTY: _("no name in this row"),
        Flaw.UNFIT: _("this is no name, or longer than %(most)s characters", most=roster.LONGEST),
        Flaw.DOUBLED: _("this name stands here already: add a letter to tell them apart"),
        Flaw.FULL: _("the class is full"),
    }


def _class_page(
    found: Classroom,
    *,
    problem: str = "",
    delete_problem: str = "",
    roster_problem: str = "",
    rows: list[roster.Row] | None = None,
) -> str:
    session = db_session()
    there = sitting.of_class(session, found.id)
    secret = once.carried(LINK_COOKIE)
    return render_template(
        "teach/class.html",
        classroom=found,
        seats=there,
        taken=sum(1 for seat in there if seat.taken_at),
        given=[(one, given_name(one)) for one in given.of_class(session, found.id)],
        started=given.started(session, found.id),
        teachers=stored.teachers(session, found.id),
        link=f"{request.host_url.rstrip('/')}{url_for('entry.invited', secret=secret)}" if secret else "",
        problem=problem,
        delete_problem=delete_problem,
        roster_problem=roster_problem,
        rows=rows or roster.read_report(once.carried(REPORT_COOKIE)),
        why=_flaws(),
        pasted=request.form.get("text", ""),
        typed_name=request.form.get("name", ""),
        seat_names={seat.id: seat.name for seat in there},
        now=now(),
    )
