"""Assignments: what a class has to do and when, and a seat's way through it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.drawing import unfold
from quiz.core.library import Exercise, ExerciseKind, Library
from quiz.core.opening import Mode, Opening
from quiz.services.steps import finish
from quiz.store import assignments, attempts, responses, seats
from quiz.store.tables import Assignment, Attempt, Seat

NewId = Callable[[], UUID]
SWAPPED = {"bank/form-x": "bank/form-y", "bank/form-y": "bank/form-x"}
"""Forms whose halves are swapped: while half A does the one, half B does the other."""


class NotNow(Exception):
    """The assignment can't be begun or answered now. The message says why."""


class CantGive(Exception):
    """What a teacher set can't be given. The message says what to mend, `field` where."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


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
    """Give an exercise to a class. A form is always a test with one attempt. Raises CantGive.

    A second time with the same id gives the one made before.
    """
    if given := assignments.get(session, id, classroom_id):
        return given
    exercise = library.exercises.get(plan.exercise)
    if exercise is None:
        raise CantGive("Choose one of the list.", "exercise")
    if plan.closes_at is not None and plan.closes_at <= plan.opens_at:
        raise CantGive("It would close before it opens. Give a later time.", "closes")
    if plan.seat_id is not None and seats.get(session, plan.seat_id, classroom_id) is None:
        raise CantGive("This seat isn’t in the class any more. Choose another.", "seat")
    form = exercise.kind is ExerciseKind.FORM
    settle(session, classroom_id, now)
    return assignments.add(
        session,
        Assignment(
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
        ),
    )


def exercise_of(assignment: Assignment, seat: Seat) -> str:
    """The exercise that a seat does for an assignment."""
    return assignment.exercise_b if seat.half == "b" and assignment.exercise_b else assignment.exercise


def opening(session: Session, assignment: Assignment, now: datetime) -> Opening:
    """The times of an assignment. Asks the database only for forms that wait for each other."""
    swapped = assignment.exercise in SWAPPED
    others = assignments.of_class(session, assignment.classroom_id) if swapped else ()
    return _opening(assignment, others, now)


def _opening(assignment: Assignment, others: Iterable[Assignment], now: datetime) -> Opening:
    return Opening(
        mode=Mode(assignment.mode),
        opens_at=assignment.opens_at,
        closes_at=assignment.closes_at,
        released_at=assignment.released_at,
        longest_extra=assignment.longest_extra or 0,
        held=_held(assignment, others, now),
        ended_at=assignment.ended_at,
    )


def _held(assignment: Assignment, others: Iterable[Assignment], now: datetime) -> bool:
    """Form X and Y tell nothing before the class has done both orders; every form waits for its own end.

    Once a form was noted as open it is held no more.

    `others`: the assignments of the class. One that is for a single seat holds up nobody else.
    """
    if not assignment.exercise.startswith("bank/form-"):
        return False
    if assignment.released_at is not None:
        return False
    if not _over(assignment, now):
        return True
    if assignment.exercise not in SWAPPED:
        return False
    forms = [
        one
        for one in others
        if one.exercise in SWAPPED and one.seat_id is None and one.classroom_id == assignment.classroom_id
    ]
    over = {one.exercise for one in forms if _over(one, now)}
    return over != SWAPPED.keys() or any(not _over(one, now) for one in forms)


def _over(assignment: Assignment, now: datetime) -> bool:
    times = Opening(
        mode=Mode.TEST,
        opens_at=assignment.opens_at,
        closes_at=assignment.closes_at,
        released_at=None,
        longest_extra=assignment.longest_extra or 0,
        ended_at=assignment.ended_at,
    )
    return times.over(now)


def told(session: Session, every: Sequence[Attempt], now: datetime) -> set[UUID]:
    """The ids of those attempts whose feedback is open; in own practice it always is."""
    classes = {one.assignment.classroom_id for one in every if one.assignment}
    given = assignments.of_classes(session, classes) if classes else []
    return {
        one.id for one in every if one.assignment is None or _opening(one.assignment, given, now).tells(now)
    }


def settle(session: Session, classroom_id: UUID, now: datetime) -> None:
    """Note what is over and what is open in a class, before a change that could move it.

    So feedback that is open stays open, and no answer is taken after it.
    """
    given = assignments.of_class(session, classroom_id)
    state = [(one, _over(one, now), _opening(one, given, now).tells(now)) for one in given]
    for one, over, tells in state:
        if one.mode == Mode.TEST:
            one.ended_at = one.ended_at or (now if over else None)
            one.released_at = one.released_at or (now if tells else None)


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
    times = _opening(assignment, given, now)
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


def release(session: Session, assignment: Assignment, now: datetime) -> None:
    """Open the feedback of a test; nothing changes where it opens by itself, is open, or hasn't begun."""
    times = opening(session, assignment, now)
    begun = now >= assignment.opens_at
    if begun and times.mode is Mode.TEST and not times.held and not times.tells(now):
        assignment.released_at = now


def close(assignment: Assignment, now: datetime) -> None:
    """Close an assignment now; who is under way has the time of grace. Nothing changes where it is closed."""
    if assignment.closes_at is not None and assignment.closes_at <= now:
        return
    assignment.closed_by_hand, assignment.closes_before = True, assignment.closes_at
    assignment.closes_at = max(now, assignment.opens_at)


def may_reopen(assignment: Assignment, times: Opening, now: datetime) -> bool:
    """Whether closing by hand can be undone: always in practice, in a test until it is over or tells."""
    in_time = times.mode is Mode.PRACTICE or not (times.tells(now) or times.over(now))
    return assignment.closed_by_hand and in_time


def reopen(session: Session, assignment: Assignment, now: datetime) -> None:
    """Undo closing by hand: the closing time of before holds again, unless it has passed. Raises NotNow."""
    if not may_reopen(assignment, opening(session, assignment, now), now):
        raise NotNow("This can’t be opened again: it is over, or its results are open.")
    before = assignment.closes_before
    assignment.closes_at = before if before is not None and before > now else None
    assignment.closed_by_hand, assignment.closes_before = False, None


def remove(session: Session, assignment: Assignment, now: datetime) -> None:
    """Take an assignment back, with its answers; what else has opened by now stays open."""
    settle(session, assignment.classroom_id, now)
    assignments.remove(session, assignment.id)
