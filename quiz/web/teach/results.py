"""What came of an assignment: at a glance, in sentences, on the article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.core.item import Item
from quiz.core.share import hundredths
from quiz.core.statistics.few import FEWEST
from quiz.core.votes import Votes, votes
from quiz.services import counting, reporting
from quiz.services.reporting import ClassAnswer, ClassReport
from quiz.store import assignments as given
from quiz.store import reviews
from quiz.store.tables import Assignment, Classroom
from quiz.web.db import db_session
from quiz.web.forms import refused, said
from quiz.web.learn import words
from quiz.web.outside import library, new_id, now
from quiz.web.teach import bp, report_words, teacher
from quiz.web.teach.assignments import given_name
from quiz.web.teach.forms import UnitForm
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.strip_view import class_strip, first_strip
from quiz.web.text import why
from quiz.web.votes_view import HEATS, HeatSentence, UnitView, of_one_answer, on_text, units


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


@bp.get("/classes/<uuid:classroom>/heat")
def heat(classroom: UUID) -> ResponseReturnValue:
    """One task's votes on the very words of the article, or as a list."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    tasks = tasks_of(report)
    if not tasks:
        return render_template("teach/no_results.html", classroom=chosen.classroom)
    wanted = request.args.get("item", "")
    item = _called(tasks, wanted) or abort(404) if wanted else _best_for_heat(tasks)
    article = library().articles.get(item.article or "")
    named = "names" in request.args
    names = _names(report, item) if named else None
    views = (of_one_answer if words.one_answer(item) else units)(
        item, votes_on(report, item), report.out, names=names
    )
    text = on_text(article, item, views) if article else []
    return render_template(
        "teach/heat.html",
        **frame(chosen),
        item=item,
        titles={id: report_words.called(one) for id, one in tasks.items()},
        article=article,
        views=views,
        text=text,
        rest=_elsewhere(views, text),
        strips=class_strip(article, item, report) if article else [],
        finding=report_words.worst_of(item, views),
        since=report_words.since(item, report.by_item[item.id]),
        heats=[hundredths(one) for one in HEATS],
        named=named,
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
            return _results_page(chosen, problem=why(problem)), 422
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
        "title": given_name(chosen.assignment),
        "every": [(one, given_name(one)) for one in chosen.every],
    }


def _results_page(chosen: Chosen, *, problem: str = "") -> str:
    session = db_session()
    report = reporting.report(session, chosen.assignment, library())
    mistakes = library().still_named(reporting.mistakes(report))
    skills = reporting.summaries(report)
    rows, few = report_words.tasks(report, library())
    pictured, strips = first_strip(tasks_of(report).values(), report, library())
    return render_template(
        "teach/results.html",
        **frame(chosen),
        problem=problem,
        report=report,
        glance=report_words.glance(report.counts),
        not_done=report_words.not_done(report),
        headline=report_words.headline(report, mistakes, library()),
        skills=report_words.skills(skills, reporting.sound_sources(report.answers)),
        mistakes=report_words.mistakes(mistakes, library()),
        pictured=pictured,
        called=report_words.called(pictured) if pictured else "",
        strips=strips,
        grids=_grids(report),
        tasks=rows,
        few=few,
        readings=_readings(chosen.assignment),
        log=[
            (one, report_words.unit_taken(library(), one.scope, one.unit))
            for one in reviews.taken_out(session, chosen.classroom.id)
        ],
        fewest=FEWEST,
    )


def tasks_of(report: ClassReport) -> dict[str, Item]:
    """The items that were answered and can be voted on, by id."""
    found = {}
    for id, answers in report.by_item.items():
        item = library().task(id)
        if item and item.format.units:
            found[id] = _with_units_of_then(item, answers)
    return found


def _with_units_of_then(item: Item, answers: Sequence[ClassAnswer]) -> Item:
    """The item with what it asked about when its key was another, so that older answers have their words."""
    then = {unit.id: unit for one in answers if one.item and one.item is not item for unit in one.item.units}
    return replace(item, units=(*item.units, *(then[id] for id in then if id not in item.by_unit)))


def _called(tasks: dict[str, Item], wanted: str) -> Item | None:
    """A task by its id or, as in older links, by its short one."""
    return tasks.get(wanted) or next((one for one in tasks.values() if one.short == wanted), None)


def _best_for_heat(tasks: dict[str, Item]) -> Item:
    """A task on the article where there is one."""
    return next((one for one in tasks.values() if one.article), next(iter(tasks.values())))


def votes_on(report: ClassReport, item: Item) -> dict[str, Votes]:
    """The votes of a class on each unit of an item."""
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


def _grids(report: ClassReport) -> list[tuple[Item, str, str, list[UnitView]]]:
    """Each grid that was answered: what it shows, what changed since, and the share of each answer by row."""
    grids = [item for item in tasks_of(report).values() if item.format.name == "grid"]
    voted = [(item, units(item, votes_on(report, item), report.out)) for item in grids]
    return [
        (item, report_words.worst_of(item, views), report_words.since(item, report.by_item[item.id]), views)
        for item, views in voted
    ]


def _readings(assignment: Assignment) -> list[dict[str, str]]:
    """What learners wrote who read a unit differently: never scored, and without a name."""
    found = []
    for item_id, reading in reviews.other_readings(db_session(), assignment.id):
        item = library().task(item_id)
        text = item.text_of(reading.unit) if item else reading.unit
        found.append({"unit": text, "reason": reading.reason})
    return found
