"""How a learner's class answered a task: for those whose own feedback is open, without a name."""

from uuid import UUID

from flask import abort, render_template

from quiz.core.statistics.few import FEWEST
from quiz.core.votes import votes
from quiz.services import reporting
from quiz.services.steps import response_at
from quiz.web.db import db_session
from quiz.web.learn import bp, step_url, words
from quiz.web.learn.loaders import visit_or_404
from quiz.web.outside import library
from quiz.web.votes_view import of_options, units


@bp.get("/attempts/<uuid:attempt>/<int:step>/class")
def class_votes(attempt: UUID, step: int) -> str:
    """The shares of answers of the class to one task; where few gave one, it is withheld.

    The answers are counted in steps of five, so that no two looks tell what one classmate answered.
    """
    visit = visit_or_404(attempt, step)
    given = visit.attempt.assignment
    if given is None or not visit.told or response_at(visit.attempt, step) is None:
        abort(404)
    item = visit.item
    marks = reporting.marks_of(db_session(), given, item, library())
    counted = votes(marks[: len(marks) - len(marks) % FEWEST])
    views = of_options(item, counted) if words.one_answer(item) else units(item, counted, for_class=True)
    return render_template(
        "learn/class_votes.html",
        item=item,
        views=views,
        back_url=step_url(visit.attempt, step),
    )
