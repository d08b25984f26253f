"""Claim by claim on the board: the one that fewest got right comes first, or every one for raised hands."""

from random import Random
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.drawing import unfold
from quiz.core.formats.choice import Choice
from quiz.core.formats.grid import Grid
from quiz.core.keys import right_mark
from quiz.core.library import ExerciseKind, Item
from quiz.core.statistics.few import FEWEST
from quiz.core.votes import Votes, votes, worst
from quiz.services import reporting
from quiz.services.reporting import ClassReport
from quiz.web.db import db_session
from quiz.web.outside import library
from quiz.web.teach import bp
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.results import Chosen, chosen_assignment, frame, tasks_of, votes_on
from quiz.web.votes_view import UnitView, answer_text, board_bars, for_all_to_see, on_board, units

SHOWN = ("sentence", "shares", "key", "talk")
"""What the board shows of a claim, one press after the other."""


@bp.get("/classes/<uuid:classroom>/worst")
def next_worst(classroom: UUID) -> ResponseReturnValue:
    """The claim that fewest got right, large on the board: sentence, shares, key, talk; then the next."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    ranked = [] if "hands" in request.args else _ranked(report)
    by_hands = not ranked
    if by_hands:
        ranked = _for_hands(report)
    place = max(1, request.args.get("place", 1, type=int))
    shown = request.args.get("show", SHOWN[0])
    if shown not in SHOWN:
        abort(404)
    if place > len(ranked):
        return render_template("teach/worst_over.html", **frame(chosen), count=len(ranked), fewest=FEWEST)
    item, view = ranked[place - 1]
    pieces = on_board(item, view.unit)
    return render_template(
        "teach/worst.html",
        **frame(chosen),
        item=item,
        pieces=pieces,
        heading="".join(piece.text for piece in pieces),
        beside=item.passages[1:] if len(item.passages) > 1 else (),
        bars=[] if by_hands else for_all_to_see(board_bars(item, votes_on(report, item), view)),
        by_hands=by_hands,
        answers=_answers(item, view.unit),
        note=item.notes.get(view.unit),
        place=place,
        count=len(ranked),
        upto=SHOWN.index(shown),
        next_url=_next_on_board(chosen, place, shown),
    )


def _ranked(report: ClassReport) -> list[tuple[Item, UnitView]]:
    """Every unit that counts, fewest right first. In a choice the right option stands for all of it."""
    found = []
    for item in tasks_of(report).values():
        counted = votes_on(report, item)
        views = {view.unit: view for view in units(item, counted, report.out)}
        asked = counted.values() if item.format.name != "choice" else _right_options(counted)
        found += [(one, item, views[one.unit]) for one in worst(asked, least=FEWEST)]
    found.sort(key=lambda one: (one[0].share_right, one[1].id, one[0].unit))
    return [(item, view) for _votes_of, item, view in found]


def _for_hands(report: ClassReport) -> list[tuple[Item, UnitView]]:
    """Every unit of the exercise that counts, for raised hands. A form isn't told before it is taken."""
    exercise = library().exercises.get(report.assignment.exercise)
    if exercise is None or exercise.kind is ExerciseKind.FORM:
        return []
    found = []
    for task in unfold(exercise, library(), Random(exercise.key)):
        item = library().task(task.item)
        mark = right_mark(item) if item else None
        if item and mark:
            keys = votes([mark])
            asked = keys if item.format.name != "choice" else {one.unit: one for one in _right_options(keys)}
            found += [(item, view) for view in units(item, asked, report.out) if not view.open]
    return [(item, view) for item, view in found if not view.out]


def _answers(item: Item, unit: str) -> list[str]:
    """What can be answered, in words, for raised hands."""
    if item.format.name == "spot":
        return [answer_text(item, unit, given) for given in ("marked", "left")]
    if isinstance(item.format, Choice):
        return ["".join(piece.text for piece in one.pieces) for one in item.units]
    if isinstance(item.format, Grid):
        asked = unit.partition(".")[2] or item.format.keyed[0]
        return [one.text for question in item.questions if question.id == asked for one in question.answers]
    return [one.text for one in item.answers]


def _right_options(counted: dict[str, Votes]) -> list[Votes]:
    return [one for one in counted.values() if one.key == "marked"]


def _next_on_board(chosen: Chosen, place: int, shown: str) -> str:
    step = SHOWN.index(shown) + 1
    place, show = (place, SHOWN[step]) if step < len(SHOWN) else (place + 1, SHOWN[0])
    return url_for(
        ".next_worst",
        classroom=chosen.classroom.id,
        task=chosen.assignment.id,
        place=place,
        show=show,
        hands=request.args.get("hands"),
    )
