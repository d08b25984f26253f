"""The figures of every page, as plain JSON: what the code of each day wrote into tests/store/filled."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core import own_growth
from quiz.core.library import Library
from quiz.core.own_growth import Share
from quiz.core.results import SkillSummary, by_skill, mixed_up
from quiz.core.votes import votes
from quiz.services import exporting, growing, marking, reporting
from quiz.services import own_growth as progress
from quiz.services.exporting import Table
from quiz.store import attempts
from quiz.store.tables import Assignment, Attempt, Classroom, Learner, Response

AFTER_0006 = {"revision", "scheme"}
"""Columns of an export that are newer than the figures, or that tell revisions."""


def figures(session: Session, library: Library, now: datetime) -> dict[str, Any]:
    """Every figure of learners, classes and exports."""
    return {
        "responses": len(session.scalars(select(Response.id)).all()),
        "attempts": _by_id(session, Attempt, lambda one: _attempt(one, library)),
        "learners": _by_id(session, Learner, lambda one: _learner(session, one, library, now)),
        "assignments": _by_id(session, Assignment, lambda one: _assignment(session, one, library)),
        "growth": _by_id(session, Classroom, lambda one: _growth(session, one, library)),
    }


def _by_id(session: Session, table: Any, of: Any) -> dict[str, Any]:
    return {str(one.id): of(one) for one in session.scalars(select(table).order_by(table.id))}


def _short(item: str) -> str:
    return item.rpartition("/")[2]


def _points(points: Fraction | None) -> str | None:
    return None if points is None else str(points)


def _skills(found: list[SkillSummary]) -> list[list[Any]]:
    return [[one.skill.value, one.items, one.full, one.right, one.units, *_two_way(one)] for one in found]


def _two_way(one: SkillSummary) -> list[int]:
    return [one.sources, one.overlooked, one.assertions, one.phantoms]


def _attempt(attempt: Attempt, library: Library) -> dict[str, Any]:
    answered = marking.answered(attempt, library)
    return {
        "exercise": attempt.exercise,
        "number": attempt.number,
        "tasks": [_short(task) for task, _part in attempt.tasks],
        "answers": [
            [one.step, _short(one.item), one.outcome, _points(one.points), *_counts(one)]
            for one in attempt.responses
        ],
        "skills": _skills(by_skill(answered)),
        "mixed_up": {one.misconception: one.count for one in mixed_up(answered)},
    }


def _counts(one: Response) -> list[int]:
    return [one.hits, one.keys, one.false_marks, one.noise]


def _share(share: Share | None) -> list[int] | None:
    return None if share is None else [share.count, share.of]


def _learner(session: Session, learner: Learner, library: Library, now: datetime) -> dict[str, Any]:
    found = progress.of_attempts(session, attempts.all_of(session, learner.id), library, now)
    given = found.given
    errors = own_growth.two_errors(given)
    told = own_growth.discrimination(given)
    return {
        "skills": [[s.skill.value, _share(s.first), _share(s.lately)] for s in own_growth.by_skill(given)],
        "cases": [[one.case.value, list(one.right)] for one in own_growth.by_case(given)],
        "mistakes": [[one.misconception, one.count, one.lately] for one in own_growth.mistakes(given)],
        "errors": [_share(errors.overlooked), _share(errors.phantoms)],
        "discrimination": told and [round(told[0], 9), told[1].signal, told[1].noise],
        "sureness": [[level, _share(one)] for level, one in own_growth.calibration(given)],
        "tests": {key: [t.right, t.of, t.pairs_right, t.pairs] for key, t in found.tests.items()},
    }


def _assignment(session: Session, assignment: Assignment, library: Library) -> dict[str, Any]:
    report = reporting.report(session, assignment, library)
    sound = reporting.sound_sources(report.answers)
    counts = report.counts
    return {
        "exercise": assignment.exercise,
        "counts": [counts.begun, counts.finished, counts.answers, counts.expected],
        "skills": _skills(reporting.summaries(report)),
        "mistakes": [[one.misconception, one.learners, one.of] for one in reporting.mistakes(report)],
        "sound": [sound.found, sound.of, sound.learners],
        "votes": {
            _short(item): {
                unit: [dict(one.answers), one.key, one.right]
                for unit, one in votes(one.voted for one in answers if one.voted).items()
            }
            for item, answers in report.by_item.items()
        },
        "points": {
            _short(item): sorted(_points(one.points) or "" for one in answers)
            for item, answers in report.by_item.items()
        },
        "scores": _rows(exporting.scores(report)),
        "answers": _rows(exporting.answers(report)),
        "items": _rows(exporting.items(report, library)),
    }


def _rows(table: Table) -> list[list[Any]]:
    kept = [place for place, head in enumerate(table.heads) if head not in AFTER_0006]
    return [[row[place] for place in kept] for row in table.rows]


def _growth(session: Session, classroom: Classroom, library: Library) -> dict[str, Any]:
    evidence = growing.evidence(session, classroom, library)
    names = ("forms", "seats", "both", "growth", "mirrors", "later", "later_learners")
    return {name: _plain(getattr(evidence, name)) for name in names}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, float):
        return round(value, 9)
    return value if isinstance(value, int | str) or value is None else str(value)
