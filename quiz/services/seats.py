"""Seats: joining a class, coming back to one's seat, and what a teacher does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.core import codes, names, roster
from quiz.services.classrooms import Naming
from quiz.store import seats
from quiz.store.tables import Classroom, Learner, Seat

PASS_MINUTES = 10
MOST_SEATS = 400
MOST_EXTRA = 600
TRIES = 20
NewId = Callable[[], UUID]


class CantJoin(Exception):
    """The seat can't be had. The message says to the learner what to do."""


class CantChange(Exception):
    """The teacher's change can't be made. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What joining takes beside the class: chance, ids and the clock."""

    random: Random
    new_id: NewId
    now: datetime


def join(session: Session, classroom: Classroom, learner: Learner, name: str, how: Joining) -> Seat:
    """Give a learner a seat under a name, as the class names its seats. Raises CantJoin, UnfitName."""
    if not classroom.is_open:
        raise CantJoin("This class is closed to newcomers. Ask your teacher.")
    if classroom.naming == Naming.ROSTER:
        seat = _from_roster(session, classroom, name, how)
    elif classroom.naming == Naming.CHOSEN:
        seat = _chosen(session, classroom, names.screened(name), how)
    else:
        seat = _generated(session, classroom, name, how)
    seats.open_on(session, seat.id, learner.id)
    return seat


def _generated(session: Session, classroom: Classroom, name: str, how: Joining) -> Seat:
    """The name that was shown or, where somebody has it by now, another one."""
    if not names.is_generated(name):
        raise CantJoin("Take one of the names that are shown here.")
    for tried in (name, *(names.two_words(how.random) for _try in range(TRIES))):
        if seat := _new(session, classroom, tried, how):
            return seat
    raise CantJoin("No name is free just now. Press once more.")


def _chosen(session: Session, classroom: Classroom, name: str, how: Joining) -> Seat:
    seat = _new(session, classroom, name, how)
    if seat is None:
        raise CantJoin("Somebody in this class has this name. Add a letter, or ask your teacher for a code.")
    return seat


def _from_roster(session: Session, classroom: Classroom, name: str, how: Joining) -> Seat:
    seat = seats.called(session, classroom.id, names.key(name))
    if seat is None:
        raise CantJoin("This name isn’t on the list. Type it as your teacher writes it.")
    half = _half(session, classroom)
    if seat.taken_at is not None or not seats.take(session, seat.id, half, how.now):
        raise CantJoin("Somebody has sat down under this name. If it is yours, ask your teacher for a code.")
    return seat


def _new(session: Session, classroom: Classroom, name: str, how: Joining) -> Seat | None:
    if seats.taken(session, classroom.id) >= MOST_SEATS:
        raise CantJoin("This class is full. Ask your teacher.")
    return seats.add(
        session,
        id=how.new_id(),
        classroom_id=classroom.id,
        name=name,
        name_key=names.key(name),
        half=_half(session, classroom),
        now=how.now,
    )


def _half(session: Session, classroom: Classroom) -> str:
    """Halves alternate in the order of joining."""
    return "ab"[seats.taken(session, classroom.id) % 2]


def come_in(session: Session, classroom: Classroom, learner: Learner, digits: str, now: datetime) -> Seat:
    """Open a seat on another device by a six-digit code, once. Raises CantJoin."""
    typed = "".join(one for one in digits if one.isascii() and one.isdigit())
    pass_hash = codes.digest(typed, str(classroom.id))
    seat = seats.with_pass(session, classroom.id, pass_hash, now)
    if seat is None or not seats.use_pass(session, seat.id, pass_hash):
        raise CantJoin(f"No seat has this code now. A code holds for {PASS_MINUTES} minutes and works once.")
    seats.open_on(session, seat.id, learner.id)
    return seat


def let_in(seat: Seat, *, random: Random, now: datetime) -> str:
    """A six-digit code that opens the seat on another device, in place of the one before."""
    digits = codes.six_digits(random)
    seat.pass_hash = codes.digest(digits, str(seat.classroom_id))
    seat.pass_expires_at = now + timedelta(minutes=PASS_MINUTES)
    return digits


def add_roster(session: Session, classroom: Classroom, text: str, new_id: NewId) -> list[roster.Row]:
    """Make a free seat for every name of a roster that can be taken; gives each row and what came of it."""
    there = seats.of_class(session, classroom.id)
    rows = roster.read(text, frozenset(seat.name_key for seat in there))
    for row in rows:
        if row.name:
            seats.add(
                session,
                id=new_id(),
                classroom_id=classroom.id,
                name=row.name,
                name_key=names.key(row.name),
                half=None,
                now=None,
            )
    return rows


def rename(session: Session, seat: Seat, typed: str) -> None:
    """Call a seat otherwise. Raises CantChange where the class has the name, or it is none."""
    name = " ".join(typed.split())
    if not name or len(name) > roster.LONGEST or not name.isprintable():
        raise CantChange(f"A name has 1 to {roster.LONGEST} characters.")
    other = seats.called(session, seat.classroom_id, names.key(name))
    if other is not None and other.id != seat.id:
        raise CantChange("Another seat of this class has this name.")
    seat.name, seat.name_key = name, names.key(name)


def give_time(seat: Seat, minutes: int) -> None:
    """Give a seat extra minutes after closing. Raises CantChange for a number that can't be meant."""
    if not 0 <= minutes <= MOST_EXTRA:
        raise CantChange(f"Extra time is 0 to {MOST_EXTRA} minutes.")
    seat.extra_minutes = minutes


def merge(session: Session, seat: Seat, other_id: UUID) -> None:
    """Put another seat's devices and answers into this one, and remove the other. Raises CantChange."""
    other = seats.get(session, other_id, seat.classroom_id)
    if other is None or other.id == seat.id:
        raise CantChange("Choose another seat of this class.")
    if seat.taken_at is None:
        seat.taken_at, seat.half = other.taken_at, other.half
    seats.merge(session, giver=other, taker=seat)
