"""Spaced practice: a session of what is due, and what each answer does to its case."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quiz.core import practice
from quiz.core.drawing import Task
from quiz.core.item import Case, Item
from quiz.core.library import Library, Statement
from quiz.core.mark import Outcome
from quiz.core.practice import Card, Known
from quiz.services.outside import NewId
from quiz.services.steps import finish
from quiz.store import attempts, cards, responses
from quiz.store.tables import Attempt, Learner, Response

STALE = timedelta(hours=12)
"""How long a session that was stopped can be gone on with."""


def cards_of(session: Session, learner: Learner | None) -> Mapping[Case, Card]:
    """The cards of a learner; a visitor has none."""
    return cards.of_learner(session, learner.id) if learner else {}


def start(
    session: Session, learner: Learner, library: Library, *, random: Random, new_id: NewId, now: datetime
) -> Attempt:
    """Go on with the session of today, or draw a new one."""
    exercise = library.practice
    under_way = attempts.open_one(session, learner.id, learner.epoch, exercise.key)
    if under_way and now - under_way.started_at < STALE and not finish(under_way, library, now):
        return under_way
    if under_way and under_way.finished_at is None:
        under_way.finished_at = now
    (step,) = exercise.steps
    drawn = practice.session(
        _statements(library),
        Known(cards=cards_of(session, learner), met=responses.last_met(session, learner.id)),
        random,
        count=step.count,
        sound=step.sound or 0,
        now=now,
    )
    tasks = tuple(Task(item=item, part=0) for item in drawn)
    return attempts.add(
        session, id=new_id(), learner_id=learner.id, exercise=exercise.key, tasks=tasks, now=now
    )


def learnt(
    session: Session, attempt: Attempt, item: Item, kept: Response, library: Library, *, random: Random
) -> None:
    """What an answer of a session does: its case is due later or sooner, and a wrong one brings another.

    None is brought where one of the case waits in the session anyway.
    The first answer to a case in a session is the one that counts for when it is due.
    """
    if attempt.exercise != library.practice.key or attempt.learner_id is None or item.case is None:
        return
    if attempt.finished_at is not None:  # An answer that waited on a device, to a session of days ago.
        return
    right = kept.outcome == Outcome.FULL
    if not any(_case(one.item, library) is item.case for one in attempt.responses if one is not kept):
        before = cards.of_learner(session, attempt.learner_id).get(item.case)
        after = practice.reviewed(before, item.case, kept.answered_at, right=right)
        cards.keep(session, attempt.learner_id, after)
    (step,) = library.practice.steps
    drawn = {task for task, _part in attempt.tasks}
    waiting = drawn - {one.item for one in attempt.responses}
    if right or any(_case(one, library) is item.case for one in waiting):
        return
    if len(drawn) >= step.count + practice.MOST_AGAIN:
        return
    met = responses.last_met(session, attempt.learner_id)
    more = practice.another(_statements(library), met, random, case=item.case, taken=drawn)
    if more:
        attempt.tasks = [*attempt.tasks, [more, 0]]


def _case(item: str, library: Library) -> Case | None:
    task = library.task(item)
    return task.case if task else None


def _statements(library: Library) -> list[Statement]:
    return [one for one in library.statements if one.use == "practice" and not one.retired]
