"""Giving a class something to do, and what can be done with it afterwards."""

from datetime import datetime
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from quiz.core.forms import FIRST, LATER, SECOND
from quiz.core.library import Exercise, ExerciseKind
from quiz.core.opening import Mode, NoSuchTime, to_local, to_utc
from quiz.services import assignments
from quiz.services.assignments import CantGive, NotNow, Plan
from quiz.store import assignments as given
from quiz.store import seats as sitting
from quiz.store.tables import Assignment, Classroom
from quiz.web.db import db_session
from quiz.web.forms import PressForm, errors_of, refused, said
from quiz.web.outside import library, new_id, now
from quiz.web.teach import bp
from quiz.web.teach.forms import AssignmentForm, EndForm
from quiz.web.teach.loaders import class_or_404, given_or_404
from quiz.web.text import _, ngettext, why


@bp.get("/classes/<uuid:classroom>/assignments/new")
def new_assignment(classroom: UUID) -> str:
    """Where a teacher chooses what a class does."""
    found = class_or_404(classroom)
    return _form_page(found, AssignmentForm())


@bp.post("/classes/<uuid:classroom>/assignments")
def give(classroom: UUID) -> ResponseReturnValue:
    """Give a class, or one seat, something to do."""
    found = class_or_404(classroom)
    form = AssignmentForm()
    if not form.validate_on_submit():
        return _form_page(found, form), refused(form)
    try:
        plan = _plan(found, form)
        assignments.give(db_session(), found.id, plan, library(), id=UUID(str(form.id.data)), now=now())
    except CantGive as refusal:
        return _form_page(found, form, refusal), 422
    return redirect(url_for(".classroom", classroom=found.id, _anchor=f"given-{form.id.data}"), code=303)


@bp.get("/classes/<uuid:classroom>/assignments/<uuid:assignment>")
def assignment(classroom: UUID, assignment: UUID) -> str:
    """One assignment: its times, its link for absent pupils, its end."""
    return _assignment_page(*given_or_404(classroom, assignment))


@bp.post("/classes/<uuid:classroom>/assignments/<uuid:assignment>/release")
def release(classroom: UUID, assignment: UUID) -> ResponseReturnValue:
    """Open the feedback of a test."""
    found = given_or_404(classroom, assignment)
    form = PressForm()
    if not form.validate_on_submit():
        return _assignment_page(*found, problem=said(form)), refused(form)
    assignments.release(db_session(), found[1], now())
    return redirect(_url(found), code=303)


@bp.post("/classes/<uuid:classroom>/assignments/<uuid:assignment>/close")
def close(classroom: UUID, assignment: UUID) -> ResponseReturnValue:
    """Close an assignment now; who is under way has the time of grace."""
    found = given_or_404(classroom, assignment)
    form = PressForm()
    if not form.validate_on_submit():
        return _assignment_page(*found, problem=said(form)), refused(form)
    assignments.close(found[1], now())
    return redirect(_url(found), code=303)


@bp.post("/classes/<uuid:classroom>/assignments/<uuid:assignment>/end")
def change(classroom: UUID, assignment: UUID) -> ResponseReturnValue:
    """Set another end and another note."""
    found = given_or_404(classroom, assignment)
    form = EndForm()
    if not form.validate_on_submit():
        return _assignment_page(*found, form=form), refused(form)
    try:
        shown = _end(*found, form=None)["closes"]
        untouched = _typed(form.closes) == shown
        closes_at = found[1].closes_at if untouched else _time(form.closes.data, found[0], "closes")
        note = str(form.note.data or "")
        assignments.change(db_session(), found[1], closes_at=closes_at, note=note, now=now())
    except CantGive as refusal:
        return _assignment_page(*found, form=form, refusal=refusal), 422
    except NotNow as refusal:
        return _assignment_page(*found, problem=why(refusal)), 409
    return redirect(_url(found), code=303)


@bp.post("/classes/<uuid:classroom>/assignments/<uuid:assignment>/reopen")
def reopen(classroom: UUID, assignment: UUID) -> ResponseReturnValue:
    """Undo closing: the time of before holds again."""
    found = given_or_404(classroom, assignment)
    form = PressForm()
    if not form.validate_on_submit():
        return _assignment_page(*found, problem=said(form)), refused(form)
    try:
        assignments.reopen(db_session(), found[1], now())
    except NotNow as refusal:
        return _assignment_page(*found, problem=why(refusal)), 409
    return redirect(_url(found), code=303)


@bp.post("/classes/<uuid:classroom>/assignments/<uuid:assignment>/delete")
def delete_assignment(classroom: UUID, assignment: UUID) -> ResponseReturnValue:
    """Take an assignment back, with its answers."""
    found = given_or_404(classroom, assignment)
    form = PressForm()
    if not form.validate_on_submit():
        return _assignment_page(*found, problem=said(form)), refused(form)
    assignments.remove(db_session(), found[1], now())
    return redirect(url_for(".classroom", classroom=classroom, _anchor="given"), code=303)


def _url(found: tuple[Classroom, Assignment]) -> str:
    return url_for(".assignment", classroom=found[0].id, assignment=found[1].id)


def _plan(classroom: Classroom, form: AssignmentForm) -> Plan:
    return Plan(
        exercise=str(form.exercise.data),
        seat_id=form.seat_id,
        opens_at=_time(form.opens.data, classroom, "opens") or now(),
        closes_at=_time(form.closes.data, classroom, "closes"),
        mode=Mode(str(form.mode.data)),
        tries=int(form.tries.data or 1),
        note=str(form.note.data or ""),
    )


def _time(local: datetime | None, classroom: Classroom, field: str) -> datetime | None:
    try:
        return to_utc(local, classroom.zone, now()) if local else None
    except NoSuchTime as problem:
        raise CantGive(problem.saying, field) from None


def name_of(exercise: Exercise) -> str:
    """How a teacher reads an exercise in a list: forms by what the halves do."""
    halves = {
        FIRST: _("Before: half A does form X, half B form Y"),
        SECOND: _("After: half A does form Y, half B form X"),
        LATER: _("Weeks later: all do form Z"),
    }
    return halves.get(exercise.key, exercise.title)


def given_name(assignment: Assignment) -> str:
    """How a teacher reads an assignment in a list."""
    exercise = library().exercises.get(assignment.exercise)
    return name_of(exercise) if exercise else assignment.exercise


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    kinds = {
        ExerciseKind.LESSON: _("Whole lessons"),
        ExerciseKind.SECTION: _("One skill or path"),
        ExerciseKind.FORM: _("Tests that show growth"),
    }
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, title in kinds.items():
        for one in library().listed:
            if one.kind is kind:
                article = library().articles.get(one.article or "")
                group = f"{title} · {article.title}" if article else title
                groups.setdefault(group, []).append((one.key, _titled(one)))
    return list(groups.items())


def _titled(exercise: Exercise) -> str:
    text = _(" · with a text to mark") if any(_is_text(step.item) for step in exercise.steps) else ""
    minutes = ngettext("%(num)s minute", "%(num)s minutes", exercise.minutes)
    return f"{name_of(exercise)} · {minutes}{text}"


def _is_text(item: str) -> bool:
    found = library().task(item)
    return found is not None and bool(found.rubric)


def _form_page(classroom: Classroom, form: AssignmentForm, refusal: CantGive | None = None) -> str:
    return render_template(
        "teach/assign.html",
        classroom=classroom,
        groups=_groups(),
        seats=sitting.of_class(db_session(), classroom.id),
        form=form,
        id=form.id.data or new_id(),
        fields={name: _typed(form[name]) for name in ("opens", "closes")},
        errors=errors_of(form, refusal),
        local_now=to_local(now(), classroom.zone),
    )


def _assignment_page(
    classroom: Classroom,
    assignment: Assignment,
    *,
    problem: str = "",
    form: EndForm | None = None,
    refusal: CantGive | None = None,
) -> str:
    times = assignments.opening(db_session(), assignment, now())
    errors = errors_of(form, refusal) if form else {}
    exercise = library().exercises.get(assignment.exercise)
    seat = sitting.get(db_session(), assignment.seat_id, classroom.id) if assignment.seat_id else None
    return render_template(
        "teach/assignment.html",
        classroom=classroom,
        assignment=assignment,
        exercise=exercise,
        title=given_name(assignment),
        seat=seat,
        counts=given.started(db_session(), classroom.id).get(assignment.id, (0, 0)),
        opening=times,
        can_reopen=assignments.may_reopen(assignment, times, now()),
        now=now(),
        problem=problem or errors.get("", ""),
        end=_end(classroom, assignment, form),
        errors=errors,
        join_url=url_for("join.room", code=classroom.code, _external=True),
    )


def _typed(field: Field) -> str:
    """What was typed into a field, right or not."""
    return field.raw_data[0] if field.raw_data else ""


def _end(classroom: Classroom, assignment: Assignment, form: EndForm | None) -> dict[str, str]:
    """The closing time and the note as their fields show them: as typed, else as they are."""
    if form is not None:
        return {"closes": _typed(form.closes), "note": str(form.note.data or "")}
    closes = to_local(assignment.closes_at, classroom.zone) if assignment.closes_at else None
    return {"closes": closes.strftime("%Y-%m-%dT%H:%M") if closes else "", "note": assignment.note}
