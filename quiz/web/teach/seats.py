"""One seat of a class: its name, its time, its devices, its end."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quiz.core.names import UnfitName
from quiz.services import reporting, seats
from quiz.services.seats import PASS_MINUTES, CantChange
from quiz.store import reports
from quiz.store import seats as seats_of
from quiz.store.tables import Classroom, Seat
from quiz.web import once
from quiz.web.db import db_session
from quiz.web.forms import PressForm, errors_of, refused
from quiz.web.outside import library, now, random
from quiz.web.teach import bp, seat_answers
from quiz.web.teach.forms import ExtraForm, MergeForm, SeatNameForm
from quiz.web.teach.loaders import seat_or_404
from quiz.web.text import _, why

DIGITS_COOKIE = "digits"


@bp.get("/classes/<uuid:classroom>/seats/<uuid:seat>")
def seat(classroom: UUID, seat: UUID) -> str:
    """A seat."""
    return _seat_page(*seat_or_404(classroom, seat))


@bp.post("/classes/<uuid:classroom>/seats/<uuid:seat>/name")
def rename_seat(classroom: UUID, seat: UUID) -> ResponseReturnValue:
    """Call the seat otherwise."""
    found = seat_or_404(classroom, seat)
    form = SeatNameForm()
    if not form.validate_on_submit():
        return _refused(found, form)
    try:
        seats.rename(db_session(), found[1], str(form.name.data))
    except (CantChange, UnfitName) as problem:
        return _seat_page(*found, errors={"name": why(problem)}), 422
    return _back(found)


@bp.post("/classes/<uuid:classroom>/seats/<uuid:seat>/extra")
def give_time(classroom: UUID, seat: UUID) -> ResponseReturnValue:
    """Give the seat extra minutes."""
    found = seat_or_404(classroom, seat)
    form = ExtraForm()
    if not form.validate_on_submit():
        return _refused(found, form)
    try:
        seats.give_time(db_session(), found[1], int(form.minutes.data or 0), now())
    except CantChange as problem:
        return _seat_page(*found, errors={"minutes": why(problem)}), 422
    return _back(found)


@bp.post("/classes/<uuid:classroom>/seats/<uuid:seat>/digits")
def let_in(classroom: UUID, seat: UUID) -> ResponseReturnValue:
    """Make six digits that open the seat on another device; the seat's page shows them for a while."""
    found = seat_or_404(classroom, seat)
    form = PressForm()
    if not form.validate_on_submit():
        return _refused(found, form)
    digits = seats.let_in(found[1], random=random(), now=now())
    here = _url(found)
    return once.carry(redirect(here, code=303), DIGITS_COOKIE, digits, to=here)


@bp.post("/classes/<uuid:classroom>/seats/<uuid:seat>/merge")
def merge_seats(classroom: UUID, seat: UUID) -> ResponseReturnValue:
    """Put another seat's work into this one."""
    found = seat_or_404(classroom, seat)
    form = MergeForm()
    if not form.validate_on_submit():
        return _refused(found, form)
    if not form.sure.data:
        giver = seats_of.get(db_session(), form.seat_id, classroom)
        if giver is None:
            return _seat_page(*found, errors={"other": _("Choose another seat of this class.")}), 422
        return _seat_page(*found, giver=giver)
    try:
        seats.merge(db_session(), found[1], form.seat_id, now())
    except CantChange as problem:
        return _seat_page(*found, errors={"other": why(problem)}), 422
    return _back(found)


@bp.post("/classes/<uuid:classroom>/seats/<uuid:seat>/remove")
def remove_seat(classroom: UUID, seat: UUID) -> ResponseReturnValue:
    """Remove the seat with its answers."""
    found = seat_or_404(classroom, seat)
    form = PressForm()
    if not form.validate_on_submit():
        return _refused(found, form)
    seats.remove(db_session(), found[1], now())
    return redirect(url_for(".classroom", classroom=classroom, _anchor="seats"), code=303)


def _refused(found: tuple[Classroom, Seat], form: FlaskForm) -> ResponseReturnValue:
    return _seat_page(*found, errors=errors_of(form)), refused(form)


def _url(found: tuple[Classroom, Seat]) -> str:
    return url_for(".seat", classroom=found[0].id, seat=found[1].id)


def _back(found: tuple[Classroom, Seat]) -> ResponseReturnValue:
    return redirect(_url(found), code=303)


def _seat_page(
    classroom: Classroom, seat: Seat, errors: dict[str, str] | None = None, giver: Seat | None = None
) -> str:
    others = [one for one in seats_of.of_class(db_session(), classroom.id) if one.id != seat.id]
    holds = seat.pass_expires_at is not None and seat.pass_expires_at > now()
    return render_template(
        "teach/seat.html",
        classroom=classroom,
        seat=seat,
        others=others,
        giver=giver,
        giver_begun=len(reports.of_seat(db_session(), giver.id)) if giver else 0,
        digits=once.carried(DIGITS_COOKIE) if holds else "",
        holds=PASS_MINUTES,
        attempts=[
            seat_answers.rows(one, answers, library())
            for one, answers in reporting.of_seat(db_session(), seat, library())
        ],
        name=request.form.get("name", seat.name),
        minutes=request.form.get("minutes", seat.extra_minutes),
        errors=errors or {},
    )
