"""Assignments: what a class has to do and when, and a seat's way through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.drawing import unfold
from quiz.core.library import Exercise, ExerciseKind, Library
from quiz.core.opening import Mode, Opening
from quiz.services.steps import finish
from quiz.store import assignments, attempts, responses
from quiz.store.tables import Assignment, Attempt, Seat

NewId = Callable[[], UUID]
SWAPPED = {"bank/form-x": "bank/form-y", "bank/form-y": "bank/form-x"}
"""Forms whose halves are swapped: while half A does the one, half B does the other."""


class NotNow(Exception):
    """The assignment can't be begun or answered now. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a teacher sets: an exercise for all or for one seat, its times in UTC, mode, tries and note."""

    exercise: str
    seat_id: UUID | None
    opens_at: datetime
    closes_at: datetime | None
    mode: Mode
    tries: int
    note: str


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


def give(
    session: Session, classroom_id: UUID, plan: Plan, library: Library, *, id: UUID, now: datetime
) -> Assignment:
    """Give an exercise to a class. A form is always a test with one attempt."""
    form = library.exercises[plan.exercise].kind is ExerciseKind.FORM
    assignment = Assignment(
        id=id,
        classroom_id=classroom_id,
        seat_id=plan.seat_id,
        exercise=plan.exercise,
        exercise_b=SWAPPED.get(plan.exercise),
        mode=(Mode.TEST if form else plan.mode).value,
        tries=1 if form else plan.tries,
        note=plan.note,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        created_at=now,
    )
    session.add(assignment)
    session.flush()
    return assignment


def exercise_of(assignment: Assignment, seat: Seat) -> str:
    """The exercise that a seat does for an assignment."""
    return assignment.exercise_b if seat.half == "b" and assignment.exercise_b else assignment.exercise


def opening(session: Session, assignment: Assignment, now: datetime) -> Opening:
    """The times of an assignment. Asks the database only for forms that wait for each other."""
    return _opening(assignment, held=_held(session, assignment, now))


def _opening(assignment: Assignment, *, held: bool) -> Opening:
    return Opening(
        mode=Mode(assignment.mode),
        opens_at=assignment.opens_at,
        closes_at=assignment.closes_at,
        released_at=assignment.released_at,
        longest_extra=assignment.longest_extra or 0,
        held=held,
    )


def _held(session: Session, assignment: Assignment, now: datetime) -> bool:
    """Form X and Y tell nothing before both orders are over; form Z before its own end."""
    if assignment.exercise == "bank/form-z":
        return not _opening(assignment, held=False).over(now)
    if assignment.exercise not in SWAPPED:
        return False
    forms = [one for one in assignments.of_class(session, assignment.classroom_id) if one.exercise in SWAPPED]
    over = {one.exercise for one in forms if _opening(one, held=False).over(now)}
    under_way = [one for one in forms if not _opening(one, held=False).over(now)]
    return bool(under_way) or over != SWAPPED.keys()


def due(session: Session, seats: Sequence[Seat], library: Library, now: datetime) -> list[Due]:
    """What is given to some seats and has opened, the latest first."""
    by_id = {seat.id: seat for seat in seats}
    begun = assignments.begun(session, list(by_id))
    found = []
    for assignment, seat_id in assignments.due(session, list(by_id)):
        exercise = library.exercises.get(exercise_of(assignment, by_id[seat_id]))
        if exercise is None or now < assignment.opens_at:
            continue
        mine = begun.get((seat_id, assignment.id), [])
        found.append(
            Due(
                assignment=assignment,
                seat=by_id[seat_id],
                exercise=exercise,
                attempts=mine,
                opening=opening(session, assignment, now),
            )
        )
    return found


def due_one(
    session: Session, assignment: Assignment, seat: Seat, library: Library, now: datetime
) -> Due | None:
    """One assignment as a seat sees it; None before it opens."""
    return next(
        (one for one in due(session, [seat], library, now) if one.assignment.id == assignment.id), None
    )


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
        raise NotNow("This hasn’t opened yet.")
    if not opening(session, assignment, now).may_begin(now):
        raise NotNow("This is closed. Ask your teacher.")
    if attempts.count_at(session, seat.id, assignment.id) >= assignment.tries:
        raise NotNow("You have done this. Another try isn’t planned.")
    exercise = library.exercises.get(exercise_of(assignment, seat))
    if exercise is None:
        raise NotNow("This exercise was taken away. Ask your teacher.")
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


def release(assignment: Assignment, now: datetime) -> None:
    """Open the feedback of a test; nothing changes where it is open."""
    assignment.released_at = assignment.released_at or now
