"""Finding what an address names, and whether it is theirs to see: one step, or 404."""

from uuid import UUID

from flask import abort, request

from quiz.core.article import Article
from quiz.core.library import Exercise, ExerciseKind
from quiz.core.opening import Opening
from quiz.services import assignments, marking
from quiz.services.marking import Change
from quiz.services.steps import response_at
from quiz.store import attempts
from quiz.store.assignments import for_learner
from quiz.store.tables import Assignment, Attempt, Seat
from quiz.web.auth import learner_id
from quiz.web.db import READS, db_session
from quiz.web.learn.page import Visit
from quiz.web.outside import library, now


def article_or_404(article_id: str) -> Article:
    """The article of an address."""
    return library().articles.get(article_id) or abort(404)


def exercise_or_404(article_id: str, exercise_id: str) -> Exercise:
    """The exercise of an address. Forms and practice are begun elsewhere."""
    exercise = library().exercises.get(f"{article_id}/{exercise_id}")
    elsewhere = {ExerciseKind.FORM, ExerciseKind.PRACTICE}
    return abort(404) if exercise is None or exercise.kind in elsewhere else exercise


def attempt_or_404(attempt_id: UUID) -> tuple[Attempt, Exercise]:
    """This learner's attempt, with its exercise."""
    known = learner_id()
    if known is None:
        abort(404)
    attempt = attempts.get(
        db_session(),
        attempt_id,
        learner_id=known[0],
        epoch=known[1],
        for_writing=request.method not in READS,
    )
    if attempt is None:
        abort(404)
    return attempt, library().exercises.get(attempt.exercise) or abort(404)


def visit_or_404(attempt_id: UUID, step: int) -> Visit:
    """A step of this learner's attempt, with its task; 410 where an author took the task away."""
    attempt, exercise = attempt_or_404(attempt_id)
    if not 1 <= step <= len(attempt.tasks):
        abort(404)
    item = library().task(attempt.tasks[step - 1][0]) or abort(410)
    times = opening(attempt)
    told = assignments.tells(attempt, times, now())
    change = Change.NOTHING
    if kept := response_at(attempt, step):
        change = marking.change(db_session(), item, kept)
        item = marking.as_asked(db_session(), library(), [kept]).get(kept.revision, item)
    return Visit(
        attempt=attempt, exercise=exercise, step=step, item=item, opening=times, told=told, change=change
    )


def opening(attempt: Attempt) -> Opening | None:
    """The times of an attempt's assignment; None in own practice, where all is told at once."""
    return assignments.opening(db_session(), attempt.assignment, now()) if attempt.assignment else None


def assignment_or_404(id: UUID) -> tuple[Assignment, Seat]:
    """An assignment that is for a seat of this learner, with that seat."""
    known = learner_id()
    found = for_learner(db_session(), id, known[0], known[1]) if known else None
    return found or abort(404)
