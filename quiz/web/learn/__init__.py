"""The learner's way."""

from flask import Blueprint, url_for

from quiz.core.library import Exercise
from quiz.store.tables import Attempt

bp = Blueprint("learn", __name__, url_prefix="/learn")


def start_url(exercise: Exercise) -> str:
    """The address where an exercise is started."""
    return url_for("learn.start", article=exercise.scope, exercise=exercise.id)


def step_url(attempt: Attempt, step: int) -> str:
    """The address of a step of an attempt."""
    return url_for("learn.step", attempt=attempt.id, step=step)
