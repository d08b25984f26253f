"""What is due to a seat, and its way into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quiz.core.drawing import unfold
from quiz.core.library import Exercise, Library
from quiz.core.opening import Opening
from quiz.core.saying import say
from quiz.services.assignments import NotNow, exercise_of, opening, opening_beside
from quiz.services.outside import NewId
from quiz.services.steps import finish
from quiz.store import assignments, attempts, responses
from quiz.store.tables import Assignment, Attempt, Seat


@dataclass(frozen=True, kw_only=True)
class Due:
    """An assignment as a seat sees it, with its attempts in the order begun."""

    assignment: Assignment
    seat: Seat
    exercise: Exercise
    attempts: Sequence[Attempt]
    opening: Opening

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that is under way."""
        return next((one for one in reversed(self.attempts) if one.finished_at is None), None)

    def may_begin(self, now: datetime) -> bool:
        """Whether another attempt may be begun."""
        return self.opening.may_begin(now) and len(self.attempts) < self.assignment.tries


def due(session: Session, mine: Sequence[Seat], library: Library, now: datetime) -> list[Due]:
    """What is given to some seats and has opened, the latest first."""
    begun = assignments.begun(session, [seat.id for seat in mine])
    given = assignments.of_classes(session, [seat.classroom_id for seat in mine])
    found = (
        _due(one, seat, library, given=given, begun=begun.get((seat.id, one.id), []), now=now)
        for one in given
        for seat in mine
        if one.classroom_id == seat.classroom_id and one.seat_id in {None, seat.id}
    )
    return [one for one in found if one]


def due_one(
    session: Session, assignment: Assignment, seat: Seat, library: Library, now: datetime
) -> Due | None:
    """One assignment as a seat sees it; None before it opens."""
    begun = assignments.begun(session, [seat.id]).get((seat.id, assignment.id), [])
    given = assignments.of_classes(session, [seat.classroom_id])
    return _due(assignment, seat, library, given=given, begun=begun, now=now)


def _due(
    assignment: Assignment,
    seat: Seat,
    library: Library,
    *,
    given: Sequence[Assignment],
    begun: Sequence[Attempt],
    now: datetime,
) -> Due | None:
    exercise = library.exercises.get(exercise_of(assignment, seat))
    if exercise is None or now < assignment.opens_at:
        return None
    times = opening_beside(assignment, given, now)
    return Due(assignment=assignment, seat=seat, exercise=exercise, attempts=begun, opening=times)


def begin(
    session: Session,
    assignment: Assignment,
    seat: Seat,
    library: Library,
    *,
    random: Random,
    new_id: NewId,
    now: datetime,
) -> Attempt:
    """Go on with the seat's open attempt at an assignment, or begin one. Raises NotNow."""
    under_way = attempts.open_at(session, seat.id, assignment.id)
    if under_way and not finish(under_way, library, now):
        return under_way
    if now < assignment.opens_at:
        raise NotNow(say("This hasn’t opened yet."))
    if not opening(session, assignment, now).may_begin(now):
        raise NotNow(say("This is closed. Ask your teacher."))
    if attempts.count_at(session, seat.id, assignment.id) >= assignment.tries:
        raise NotNow(say("You have done this. Another try isn’t planned."))
    exercise = library.exercises.get(exercise_of(assignment, seat))
    if exercise is None:
        raise NotNow(say("This exercise was taken away. Ask your teacher."))
    seen = responses.items_of_seat(session, seat.id)
    tasks = unfold(exercise, library, random, half=seat.half, seen=seen)
    return attempts.add_at(
        session,
        id=new_id(),
        seat_id=seat.id,
        assignment_id=assignment.id,
        exercise=exercise.key,
        tasks=tasks,
        now=now,
    )
