"""What one learner's answers show over time, and the test that somebody takes alone, before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quiz.core.drawing import unfold
from quiz.core.forms import FIRST, SECOND
from quiz.core.library import Library
from quiz.core.mark import Outcome
from quiz.core.own_growth import Given, in_order
from quiz.core.saying import say
from quiz.services import assignments
from quiz.services.assignments import NotNow
from quiz.services.marking import answered
from quiz.services.outside import NewId
from quiz.store import attempts, learners
from quiz.store.tables import Attempt, Learner

OWN = (FIRST, SECOND)
"""The forms that somebody can take alone: before, and after."""


@dataclass(frozen=True, kw_only=True)
class OwnTest:
    """What somebody did on a form alone: statements right of all, and pairs; never which."""

    right: int
    of: int
    pairs_right: int
    pairs: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """All answers of a learner that may be seen, in order, and the tests taken alone, by form."""

    given: list[Given]
    tests: dict[str, OwnTest]


def of_attempts(session: Session, every: Sequence[Attempt], library: Library, now: datetime) -> Progress:
    """What the attempts of a learner show: own practice, and classes whose feedback is open."""
    told = assignments.told(session, every, now)
    given = [one for attempt in every if attempt.id in told for one in _given(attempt, library)]
    own = [one for one in every if one.learner_id]
    taken = {form: _taken(own, form) for form in OWN}
    tests = {form: test_of(one, library) for form, one in taken.items() if one and one.finished_at}
    return Progress(given=in_order(given), tests=tests)


def start_test(
    session: Session,
    learner: Learner,
    form: str,
    library: Library,
    *,
    random: Random,
    new_id: NewId,
    now: datetime,
) -> Attempt:
    """Go on with a form taken alone, or begin it: X first, Y after it, each once. Raises NotNow.

    Who sits in a class takes it there: met before, it would measure nothing for the class.
    """
    own = attempts.with_responses(session, learner.id)
    if begun := _taken(own, form):
        if begun.finished_at is None:
            return begun
        raise NotNow(say("You have taken this test. Each works only once."))
    if learners.sits_anywhere(session, learner.id):
        raise NotNow(
            say("You are in a class, and it may take this test together. So it isn’t for you alone.")
        )
    if library.exercises[form].retired:
        raise NotNow(say("This test is no longer given."))
    before = _taken(own, FIRST)
    if form == SECOND and (before is None or before.finished_at is None):
        raise NotNow(say("Form X comes first. Form Y shows what has changed since."))
    tasks = unfold(library.exercises[form], library, random)
    return attempts.add(session, id=new_id(), learner_id=learner.id, exercise=form, tasks=tasks, now=now)


def _taken(own: Sequence[Attempt], form: str) -> Attempt | None:
    """A learner’s attempt at a form: the first that was finished, else the one under way.

    Two can come together when a code puts the work of two devices together.
    """
    begun = sorted((one for one in own if one.exercise == form), key=lambda one: one.started_at)
    return next((one for one in begun if one.finished_at), begun[0] if begun else None)


def _given(attempt: Attempt, library: Library) -> list[Given]:
    kept = {one.step: one for one in attempt.responses}
    return [
        Given(answered=one, at=kept[one.step].answered_at, confidence=kept[one.step].confidence)
        for one in answered(attempt, library)
    ]


def test_of(attempt: Attempt, library: Library) -> OwnTest:
    """The counts of a form that was taken alone."""
    form = library.form_of(attempt.exercise)
    statements = library.statements_of(attempt.exercise)
    return OwnTest(
        right=_full(attempt, statements),
        of=len(form.statements),
        pairs_right=_full(attempt, {*form.pairs, *form.former} - statements),
        pairs=len(form.pairs),
    )


def _full(attempt: Attempt, items: Collection[str]) -> int:
    return sum(1 for one in attempt.responses if one.item in items and one.outcome == Outcome.FULL)
