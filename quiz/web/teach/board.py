"""Claim by claim on the board: the one that fewest got right comes first, or every one for raised hands."""

import re
from collections.abc import Mapping, Sequence
from random import Random
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.article import Sentence
from quiz.core.drawing import unfold
from quiz.core.formats.choice import Choice
from quiz.core.item import Item
from quiz.core.keys import right_mark
from quiz.core.library import ExerciseKind
from quiz.core.statistics.few import FEWEST
from quiz.core.votes import Votes, votes, worst
from quiz.services import reporting
from quiz.services.reporting import ClassReport
from quiz.web.db import db_session
from quiz.web.outside import library
from quiz.web.teach import bp
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.results import Chosen, chosen_assignment, frame, tasks_of, votes_on
from quiz.web.votes_view import (
    Bar,
    UnitView,
    answer_text,
    answers_to,
    board_bars,
    for_all_to_see,
    on_board,
    units,
)

SHOWN = ("sentence", "shares", "key", "talk")
"""What the board shows of a claim, one press after the other."""
WITHOUT_SHARES = ("sentence", "key", "talk")
"""The same where all shares would point at somebody."""


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
    bars = (
        _raised(item, view.unit)
        if by_hands
        else for_all_to_see(board_bars(item, votes_on(report, item), view))
    )
    presses = SHOWN if by_hands or any(one.percent is not None for one in bars) else WITHOUT_SHARES
    return render_template(
        "teach/worst.html",
        **frame(chosen),
        item=item,
        pieces=pieces,
        heading="".join(piece.text for piece in pieces),
        beside=item.passages[1:] if len(item.passages) > 1 else (),
        bars=bars,
        by_hands=by_hands,
        named=_named(item, view),
        chosen_text=view.text if isinstance(item.format, Choice) and item.format.several else "",
        note=item.notes.get(view.unit),
        place=place,
        count=len(ranked),
        upto=SHOWN.index(shown),
        tells_votes=SHOWN[1] in presses,
        next_url=_onward(chosen, place, shown, presses),
        back_url=_back(chosen, place, shown, presses),
    )


def _ranked(report: ClassReport) -> list[tuple[Item, UnitView]]:
    """Every unit that counts, fewest right first. A choice comes once."""
    found = []
    for item in tasks_of(report).values():
        counted = votes_on(report, item)
        views = {view.unit: view for view in units(item, counted, report.out)}
        found += [(one, item, views[one.unit]) for one in _asked(item, counted)]
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
            asked = units(item, keys, report.out)
            if isinstance(item.format, Choice):
                asked = [view for view in asked if view.unit in item.format.right][:1]
            found += [(item, view) for view in asked if not view.open]
    return [(item, view) for item, view in found if not view.out]


def _raised(item: Item, unit: str) -> list[Bar]:
    """What hands can be raised for, without shares."""
    mark = right_mark(item)
    if isinstance(item.format, Choice):
        keys = {item.text_of(id) for id in item.format.right}
    else:
        keys = {answer_text(item, unit, votes([mark])[unit].key)} if mark else set()
    return [Bar(text=text, count=None, percent=None, is_key=text in keys) for text in answers_to(item, unit)]


def _asked(item: Item, counted: Mapping[str, Votes]) -> list[Votes]:
    """The units that are asked on the board, worst first; in a choice the right option that fewest chose."""
    if not isinstance(item.format, Choice):
        return worst(counted.values(), least=FEWEST)
    return worst((one for one in counted.values() if one.key == "marked"), least=FEWEST)[:1]


def _named(item: Item, view: UnitView) -> list[Sentence]:
    """The sentences that the question to the class names, beside the one that stands on the board."""
    article = library().articles.get(item.article or "")
    numbers = {int(one) for one in re.findall(r"\b\d+\b", item.ask_the_class)} - {view.sentence}
    return [one for one in article.sentences if one.number in numbers] if article else []


def _onward(chosen: Chosen, place: int, shown: str, presses: Sequence[str]) -> str:
    """Where the next press leads: more of this claim, or the next one."""
    more = presses[presses.index(shown) + 1 :] if shown in presses else presses[1:]
    return _at(chosen, place, more[0]) if more else _at(chosen, place + 1, SHOWN[0])


def _back(chosen: Chosen, place: int, shown: str, presses: Sequence[str]) -> str:
    """Where a press back leads; empty before the first claim."""
    less = presses[: presses.index(shown)] if shown in presses else presses[:1]
    if less:
        return _at(chosen, place, less[-1])
    return _at(chosen, place - 1, SHOWN[-1]) if place > 1 else ""


def _at(chosen: Chosen, place: int, shown: str) -> str:
    return url_for(
        ".next_worst",
        classroom=chosen.classroom.id,
        task=chosen.assignment.id,
        place=place,
        show=shown,
        hands=request.args.get("hands"),
    )
