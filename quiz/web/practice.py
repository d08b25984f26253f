"""Spaced practice: what is due, and the way into a session."""

from datetime import datetime

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from quiz.core import practice as spaced
from quiz.core.item import Case
from quiz.core.practice import Card
from quiz.services import practising
from quiz.services.steps import next_step
from quiz.web import auth
from quiz.web.db import db_session
from quiz.web.forms import PressForm, said
from quiz.web.learn import step_url, words
from quiz.web.outside import library, new_id, now, random
from quiz.web.text import _

bp = Blueprint("practice", __name__)


@bp.get("/practice")
def practice() -> str:
    """What comes back, what is due by now, and Start."""
    return _page(PressForm())


@bp.post("/practice")
def start() -> ResponseReturnValue:
    """Begin a session, or go on with today’s; a visitor becomes a learner here."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form), 400
    learner = auth.learner_or_new()
    attempt = practising.start(db_session(), learner, library(), random=random(), new_id=new_id, now=now())
    auth.remember(learner)
    return redirect(step_url(attempt, next_step(attempt, library()) or 1), code=303)


def _page(form: PressForm) -> str:
    cards = practising.cards_of(db_session(), auth.current_learner())
    ready = spaced.due(cards, now())
    return render_template(
        "practice.html",
        exercise=library().practice,
        is_new=not cards,
        ready=len(ready),
        next_due=spaced.next_due(cards),
        cases=[(words.case(case), *_state(cards.get(case))) for case in Case],
        problem_text=said(form),
    )


def _state(card: Card | None) -> tuple[str, datetime | None]:
    """How a case stands, in a word, and the day on which it comes back, where that is to come."""
    if card is None:
        return _("new"), None
    return (_("due now"), None) if card.due_at <= now() else ("", card.due_at)
