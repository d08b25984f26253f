"""What came of an assignment: at a glance, on the article, claim by claim on the board."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.library import Item
from quiz.core.statistics.few import FEWEST
from quiz.core.votes import Votes, votes, worst
from quiz.services import counting, reporting
from quiz.services.reporting import ClassReport
from quiz.store import assignments as given
from quiz.store import reviews
from quiz.store.tables import Assignment, Classroom
from quiz.web.db import db_session
from quiz.web.forms import refused, said
from quiz.web.outside import library, new_id, now
from quiz.web.teach import bp, report_words, teacher
from quiz.web.teach.assignments import name_of
from quiz.web.teach.forms import UnitForm
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.strip_view import class_strip
from quiz.web.votes_view import HeatSentence, UnitView, board_bars, on_board, on_text, units

SHOWN = ("sentence", "shares", "key", "talk")
"""What the board shows of a claim, one press after the other."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A class, its assignments, and the one whose results are looked at."""

    classroom: Classroom
    every: list[Assignment]
    assignment: Assignment


@bp.get("/classes/<uuid:classroom>/results")
def results(classroom: UUID) -> ResponseReturnValue:
    """What came of an assignment, in sentences and bars."""
    found = class_or_404(classroom)
    chosen = chosen_assignment(found)
    if chosen is None:
        return render_template("teach/no_results.html", classroom=found)
    return _results_page(chosen)


@bp.get("/classes/<uuid:classroom>/results/glance")
def glance(classroom: UUID) -> ResponseReturnValue:
    """Who started, answered and finished, for the page that asks by itself; 304 while nothing came."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    page = render_template("parts/glance.html", glance=report_words.glance(report), report=report)
    response = make_response(page)
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@bp.get("/classes/<uuid:classroom>/heat")
def heat(classroom: UUID) -> ResponseReturnValue:
    """One task's votes on the very words of the article, or as a list."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    tasks = _tasks(report)
    if not tasks:
        return render_template("teach/no_results.html", classroom=chosen.classroom)
    wanted = request.args.get("item", "")
    item = tasks.get(wanted) or abort(404) if wanted else _best_for_heat(tasks)
    article = library().articles.get(item.article or "")
    named = "names" in request.args
    views = units(item, _votes(report, item), report.out, names=_names(report, item) if named else None)
    text = on_text(article, item, views) if article else []
    return render_template(
        "teach/heat.html",
        **frame(chosen),
        item=item,
        tasks=tasks,
        article=article,
        views=views,
        text=text,
        rest=_elsewhere(views, text),
        strips=class_strip(article, item, report) if article else [],
        finding=report_words.worst_of(item, views),
        named=named,
    )


@bp.get("/classes/<uuid:classroom>/worst")
def next_worst(classroom: UUID) -> ResponseReturnValue:
    """The claim that fewest got right, large on the board: sentence, shares, key, talk; then the next."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    ranked = _ranked(report)
    by_hands = not ranked
    if by_hands:
        ranked = _for_hands(chosen.assignment)
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
        bars=[] if by_hands else board_bars(item, _votes(report, item), view),
        by_hands=by_hands,
        note=item.notes.get(view.unit),
        place=place,
        count=len(ranked),
        upto=SHOWN.index(shown),
        next_url=_next_on_board(chosen, place, shown),
    )


@bp.post("/classes/<uuid:classroom>/claims")
def take_out(classroom: UUID) -> ResponseReturnValue:
    """Take a claim out of the count of a class, or put it back: all of the class is counted anew."""
    found = class_or_404(classroom)
    form = UnitForm()
    chosen = chosen_assignment(found) or abort(404)
    if not form.validate_on_submit():
        return _results_page(chosen, problem=said(form)), refused(form)
    scope, unit = str(form.scope.data), str(form.unit.data)
    if form.to.data == "back":
        counting.put_back(db_session(), found.id, scope, unit, teacher(), now=now())
    else:
        try:
            counting.take_out(
                db_session(),
                library(),
                found.id,
                scope=scope,
                unit=unit,
                teacher=teacher(),
                id=new_id(),
                now=now(),
            )
        except counting.NoSuchUnit as problem:
            return _results_page(chosen, problem=str(problem)), 422
    back = url_for(".heat", classroom=found.id, task=chosen.assignment.id, item=form.item.data or None)
    return redirect(f"{back}#{form.unit.data}", code=303)


def chosen_assignment(classroom: Classroom) -> Chosen | None:
    """The assignment that `task` names, else the latest; None where the class has none, 404 for another's."""
    every = given.of_class(db_session(), classroom.id)
    wanted = request.values.get("task", "")
    if not wanted:
        return Chosen(classroom=classroom, every=every, assignment=every[0]) if every else None
    mine = next((one for one in every if str(one.id) == wanted), None) or abort(404)
    return Chosen(classroom=classroom, every=every, assignment=mine)


def frame(chosen: Chosen) -> dict[str, object]:
    """What every page of results shows: the class, its assignments by name, the chosen one."""
    return {
        "classroom": chosen.classroom,
        "assignment": chosen.assignment,
        "title": _title(chosen.assignment),
        "every": [(one, _title(one)) for one in chosen.every],
    }


def _title(assignment: Assignment) -> str:
    exercise = library().exercises.get(assignment.exercise)
    return name_of(exercise) if exercise else assignment.exercise


def _results_page(chosen: Chosen, *, problem: str = "") -> str:
    session = db_session()
    report = reporting.report(session, chosen.assignment, library())
    mistakes = reporting.mistakes(report)
    skills = reporting.summaries(report, library())
    rows, few = report_words.tasks(report, library())
    return render_template(
        "teach/results.html",
        **frame(chosen),
        problem=problem,
        report=report,
        glance=report_words.glance(report),
        headline=report_words.headline(report, mistakes, library()),
        skills=report_words.skills(skills, reporting.sound_sources(report.answers, library())),
        mistakes=report_words.mistakes(mistakes, library()),
        grids=_grids(report),
        tasks=rows,
        few=few,
        readings=_readings(chosen.assignment),
        log=reviews.taken_out(session, chosen.classroom.id),
        fewest=FEWEST,
    )


def _tasks(report: ClassReport) -> dict[str, Item]:
    """The items that were answered and can be voted on, by id."""
    items = (answers[0].item for answers in report.by_item.values())
    return {item.id: item for item in items if item and item.format.units}


def _best_for_heat(tasks: dict[str, Item]) -> Item:
    """A task on the article where there is one."""
    return next((one for one in tasks.values() if one.article), next(iter(tasks.values())))


def _votes(report: ClassReport, item: Item) -> dict[str, Votes]:
    return votes(one.voted for one in report.by_item.get(item.id, []) if one.voted)


def _elsewhere(views: list[UnitView], text: list[list[HeatSentence]]) -> list[UnitView]:
    """The units that stand in no sentence of the article."""
    placed = {view.unit for group in text for sentence in group for view in sentence.units}
    return [view for view in views if view.unit not in placed]


def _names(report: ClassReport, item: Item) -> dict[tuple[str, str], list[str]]:
    """Who gave each answer to each unit."""
    called = {seat.id: seat.name for seat in report.seats}
    found: dict[tuple[str, str], list[str]] = {}
    for one in report.by_item.get(item.id, []):
        for unit in one.voted.units if one.voted else ():
            found.setdefault((unit.unit, unit.given), []).append(called.get(one.kept.seat_id, ""))
    return {key: sorted(names) for key, names in found.items()}


def _grids(report: ClassReport) -> list[tuple[Item, list[UnitView]]]:
    """Each grid that was answered, with the share of each answer by row."""
    grids = [item for item in _tasks(report).values() if item.format.name == "grid"]
    return [(item, units(item, _votes(report, item), report.out)) for item in grids]


def _ranked(report: ClassReport) -> list[tuple[Item, UnitView]]:
    """Every unit that counts, fewest right first. In a choice the right option stands for all of it."""
    found = []
    for item in _tasks(report).values():
        counted = _votes(report, item)
        views = {view.unit: view for view in units(item, counted, report.out)}
        asked = counted.values() if item.format.name != "choice" else _right_options(counted)
        found += [(one, item, views[one.unit]) for one in worst(asked, least=FEWEST)]
    found.sort(key=lambda one: (one[0].share_right, one[1].id, one[0].unit))
    return [(item, view) for _votes_of, item, view in found]


def _for_hands(assignment: Assignment) -> list[tuple[Item, UnitView]]:
    """Where too few have answered by device: every unit of the exercise’s own tasks, for raised hands."""
    exercise = library().exercises.get(assignment.exercise)
    items = [library().task(step.item) for step in exercise.steps if step.item] if exercise else []
    found = []
    for item in items:
        if item is not None and item.format.units:
            right = next(item.format.examples())
            keys = votes([item.format.mark(item.format.read(right.fields))])
            asked = keys if item.format.name != "choice" else {one.unit: one for one in _right_options(keys)}
            found += [(item, view) for view in units(item, asked, frozenset()) if not view.open]
    return found


def _right_options(counted: dict[str, Votes]) -> list[Votes]:
    return [one for one in counted.values() if one.key == "marked"]


def _next_on_board(chosen: Chosen, place: int, shown: str) -> str:
    step = SHOWN.index(shown) + 1
    place, show = (place, SHOWN[step]) if step < len(SHOWN) else (place + 1, SHOWN[0])
    return url_for(
        ".next_worst", classroom=chosen.classroom.id, task=chosen.assignment.id, place=place, show=show
    )


def _readings(assignment: Assignment) -> list[dict[str, str]]:
    """What learners wrote who read a unit differently: never scored, and without a name."""
    found = []
    for item_id, reading in reviews.other_readings(db_session(), assignment.id):
        item = library().task(item_id)
        known = item.by_unit.get(reading.unit) if item else None
        text = "".join(piece.text for piece in known.pieces) if known else reading.unit
        found.append({"unit": text, "reason": reading.reason})
    return found
