"""Starting an exercise, answering its tasks, and keeping drafts. Nothing here commits."""

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quiz.core import marking
from quiz.core.drawing import unfold
from quiz.core.formats.text import LONGEST, too_long
from quiz.core.item import Item
from quiz.core.library import Exercise, Library
from quiz.core.mark import BadAnswer, Fields
from quiz.core.opening import Opening
from quiz.core.saying import Refusal, say
from quiz.core.written import clean
from quiz.services import practising
from quiz.services.outside import NewId
from quiz.services.steps import finish, response_at
from quiz.store import attempts, learners, responses
from quiz.store.tables import Attempt, Learner, Response


class Answered(Refusal):
    """The task was answered before, otherwise; `kept` is that answer, and it stays."""

    def __init__(self, kept: Response) -> None:
        super().__init__(say("You answered this one before. That answer is kept."))
        self.kept = kept


class Over(Refusal):
    """The assignment has closed, and its time of grace too. What is kept stays."""

    def __init__(self) -> None:
        super().__init__(say("This is closed by now, so the answer isn’t kept. Show it to your teacher."))


def learner_for(session: Session, birth: str, *, new_id: NewId, now: datetime) -> Learner:
    """The learner that this browser session made before, or a new one. Flushes, to learn of a twin."""
    return learners.born(session, birth) or learners.add(session, id=new_id(), birth=birth, now=now)


def start(
    session: Session,
    learner: Learner,
    exercise: Exercise,
    library: Library,
    *,
    random: Random,
    new_id: NewId,
    now: datetime,
) -> Attempt:
    """Go on with the learner's open attempt at the exercise, or start one. Flushes, to learn of a twin."""
    open_one = attempts.open_one(session, learner.id, learner.epoch, exercise.key)
    if open_one and not finish(open_one, library, now):
        return open_one
    tasks = unfold(exercise, library, random, seen=responses.last_met(session, learner.id).keys())
    return attempts.add(
        session, id=new_id(), learner_id=learner.id, exercise=exercise.key, tasks=tasks, now=now
    )


def submit(
    session: Session,
    attempt: Attempt,
    step: int,
    item: Item,
    fields: Fields,
    *,
    library: Library,
    opening: Opening | None,
    submit_key: str,
    confidence: str | None,
    random: Random,
    new_id: NewId,
    now: datetime,
) -> Response:
    """Mark the posted fields as the answer to a step and keep both; finish the attempt with its last.

    The first answer is final. The same answer again, under any key, gives back the one kept: the
    learner pressed once, the network sent twice.

    `attempt` is loaded `for_writing`, so that of two last answers at once the later sees the other;
    `opening` are the times of its assignment, None in own practice.

    Raises BadAnswer where the fields can't be marked, Answered where another answer is kept, Over where
    the assignment takes no more answers.
    """
    if kept := response_at(attempt, step):
        return _same_or_refused(kept, item, fields)
    late = _late(attempt, opening, now)
    answer = item.format.read(fields)
    kept = responses.add(
        session,
        attempt,
        item,
        marking.mark(item, answer, library.articles),
        id=new_id(),
        step=step,
        answer=answer.fields(),
        confidence=confidence,
        submit_key=submit_key,
        late=late,
        now=now,
    )
    if item.format.name == "text":
        attempts.drop_draft(session, attempt.id, step)
    practising.learnt(session, attempt, item, kept, library, random=random)
    finish(attempt, library, now)
    return kept


def _late(attempt: Attempt, opening: Opening | None, now: datetime) -> bool:
    """Whether an answer comes after closing. Raises Over where none is taken any more."""
    if opening is None or attempt.seat is None:
        return False
    if not opening.takes(now, extra=attempt.seat.extra_minutes):
        raise Over
    return opening.closed(now)


def _same_or_refused(kept: Response, item: Item, fields: Fields) -> Response:
    try:
        same = item.format.read(fields).fields() == kept.answer
    except BadAnswer:
        same = False
    if not same:
        raise Answered(kept)
    return kept


def save_draft(
    session: Session,
    attempt: Attempt,
    step: int,
    item: Item,
    text: str,
    *,
    opening: Opening | None,
    now: datetime,
) -> None:
    """Keep a text that isn't handed in yet.

    Raises Answered where the text was handed in before, BadAnswer where it is far too long or the task
    asks for no text, Over where the assignment takes no more answers.
    """
    if item.format.name != "text":
        raise BadAnswer(say("This task asks for no text, so there is no draft to keep."))
    if kept := response_at(attempt, step):
        raise Answered(kept)
    _late(attempt, opening, now)
    draft = clean(text)
    if len(draft) > LONGEST:
        raise BadAnswer(too_long())
    attempts.keep_draft(session, attempt.id, step, draft, now)
