"""Before and after: what forms show of a class, and the evidence sheet."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.services import growing
from quiz.services.growing import Evidence
from quiz.store import classrooms
from quiz.web.db import db_session
from quiz.web.outside import library, now
from quiz.web.teach import bp, growth_words, teacher
from quiz.web.teach.loaders import class_or_404
from quiz.web.teach.results import chosen_assignment, frame


@bp.get("/classes/<uuid:classroom>/growth")
def growth(classroom: UUID) -> ResponseReturnValue:
    """What the forms show: growth with its interval, what it doesn't show, and another class beside it."""
    found = class_or_404(classroom)
    chosen = chosen_assignment(found)
    if chosen is None:
        return render_template("teach/no_results.html", classroom=found)
    others = [one for one, _taken in classrooms.of(db_session(), teacher().id) if one.id != found.id]
    wanted = request.args.get("beside", "")
    beside = next((one for one in others if str(one.id) == wanted), None)
    if wanted and beside is None:
        abort(404)
    shown = growing.evidence(db_session(), found, library())
    return render_template(
        "teach/growth.html",
        **frame(chosen),
        evidence=shown,
        sentence=growth_words.sentence(shown),
        rows=growth_words.rows(shown),
        mirrors=growth_words.mirrors(shown),
        others=others,
        beside=_beside(growing.evidence(db_session(), beside, library())) if beside else None,
        now=now(),
    )


def _beside(evidence: Evidence) -> dict[str, object]:
    return {
        "classroom": evidence.classroom,
        "evidence": evidence,
        "sentence": growth_words.sentence(evidence),
        "rows": growth_words.rows(evidence),
    }
