"""Results to take along: CSV for a school's own tools, a workbook, and a page to print."""

from uuid import UUID

from flask import Response, abort, make_response, render_template, request
from werkzeug.utils import secure_filename

from quiz.services import exporting, reporting
from quiz.services.spreadsheets import workbook, written
from quiz.web.db import db_session
from quiz.web.outside import library, now
from quiz.web.teach import bp, report_words
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.results import Chosen, chosen_assignment, frame

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/classes/<uuid:classroom>/results.csv")
def results_csv(classroom: UUID) -> Response:
    """A row a seat, with the points of each task; UTF-8 with a mark, so that spreadsheets read it rightly."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    text = written(exporting.scores(report))
    return _file(chosen, text.encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


@bp.get("/classes/<uuid:classroom>/results.xlsx")
def results_xlsx(classroom: UUID) -> Response:
    """A workbook with sheets of scores, answers and items."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    return _file(chosen, workbook(exporting.tables(report, library())), SHEETS, "xlsx")


@bp.get("/classes/<uuid:classroom>/print")
def print_results(classroom: UUID) -> str:
    """The results of an assignment on one page."""
    chosen = chosen_assignment(class_or_404(classroom)) or abort(404)
    report = reporting.report(db_session(), chosen.assignment, library())
    mistakes = reporting.mistakes(report)
    rows, few = report_words.tasks(report, library())
    return render_template(
        "teach/print_results.html",
        **frame(chosen),
        now=now(),
        glance=report_words.glance(report.counts),
        headline=report_words.headline(report, mistakes, library()),
        mistakes=report_words.mistakes(mistakes, library()),
        tasks=rows,
        few=few,
        scores=exporting.scores_by_step(report) if "names" in request.args else None,
    )


def _file(chosen: Chosen, data: bytes, kind: str, suffix: str) -> Response:
    response = make_response(data)
    response.headers["Content-Type"] = kind
    name = secure_filename(f"{chosen.classroom.name}-{chosen.assignment.exercise}") or "results"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
