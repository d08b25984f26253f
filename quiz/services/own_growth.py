"""What one learner's answers show over time, and the test that somebody takes alone, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quiz.core.drawing import unfold
from quiz.core.library import Library
from quiz.core.mark import Outcome
from quiz.core.own_growth import Given, in_order
from quiz.core.results import Answered
from quiz.services import assignments
from quiz.services.assignments import NotNow
from quiz.services.marking import all_marked_again
from quiz.services.outside import NewId
from quiz.store import attempts, learners
from quiz.store.tables import Attempt, Learner

BEFORE, AFTER = FORMS = ("bank/form-x", "bank/form-y")


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
    tests = {
        one.exercise: test_of(one, library)
        for one in every
        if one.exercise in FORMS and one.learner_id and one.finished_at
    }
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
    done = {one.exercise: one for one in own if one.exercise in FORMS}
    if form in done:
        if done[form].finished_at is None:
            return done[form]
        raise NotNow("You have taken this test. Each works only once.")
    if learners.sits_anywhere(session, learner.id):
        raise NotNow("You are in a class, and it may take this test together. So it isn’t for you alone.")
    if form == AFTER and (BEFORE not in done or done[BEFORE].finished_at is None):
        raise NotNow("Form X comes first. Form Y shows what has changed since.")
    tasks = unfold(library.exercises[form], library, random)
    return attempts.add(session, id=new_id(), learner_id=learner.id, exercise=form, tasks=tasks, now=now)


def _given(attempt: Attempt, library: Library) -> list[Given]:
    kept = {one.step: one for one in attempt.responses}
    return [
        Given(answered=one, at=kept[one.step].answered_at, confidence=kept[one.step].confidence)
        for one in all_marked_again(attempt, library)
    ]


def test_of(attempt: Attempt, library: Library) -> OwnTest:
    """The counts of a form that was taken alone."""
    form = library.forms[attempt.exercise.partition("/")[2]]
    answered = all_marked_again(attempt, library)
    statements, pairs = frozenset(form.statements), frozenset(form.pairs)
    return OwnTest(
        right=_full(answered, statements),
        of=len(statements),
        pairs_right=_full(answered, pairs),
        pairs=len(pairs),
    )


def _full(answered: list[Answered], items: frozenset[str]) -> int:
    return sum(1 for one in answered if one.item.id in items and one.mark.outcome is Outcome.FULL)
