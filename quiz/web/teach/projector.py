"""What a class sees on the board: how to walk in, and a starter without devices."""

from fractions import Fraction
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.share import hundredths
from quiz.store import seats as sitting
from quiz.store.tables import Classroom
from quiz.web.db import db_session
from quiz.web.outside import library
from quiz.web.qr import qr
from quiz.web.teach import bp
from quiz.web.teach.address import join_address
from quiz.web.teach.loaders import class_or_404

A_FULL_ROOM = 30
"""Seats that fill the bar where nobody knows how many will come."""


@bp.get("/classes/<uuid:classroom>/projector")
def projector(classroom: UUID) -> str:
    """Address, code and QR, and a bar that fills."""
    found = class_or_404(classroom)
    address = join_address(url_for("join.room", code=found.code))
    return render_template(
        "teach/projector.html",
        classroom=found,
        address=address,
        join_short=join_address(url_for("join.ask")).short,
        code=" ".join((found.code[:3], found.code[3:])),
        qr=qr(address.url),
        **_seats(found),
    )


@bp.get("/classes/<uuid:classroom>/projector/bar")
def bar(classroom: UUID) -> ResponseReturnValue:
    """The bar alone, for the page that asks every few seconds; 304 while nobody came."""
    found = class_or_404(classroom)
    response = make_response(render_template("parts/bar.html", **_seats(found)))
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@bp.get("/starter")
def starter() -> str:
    """A lesson starter for the projector, without devices: three sentences, hands up."""
    tasks = [library().bank[id] for id in library().site.starter]
    return render_template("teach/starter.html", tasks=tasks)


def _seats(classroom: Classroom) -> dict[str, int]:
    """How many seats are `taken`, and how far they fill the bar in hundredths.

    A roster's seats fill it, else a full room, or as many as came.
    """
    there = sitting.of_class(db_session(), classroom.id)
    taken = sum(1 for seat in there if seat.taken_at)
    full = len(there) if classroom.naming == "roster" and there else max(A_FULL_ROOM, taken)
    return {"taken": taken, "filled": hundredths(Fraction(taken, full))}
