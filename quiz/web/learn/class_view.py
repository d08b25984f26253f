"""How a learner's class answered a task: for those whose own feedback is open, without a name."""

from uuid import UUID

from flask import abort, render_template

from quiz.core.statistics.few import too_few
from quiz.core.votes import votes
from quiz.services import reporting
from quiz.services.steps import response_at
from quiz.web.db import db_session
from quiz.web.learn import bp, step_url
from quiz.web.learn.loaders import visit_or_404
from quiz.web.outside import library
from quiz.web.votes_view import units


@bp.get("/attempts/<uuid:attempt>/<int:step>/class")
def class_votes(attempt: UUID, step: int) -> str:
    """The shares of answers of the class to one task; where few gave one, it is withheld."""
    visit = visit_or_404(attempt, step)
    given = visit.attempt.assignment
    if given is None or not visit.told or response_at(visit.attempt, step) is None:
        abort(404)
    report = reporting.report(db_session(), given, library())
    marks = [one.mark for one in report.by_item.get(visit.item.id, []) if one.mark]
    return render_template(
        "learn/class_votes.html",
        item=visit.item,
        views=[] if too_few(len(marks)) else units(visit.item, votes(marks), report.out, for_class=True),
        back_url=step_url(visit.attempt, step),
    )
