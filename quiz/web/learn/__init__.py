"""The learner's way."""

from flask import Blueprint, url_for

from quiz.store.tables import Attempt

bp = Blueprint("learn", __name__, url_prefix="/learn")


def step_url(attempt: Attempt, step: int) -> str:
    """The address of a step of an attempt."""
    return url_for("learn.step", attempt=attempt.id, step=step)
