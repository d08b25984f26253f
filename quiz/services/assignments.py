"""Assignments: what a class has to do and when, and a seat's way through it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core.forms import FORMS, SWAPPED
from quiz.core.library import ExerciseKind, Library
from quiz.core.opening import Mode, Opening
from quiz.core.saying import Refusal, say
from quiz.store import assignments, seats
from quiz.store.tables import Assignment, Attempt, Seat


class NotNow(Refusal):
    """The assignment can't be begun or answered now."""


class CantGive(Refusal):
    """What a teacher set can't be given."""


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


def give(
    session: Session, classroom_id: UUID, plan: Plan, library: Library, *, id: UUID, now: datetime
) -> Assignment:
    """Give an exercise to a class. A form is always a test with one attempt. Raises CantGive.

    A second time with the same id gives the one made before.
    """
    if given := assignments.get(session, id, classroom_id):
        return given
    exercise = library.exercises.get(plan.exercise)
    if exercise is None or exercise.retired or exercise.kind is ExerciseKind.PRACTICE:
        raise CantGive(say("Choose one of the list."), "exercise")
    if plan.closes_at is not None and plan.closes_at <= plan.opens_at:
        raise CantGive(say("It would close before it opens. Give a later time."), "closes")
    if plan.seat_id is not None and seats.get(session, plan.seat_id, classroom_id) is None:
        raise CantGive(say("This seat isn’t in the class any more. Choose another."), "seat")
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
    return opening_beside(assignment, others, now)


def opening_beside(assignment: Assignment, others: Iterable[Assignment], now: datetime) -> Opening:
    """The times of an assignment, given the others of its class."""
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
    if assignment.exercise not in FORMS:
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


def tells(attempt: Attempt, times: Opening | None, now: datetime) -> bool:
    """Whether what came of an attempt may be seen: in own practice at once, of a form taken alone never."""
    return times.tells(now) if times else attempt.exercise not in FORMS


def told(session: Session, every: Sequence[Attempt], now: datetime) -> set[UUID]:
    """The ids of those attempts whose feedback is open; in own practice it is, but for forms."""
    classes = {one.assignment.classroom_id for one in every if one.assignment}
    given = assignments.of_classes(session, classes) if classes else []
    times = {one.id: opening_beside(one.assignment, given, now) if one.assignment else None for one in every}
    return {one.id for one in every if tells(one, times[one.id], now)}


def settle(session: Session, classroom_id: UUID, now: datetime) -> None:
    """Note what is over and what is open in a class, before a change that could move it.

    So feedback that is open stays open, and no answer is taken after it.
    """
    given = assignments.of_class(session, classroom_id)
    state = [(one, _over(one, now), opening_beside(one, given, now).tells(now)) for one in given]
    for one, over, tells in state:
        if one.mode == Mode.TEST:
            one.ended_at = one.ended_at or (now if over else None)
            one.released_at = one.released_at or (now if tells else None)


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


def change(
    session: Session, assignment: Assignment, *, closes_at: datetime | None, note: str, now: datetime
) -> None:
    """Set another end, or none, and another note. Raises CantGive, or NotNow where it is over."""
    times = opening(session, assignment, now)
    if closes_at != assignment.closes_at:
        if times.mode is Mode.TEST and (times.tells(now) or times.over(now)):
            raise NotNow(say("Its results are open, or on the way: the end can’t be moved any more."))
        if closes_at is not None and closes_at <= max(now, assignment.opens_at):
            raise CantGive(say("Give a time that is still to come, or press “Close it”."), "closes")
        assignment.closes_at = closes_at
        assignment.closed_by_hand, assignment.closes_before = False, None
    assignment.note = note


def may_reopen(assignment: Assignment, times: Opening, now: datetime) -> bool:
    """Whether closing by hand can be undone: always in practice, in a test until it is over or tells."""
    in_time = times.mode is Mode.PRACTICE or not (times.tells(now) or times.over(now))
    return assignment.closed_by_hand and in_time


def reopen(session: Session, assignment: Assignment, now: datetime) -> None:
    """Undo closing by hand: the closing time of before holds again, unless it has passed. Raises NotNow."""
    if not may_reopen(assignment, opening(session, assignment, now), now):
        raise NotNow(say("This can’t be opened again: it is over, or its results are open."))
    before = assignment.closes_before
    assignment.closes_at = before if before is not None and before > now else None
    assignment.closed_by_hand, assignment.closes_before = False, None


def remove(session: Session, assignment: Assignment, now: datetime) -> None:
    """Take an assignment back, with its answers; what else has opened by now stays open."""
    settle(session, assignment.classroom_id, now)
    assignments.remove(session, assignment.id)
